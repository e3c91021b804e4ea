/* error, rows: D_PRINT_DYN line 4 */
BEGIN
{
	print(*curpsinfo);
}
