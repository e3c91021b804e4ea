/* error, rows: D_ARR_BOUNDS line 3 */
struct s { int a[3]; };
BEGIN { x = ((struct s *)0)->a[3]; }
