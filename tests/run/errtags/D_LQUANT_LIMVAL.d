/* error, rows: D_LQUANT_LIMVAL line 4 */
BEGIN
{
	@ = lquantize(1, 0, 4294967296, 1);
}
