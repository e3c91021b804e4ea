/* error, rows: D_LLQUANT_LOWVAL line 4 */
BEGIN
{
	@ = llquantize(1, 10, 70000, 3, 10);
}
