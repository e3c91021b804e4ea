/* error, rows: D_NORMALIZE_PROTO line 4 */
BEGIN
{
	@a = count(); normalize(@a);
}
