/* error, rows: D_DECL_IDENT line 2 */
int x y;
