/* error, rows: D_AGG_FUNC line 4 */
BEGIN
{
	@a = strlen("a");
}
