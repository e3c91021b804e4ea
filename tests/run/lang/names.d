/* rows: L3 L7 L15 L20 L24 W1 N1 N3 G1
 * One name in five spaces, names that begin with _, names of types as variables; bytes above 127 in comments (é) and strings. */
#pragma D option quiet
typedef int both_t;
struct x { int x; };
typedef struct x x_t;
int _leading, __two__, a1_B2;
string x;
self int x;
this char x;
struct x y;
BEGIN
{
	x = "global";
	self->x = 1;
	this->x = 2;
	@x = sum(3);
	y.x = 4;
	printf("%s %d %d %d %d\n", x, self->x, this->x, y.x, sizeof (struct x));
	printa("%@d\n", @x);
	_leading = 5;
	__two__ = _leading++;
	a1_B2 = --_leading;
	printf("%d %d %d\n", _leading, __two__, a1_B2);
	uid_t = 7;
	uid_t++;
	dev_t[1] = 8;
	loff_t--;
	printf("%d %d %d\n", (int)uid_t++, dev_t[1], (int)loff_t--);
	@ = count();
	printa("%@d\n", @_);
	@_a[1] = count();
	@_A[2] = count();
	printa("%d ", @_a);
	printa("%d\n", @_A);
	s = "caf\xc3\xa9 é";
	printf("%s %d\n", s, strlen(s));
	/* Clauses of a firing share this->; there is no scope of a block. */
	if (x == "global") { this->inner = 9; late = 10; }
}
BEGIN { printf("%d %d %d\n", this->x, this->inner, late); exit(0); }
