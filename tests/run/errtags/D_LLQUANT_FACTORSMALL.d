/* error, rows: D_LLQUANT_FACTORSMALL line 4 */
BEGIN
{
	@ = llquantize(1, 1, 0, 3, 10);
}
