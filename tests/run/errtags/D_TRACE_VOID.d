/* error, rows: D_TRACE_VOID line 4 */
BEGIN
{
	trace((void)1);
}
