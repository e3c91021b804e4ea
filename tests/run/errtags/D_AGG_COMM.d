/* error, rows: D_AGG_COMM line 4 */
BEGIN
{
	commit(1); @ = count();
}
