/* error, rows: D_PRINTA_PROTO line 4 */
BEGIN
{
	printa("x");
}
