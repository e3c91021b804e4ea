/* rows: A32 A33 V26.  What commit() and discard() do with no speculation leaves the clause's clocks as they are. */
#pragma D option quiet

BEGIN
{
	before = timestamp;
}

BEGIN
{
	commit(0);
	t = timestamp;
	discard(0);
	u = timestamp;
	w = walltimestamp;
}

BEGIN
{
	discard(0);
	x = 1 ? timestamp : 0;
	commit(0);
	y = timestamp;
}

BEGIN
{
	printf("%d %d %d %d %d\n", t > before, t == u, w > 1700000000000000000, x > t, x == y);
	exit(0);
}
