/* error, rows: D_LQUANT_LIMTYPE line 4 */
BEGIN
{
	@ = lquantize(1, 0, pid, 1);
}
