/* error, rows: D_DECL_CLASS line 2 */
extern typedef int x;
