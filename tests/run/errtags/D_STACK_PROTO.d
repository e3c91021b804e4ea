/* error, rows: D_STACK_PROTO line 4 */
BEGIN
{
	stack(1, 2);
}
