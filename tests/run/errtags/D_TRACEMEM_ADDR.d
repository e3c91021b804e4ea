/* error, rows: D_TRACEMEM_ADDR line 4 */
BEGIN
{
	tracemem("a", 4);
}
