/* error, rows: D_DECL_ARRBIG line 2 */
int x[4294967296];
