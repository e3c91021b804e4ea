/* error, rows: D_XLATE_NONE line 3 */
struct i { int a; }; struct o { int b; };
BEGIN { y = xlate < struct o > ((struct i *)0).b; }
