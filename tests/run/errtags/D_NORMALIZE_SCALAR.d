/* error, rows: D_NORMALIZE_SCALAR line 4 */
BEGIN
{
	@a = count(); normalize(@a, "x");
}
