/* error, rows: D_NORMALIZE_AGGARG line 4 */
BEGIN
{
	normalize(1, 1);
}
