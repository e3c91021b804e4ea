/* error, rows: D_SPEC_DREC line 4 */
BEGIN
{
	@ = count(); speculate(1);
}
