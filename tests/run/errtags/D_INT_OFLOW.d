/* error, rows: D_INT_OFLOW line 4 */
BEGIN
{
	x = 18446744073709551616;
}
