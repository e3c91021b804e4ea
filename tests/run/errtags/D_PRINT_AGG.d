/* error, rows: D_PRINT_AGG line 4 */
BEGIN
{
	@a = count(); print(@a);
}
