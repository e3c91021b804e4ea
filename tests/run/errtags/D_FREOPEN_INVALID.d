/* error, rows: D_FREOPEN_INVALID line 4 */
BEGIN
{
	freopen("\001");
}
