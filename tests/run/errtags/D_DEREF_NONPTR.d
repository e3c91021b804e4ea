/* error, rows: D_DEREF_NONPTR line 4 */
BEGIN
{
	x = 1; y = *x;
}
