/* error, rows: D_ALLOCA_SIZE line 2 */
BEGIN { p = alloca(1000000); }
