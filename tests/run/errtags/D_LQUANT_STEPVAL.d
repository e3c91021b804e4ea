/* error, rows: D_LQUANT_STEPVAL line 4 */
BEGIN
{
	@ = lquantize(1, 0, 100000, 70000);
}
