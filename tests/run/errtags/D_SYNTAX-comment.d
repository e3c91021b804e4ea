/* error, rows: D_SYNTAX line 3 */
BEGIN
/* a /* b */
{ }
