/* error, rows: D_CG_EXPR line 4 */
BEGIN
{
	trace(sym(1));
}
