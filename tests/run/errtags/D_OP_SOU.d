/* error, rows: D_OP_SOU line 4 */
BEGIN
{
	x = 1; y = x.a;
}
