/* error, rows: D_PRINTF_ARG_FMT line 4 */
BEGIN
{
	x = "a"; printf(x);
}
