/* error, rows: D_DECL_BFTYPE line 2 */
struct s { float a : 3; };
