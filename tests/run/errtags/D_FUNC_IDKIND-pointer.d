/* error, rows: D_FUNC_IDKIND line 4 */
/* rows: T23 E33: a function pointer cannot be called. */
int (*f)(int);
BEGIN { f(1); exit(0); }
