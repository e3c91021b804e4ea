/* error, rows: D_OP_VFPTR line 4 */
BEGIN
{
	x = (void *)0; x++;
}
