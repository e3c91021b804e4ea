/* error, rows: D_CHR_NULL line 4 */
BEGIN
{
	x = '';
}
