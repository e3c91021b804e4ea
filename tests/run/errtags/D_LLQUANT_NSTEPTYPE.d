/* error, rows: D_LLQUANT_NSTEPTYPE line 4 */
BEGIN
{
	@ = llquantize(1, 10, 0, 3, pid);
}
