/* error, rows: D_SYNTAX line 3 */
/* rows: L7 */
BEGIN { café = 1; }
