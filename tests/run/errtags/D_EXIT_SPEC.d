/* error, rows: D_EXIT_SPEC line 4 */
BEGIN
{
	speculate(1); exit(0);
}
