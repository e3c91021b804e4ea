/* error, rows: D_AGG_NULL line 4 */
BEGIN
{
	@a;
}
