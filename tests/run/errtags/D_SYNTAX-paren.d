/* error, rows: D_SYNTAX line 3 */
BEGIN
/x == (1/
{ }
