/* error, rows: D_NORMALIZE_AGGBAD line 4 */
BEGIN
{
	normalize(@nosuch, 1);
}
