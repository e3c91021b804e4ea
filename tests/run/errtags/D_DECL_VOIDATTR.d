/* error, rows: D_DECL_VOIDATTR line 2 */
unsigned void *x;
