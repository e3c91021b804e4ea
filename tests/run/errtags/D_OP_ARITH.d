/* error, rows: D_OP_ARITH line 4 */
BEGIN
{
	x = "a" * 2;
}
