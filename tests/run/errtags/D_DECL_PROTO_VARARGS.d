/* error, rows: D_DECL_PROTO_VARARGS line 2 */
int x[int, ...];
