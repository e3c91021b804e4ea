/* error, rows: D_XLATE_SOU line 2 */
struct i { int a; }; struct o { int b; }; translator int < struct i *x > { b = x->a; };
