/* error, rows: D_LLQUANT_MAGTOOBIG line 4 */
BEGIN
{
	@ = llquantize(1, 10, 0, 30, 10);
}
