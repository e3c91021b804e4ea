/* error, rows: D_ADDROF_VAR line 4 */
BEGIN
{
	x = 1; y = &x;
}
