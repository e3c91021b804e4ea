/* error, rows: D_XLATE_MEMB line 2 */
struct i { int a; }; struct o { int b; }; translator struct o < struct i *x > { c = x->a; };
