/* error, rows: D_CHR_OFLOW line 4 */
BEGIN
{
	x = 'abcdefghi';
}
