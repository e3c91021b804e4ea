/* error, rows: D_MACRO_UNDEF line 4 */
BEGIN
{
	x = $1;
}
