/* error, rows: D_SIZEOF_TYPE line 4 */
BEGIN
{
	x = sizeof (void);
}
