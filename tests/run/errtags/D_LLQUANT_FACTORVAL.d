/* error, rows: D_LLQUANT_FACTORVAL line 4 */
BEGIN
{
	@ = llquantize(1, 70000, 0, 3, 10);
}
