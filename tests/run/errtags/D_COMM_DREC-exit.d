/* error, rows: D_COMM_DREC line 4 */
BEGIN
{
	exit(0); commit(1);
}
