/* error, rows: D_IDENT_UNDEF line 4 */
BEGIN
{
	x = nosuch;
}
