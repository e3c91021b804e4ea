/* error, rows: D_SPEC_COMM line 4 */
BEGIN
{
	commit(1); speculate(1);
}
