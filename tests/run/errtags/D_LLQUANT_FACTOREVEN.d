/* error, rows: D_LLQUANT_FACTOREVEN line 4 */
BEGIN
{
	@ = llquantize(1, 10, 0, 3, 15);
}
