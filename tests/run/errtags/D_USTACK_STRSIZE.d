/* error, rows: D_USTACK_STRSIZE line 4 */
BEGIN
{
	ustack(1, -1);
}
