/* error, rows: D_DEREF_VOID line 4 */
BEGIN
{
	x = *(void *)0;
}
