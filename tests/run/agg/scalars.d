/* Every scalar aggregating function, no keys. */
#pragma D option quiet
BEGIN
{
	@c = count(); @c = count(); @c = count();
	@s = sum(10); @s = sum(-3);
	@a = avg(10); @a = avg(20); @a = avg(33);
	@mn = min(5); @mn = min(-7); @mn = min(9);
	@mx = max(5); @mx = max(-7); @mx = max(9);
	@sd = stddev(2); @sd = stddev(4); @sd = stddev(6); @sd = stddev(8);
	exit(0);
}
