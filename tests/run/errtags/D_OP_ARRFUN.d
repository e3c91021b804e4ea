/* error, rows: D_OP_ARRFUN line 3 */
struct s { int a[3]; }; struct s y;
BEGIN { y.a = 0; }
