/* error, rows: D_PRINTM_SIZE line 4 */
BEGIN
{
	printm(pid, memref(curthread, 8));
}
