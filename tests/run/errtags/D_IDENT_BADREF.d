/* error, rows: D_IDENT_BADREF line 4 */
BEGIN
{
	x[1] = 2; y = x;
}
