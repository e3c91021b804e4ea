/* error, rows: D_LLQUANT_FACTORNSTEPS line 4 */
BEGIN
{
	@ = llquantize(1, 10, 0, 3, 7);
}
