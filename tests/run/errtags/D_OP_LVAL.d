/* error, rows: D_OP_LVAL line 4 */
BEGIN
{
	3 = 1;
}
