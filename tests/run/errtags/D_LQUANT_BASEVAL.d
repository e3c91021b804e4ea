/* error, rows: D_LQUANT_BASEVAL line 4 */
BEGIN
{
	@ = lquantize(1, 4294967296, 4294967299, 1);
}
