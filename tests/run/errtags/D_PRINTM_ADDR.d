/* error, rows: D_PRINTM_ADDR line 4 */
BEGIN
{
	printm(8, 1234);
}
