/* error, rows: D_DECL_SIGNINT line 2 */
unsigned float x;
