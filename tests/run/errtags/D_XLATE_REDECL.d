/* error, rows: D_XLATE_REDECL line 2 */
struct i { int a; }; struct o { int b; }; translator struct o < struct i *x > { b = x->a; }; translator struct o < struct i *x > { b = x->a; };
