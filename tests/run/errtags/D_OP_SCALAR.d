/* error, rows: D_OP_SCALAR line 3 */
struct s { int a; };
BEGIN { x = !*(struct s *)0; }
