/* error, rows: D_CG_DYN line 3 */
struct i { int a; }; struct o { int b; }; translator struct o < struct i *x > { b = 1; };
BEGIN { xlate < struct o > ((struct i *)0); }
