/* error, rows: D_CLEAR_PROTO line 4 */
BEGIN
{
	@a = count(); clear(@a, 1);
}
