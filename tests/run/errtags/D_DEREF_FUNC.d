/* error, rows: D_DEREF_FUNC line 3 */
typedef int f_t(int);
BEGIN { x = *(f_t *)0; }
