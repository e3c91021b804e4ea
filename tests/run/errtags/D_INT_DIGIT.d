/* error, rows: D_INT_DIGIT line 4 */
BEGIN
{
	x = 089;
}
