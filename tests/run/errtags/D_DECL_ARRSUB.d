/* error, rows: D_DECL_ARRSUB line 2 */
int x[-1];
