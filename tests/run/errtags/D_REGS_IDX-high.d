/* error, rows: D_REGS_IDX line 4 */
BEGIN
{
	trace(uregs[26]);
}
