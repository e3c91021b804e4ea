/* error, rows: D_DECL_DYNOBJ line 2 */
struct s { int a[int]; };
