/* error, rows: D_LQUANT_MISMATCH line 4 */
BEGIN
{
	@ = lquantize(1, 5, 4, 1);
}
