/* error, rows: D_STACK_SIZE line 4 */
BEGIN
{
	stack(pid);
}
