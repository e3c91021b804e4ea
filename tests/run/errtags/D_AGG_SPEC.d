/* error, rows: D_AGG_SPEC line 4 */
BEGIN
{
	speculate(1); @ = count();
}
