/* error, rows: D_TRACEMEM_SIZE line 4 */
BEGIN
{
	tracemem(0, pid);
}
