/* error, rows: D_TRACE_DYN line 3 */
struct i { int a; }; struct o { int b; }; translator struct o < struct i *x > { b = 1; };
BEGIN { trace(xlate < struct o > ((struct i *)0)); }
