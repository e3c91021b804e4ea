/* error, rows: D_EMPTY */
