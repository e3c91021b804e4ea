/* error, rows: D_DIV_ZERO line 4 */
BEGIN
{
	x = 1 / 0;
}
