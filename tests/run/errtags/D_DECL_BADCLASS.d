/* error, rows: D_DECL_BADCLASS line 2 */
static int x;
