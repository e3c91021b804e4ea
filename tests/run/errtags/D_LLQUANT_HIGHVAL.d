/* error, rows: D_LLQUANT_HIGHVAL line 4 */
BEGIN
{
	@ = llquantize(1, 10, 0, 70000, 10);
}
