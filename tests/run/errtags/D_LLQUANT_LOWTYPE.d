/* error, rows: D_LLQUANT_LOWTYPE line 4 */
BEGIN
{
	@ = llquantize(1, 10, pid, 3, 10);
}
