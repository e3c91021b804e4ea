/* error, rows: D_PRINTA_AGGKEY line 4 */
BEGIN
{
	@a[1] = count(); @b[1, 2] = count(); printa(@a, @b);
}
