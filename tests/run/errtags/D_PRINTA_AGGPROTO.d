/* error, rows: D_PRINTA_AGGPROTO line 4 */
BEGIN
{
	@a[1] = count(); @b["a"] = count(); printa(@a, @b);
}
