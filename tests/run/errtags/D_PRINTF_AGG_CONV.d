/* error, rows: D_PRINTF_AGG_CONV line 4 */
BEGIN
{
	printf("%@d", 1);
}
