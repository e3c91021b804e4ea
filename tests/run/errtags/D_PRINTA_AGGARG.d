/* error, rows: D_PRINTA_AGGARG line 4 */
BEGIN
{
	printa("%d", 1);
}
