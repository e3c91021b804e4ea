/* error, rows: D_SYM_NOTYPES line 4 */
BEGIN
{
	trace(`__start_rodata);
}
