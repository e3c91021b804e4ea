/* error, rows: D_VAR_UNDEF line 4 */
BEGIN
{
	x = this->nosuch;
}
