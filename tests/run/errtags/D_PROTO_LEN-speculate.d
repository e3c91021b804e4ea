/* error, rows: D_PROTO_LEN line 4 */
BEGIN
{
	speculate();
}
