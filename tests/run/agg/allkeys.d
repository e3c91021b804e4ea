/* rows: G50 G51 W13 W14 G70
 * Sixteen keys of many types; integers of every size; structs. */
#pragma D option quiet
struct point { short x; int y, z; };
struct point p;
BEGIN
{
	p.x = 1;
	p.y = 2;
	@a[(char)1, (short)-2, 3, 4L, "five", probefunc, execname, 8, 9, 10, 11, 12, 13, 14, 15, 16] = count();
	@a[(char)1, (short)-2, 3, 4L, "five", probefunc, execname, 8, 9, 10, 11, 12, 13, 14, 15, 16] = count();
	@b[p, "x"] = sum(3);
	p.y = 3;
	@b[p, "x"] = sum(4);
	printa("%d %d %d %d %s [%s] %s %d %d %d %d %d %d %d %d %d: %@d\n", @a);
	printa(@b);
	exit(0);
}
