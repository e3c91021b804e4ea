/* error, rows: D_OP_DYN line 2 */
BEGIN { trace((curpsinfo, 1)); }
