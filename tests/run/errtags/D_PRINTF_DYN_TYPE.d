/* error, rows: D_PRINTF_DYN_TYPE line 4 */
BEGIN
{
	printf("%*d", "a", 1);
}
