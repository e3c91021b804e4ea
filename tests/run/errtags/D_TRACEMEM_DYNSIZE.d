/* error, rows: D_TRACEMEM_DYNSIZE line 4 */
BEGIN
{
	tracemem(0, 4, "a");
}
