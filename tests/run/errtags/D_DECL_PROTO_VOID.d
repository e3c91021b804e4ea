/* error, rows: D_DECL_PROTO_VOID line 2 */
int f(int, void);
