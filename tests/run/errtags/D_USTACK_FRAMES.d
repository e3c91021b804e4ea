/* error, rows: D_USTACK_FRAMES line 4 */
BEGIN
{
	ustack(pid);
}
