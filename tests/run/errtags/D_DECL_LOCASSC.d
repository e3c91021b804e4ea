/* error, rows: D_DECL_LOCASSC line 2 */
this int x[int];
