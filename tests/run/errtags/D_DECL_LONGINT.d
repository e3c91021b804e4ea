/* error, rows: D_DECL_LONGINT line 2 */
long string x;
