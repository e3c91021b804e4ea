/* error, rows: D_USTACK_PROTO line 4 */
BEGIN
{
	ustack(1, 2, 3);
}
