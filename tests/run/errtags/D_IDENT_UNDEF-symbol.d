/* error, rows: D_IDENT_UNDEF line 4 */
BEGIN
{
	trace(&`no_kernel_has_this_symbol);
}
