/* error, rows: D_DECL_BFCONST line 2 */
struct s { int a : -1; };
