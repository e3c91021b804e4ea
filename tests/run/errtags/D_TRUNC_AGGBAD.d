/* error, rows: D_TRUNC_AGGBAD line 4 */
BEGIN
{
	trunc(@nosuch);
}
