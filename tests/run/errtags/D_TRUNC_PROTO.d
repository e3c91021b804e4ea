/* error, rows: D_TRUNC_PROTO line 4 */
BEGIN
{
	@a = count(); trunc(@a, 1, 2);
}
