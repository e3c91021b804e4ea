/* error, rows: D_OP_INCOMPAT line 4 */
BEGIN
{
	x = "a" == 1;
}
