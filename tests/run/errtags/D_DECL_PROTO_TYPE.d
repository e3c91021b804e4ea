/* error, rows: D_DECL_PROTO_TYPE line 2 */
int x[void, int];
