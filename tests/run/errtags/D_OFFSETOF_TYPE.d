/* error, rows: D_OFFSETOF_TYPE line 4 */
BEGIN
{
	x = offsetof(int, a);
}
