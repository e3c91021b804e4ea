/* error, rows: D_SPEC_SPEC line 4 */
BEGIN
{
	speculate(1); speculate(1);
}
