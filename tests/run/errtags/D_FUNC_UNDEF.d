/* error, rows: D_FUNC_UNDEF line 4 */
BEGIN
{
	nosuch();
}
