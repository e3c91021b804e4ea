/* error, rows: D_COMM_DREC line 4 */
BEGIN
{
	@ = count(); commit(1);
}
