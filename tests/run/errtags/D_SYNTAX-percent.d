/* error, rows: D_SYNTAX line 4 */
BEGIN
{
	printf("%-%");
}
