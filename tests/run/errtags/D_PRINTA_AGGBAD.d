/* error, rows: D_PRINTA_AGGBAD line 4 */
BEGIN
{
	printa(@nosuch);
}
