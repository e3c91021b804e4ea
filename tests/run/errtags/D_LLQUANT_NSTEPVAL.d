/* error, rows: D_LLQUANT_NSTEPVAL line 4 */
BEGIN
{
	@ = llquantize(1, 10, 0, 3, 70000);
}
