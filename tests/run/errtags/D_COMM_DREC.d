/* error, rows: D_COMM_DREC line 4 */
BEGIN
{
	trace(1); commit(1);
}
