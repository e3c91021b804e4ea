/* error, rows: D_TYPE_MEMBER line 4 */
BEGIN
{
	x = curthread->nosuch;
}
