/* error, rows: D_ADDROF_LVAL line 4 */
BEGIN
{
	x = &3;
}
