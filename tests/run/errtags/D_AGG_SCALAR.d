/* error, rows: D_AGG_SCALAR line 4 */
BEGIN
{
	@a = sum("x");
}
