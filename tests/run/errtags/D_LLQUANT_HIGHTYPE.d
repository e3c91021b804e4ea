/* error, rows: D_LLQUANT_HIGHTYPE line 4 */
BEGIN
{
	@ = llquantize(1, 10, 0, pid, 10);
}
