/* error, rows: D_OP_INT line 4 */
BEGIN
{
	x = "a" & 1;
}
