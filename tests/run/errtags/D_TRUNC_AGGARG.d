/* error, rows: D_TRUNC_AGGARG line 4 */
BEGIN
{
	trunc(1);
}
