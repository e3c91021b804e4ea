/* error, rows: D_OP_INCOMPAT line 3 */
/* rows: E12: pointers to different things are not compared. */
BEGIN { trace((int *)1 == (struct file *)1); exit(0); }
