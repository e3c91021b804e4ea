/* error, rows: D_LQUANT_MATCHLIM line 4 */
BEGIN
{
	@ = lquantize(1, 0, 10, 1); @ = lquantize(1, 0, 11, 1);
}
