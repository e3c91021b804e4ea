/* error, rows: D_TRUNC_SCALAR line 4 */
BEGIN
{
	@a = count(); trunc(@a, "x");
}
