/* error, rows: D_PROTO_ARG line 4 */
BEGIN
{
	setopt("quiet", 1);
}
