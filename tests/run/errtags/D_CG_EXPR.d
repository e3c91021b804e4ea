/* error, rows: D_CG_EXPR line 4 */
BEGIN
{
	x = trace(1);
}
