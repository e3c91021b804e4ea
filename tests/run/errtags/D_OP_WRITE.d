/* error, rows: D_OP_WRITE line 4 */
BEGIN
{
	pid = 1;
}
