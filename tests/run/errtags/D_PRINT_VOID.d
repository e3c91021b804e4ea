/* error, rows: D_PRINT_VOID line 4 */
BEGIN
{
	print((void)0);
}
