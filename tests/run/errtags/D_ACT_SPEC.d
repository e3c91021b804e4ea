/* error, rows: D_ACT_SPEC line 4 */
BEGIN
{
	speculate(1); raise(1);
}
