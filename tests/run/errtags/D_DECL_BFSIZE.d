/* error, rows: D_DECL_BFSIZE line 2 */
struct s { int a : 40; };
