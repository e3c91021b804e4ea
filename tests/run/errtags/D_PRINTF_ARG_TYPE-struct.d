/* error, rows: D_PRINTF_ARG_TYPE line 4 */
BEGIN
{
	printf("%d", *curthread);
}
