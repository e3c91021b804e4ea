/* rows: A6.  printa with a format, of several aggregations; what was printed is not printed at the end. */
#pragma D option quiet
BEGIN
{
	@n["x", 1] = count();
	@n["y", 2] = count();
	@n["y", 2] = count();
	@t["x", 1] = sum(100);
	@t["y", 2] = sum(50);
	@rest["z"] = count();
	exit(0);
}
END
{
	printa("%-4s %3d %@5d\n", @n);
	printa("%s/%d: %@d %@d\n", @n, @t);
}
