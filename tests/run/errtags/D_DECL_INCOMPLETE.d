/* error, rows: D_DECL_INCOMPLETE line 2 */
struct nosuch_tag_ x;
