/* error, rows: D_CLEAR_AGGBAD line 4 */
BEGIN
{
	clear(@nosuch);
}
