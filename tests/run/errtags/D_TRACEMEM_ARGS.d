/* error, rows: D_TRACEMEM_ARGS line 4 */
BEGIN
{
	tracemem(0, 4, 4, 4);
}
