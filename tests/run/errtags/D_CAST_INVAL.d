/* error, rows: D_CAST_INVAL line 4 */
BEGIN
{
	x = (int)"a";
}
