/* error, rows: D_LQUANT_STEPLARGE line 4 */
BEGIN
{
	@ = lquantize(1, 0, 10, 20);
}
