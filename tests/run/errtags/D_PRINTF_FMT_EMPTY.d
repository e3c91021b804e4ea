/* error, rows: D_PRINTF_FMT_EMPTY line 4 */
BEGIN
{
	printf("");
}
