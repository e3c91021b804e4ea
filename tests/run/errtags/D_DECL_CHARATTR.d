/* error, rows: D_DECL_CHARATTR line 2 */
long char x;
