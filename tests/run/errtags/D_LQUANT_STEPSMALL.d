/* error, rows: D_LQUANT_STEPSMALL line 4 */
BEGIN
{
	@ = lquantize(1, 0, 100000, 1);
}
