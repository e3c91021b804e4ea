/* error, rows: D_XLATE_NOCONV line 3 */
struct i { int a; }; struct o { int b; }; translator struct o < struct i *x > { };
BEGIN { y = xlate < struct o > ((struct i *)0).b; }
