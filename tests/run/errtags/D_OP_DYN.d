/* error, rows: D_OP_DYN line 2 */
BEGIN { trace(1 ? *curpsinfo : *curpsinfo); }
