/* error, rows: D_PRINTF_DYN_PROTO line 4 */
BEGIN
{
	printf("%*d");
}
