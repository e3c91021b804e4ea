/* error, rows: D_CLEAR_AGGARG line 4 */
BEGIN
{
	clear(1);
}
