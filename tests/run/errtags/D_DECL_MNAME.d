/* error, rows: D_DECL_MNAME line 2 */
struct s { int; };
