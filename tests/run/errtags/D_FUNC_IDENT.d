/* error, rows: D_FUNC_IDENT line 4 */
BEGIN
{
	(x + 1)(2);
}
