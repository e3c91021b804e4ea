/* error, rows: D_DECL_SCOPE line 2 */
int a`b;
