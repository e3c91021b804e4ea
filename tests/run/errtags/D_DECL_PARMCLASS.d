/* error, rows: D_DECL_PARMCLASS line 2 */
int f(static int x);
