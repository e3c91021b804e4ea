/* error, rows: D_AGG_REDEF line 4 */
BEGIN
{
	@a = count(); @a = sum(1);
}
