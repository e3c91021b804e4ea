/* error, rows: D_DECL_USELESS line 2 */
int;
