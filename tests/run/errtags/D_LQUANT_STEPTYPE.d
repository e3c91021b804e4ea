/* error, rows: D_LQUANT_STEPTYPE line 4 */
BEGIN
{
	@ = lquantize(1, 0, 10, pid);
}
