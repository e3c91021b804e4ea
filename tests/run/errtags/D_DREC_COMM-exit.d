/* error, rows: D_DREC_COMM line 4 */
BEGIN
{
	commit(1); exit(0);
}
