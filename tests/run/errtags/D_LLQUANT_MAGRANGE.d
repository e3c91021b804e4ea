/* error, rows: D_LLQUANT_MAGRANGE line 4 */
BEGIN
{
	@ = llquantize(1, 10, 3, 2, 10);
}
