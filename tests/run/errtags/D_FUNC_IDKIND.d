/* error, rows: D_FUNC_IDKIND line 4 */
BEGIN
{
	pid();
}
