/* error, rows: D_PRINTF_ARG_EXTRA line 4 */
BEGIN
{
	printf("%d", 1, 2);
}
