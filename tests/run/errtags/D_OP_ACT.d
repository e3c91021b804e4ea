/* error, rows: D_OP_ACT line 4 */
BEGIN
{
	x = 1, trace(2);
}
