/* error, rows: D_DECL_TYPERED line 2 */
struct s { int a; }; struct s { int b; };
