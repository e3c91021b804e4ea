/* error, rows: D_REGS_IDX line 4 */
BEGIN
{
	x = uregs[-1];
}
