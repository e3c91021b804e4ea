/* error, rows: D_LLQUANT_FACTORTYPE line 4 */
BEGIN
{
	@ = llquantize(1, pid, 0, 3, 10);
}
