/* error, rows: D_SYNTAX line 4 */
BEGIN
{
	x = ;
}
