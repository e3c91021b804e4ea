/* error, rows: D_TRACE_AGG line 4 */
BEGIN
{
	@a = count(); trace(@a);
}
