/* error, rows: D_DECL_COMBO line 2 */
int struct s { int a; } x;
