/* error, rows: D_DECL_ARRNULL line 2 */
int x[];
