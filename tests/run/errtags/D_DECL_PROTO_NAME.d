/* error, rows: D_DECL_PROTO_NAME line 2 */
int f(void x);
