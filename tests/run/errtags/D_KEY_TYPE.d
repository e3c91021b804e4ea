/* error, rows: D_KEY_TYPE line 4 */
BEGIN
{
	@[(void)1] = count();
}
