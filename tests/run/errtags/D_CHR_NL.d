/* error, rows: D_CHR_NL line 4 */
BEGIN
{
	x = 'a
b';
}
