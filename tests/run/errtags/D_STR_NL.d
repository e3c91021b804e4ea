/* error, rows: D_STR_NL line 4 */
BEGIN
{
	x = "a
b";
}
