/* error, rows: D_LQUANT_BASETYPE line 4 */
BEGIN
{
	@ = lquantize(1, pid, 0, 1);
}
