/* error, rows: D_PRINTF_ARG_PROTO line 4 */
BEGIN
{
	printf("%d");
}
