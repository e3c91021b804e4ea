/* error, rows: D_AGG_MDIM line 4 */
BEGIN
{
	@a[1][2] = count();
}
