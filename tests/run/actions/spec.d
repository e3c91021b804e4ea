/* rows: A30 A31 A32 A33 A36.  What is speculated comes out where it is committed, and only then. */
#pragma D option quiet
#pragma D option nspec=2
BEGIN
{
	a = speculation();
	b = speculation();
	printf("ids %d %d\n", a, b);
}
BEGIN { speculate(a); printf("a: %s\n", "first"); x++; }
BEGIN { speculate(b); printf("b\n"); x++; }
BEGIN { speculate(a); printf("a: second\n"); x++; }
BEGIN { speculate(0); printf("never\n"); x++; }
BEGIN { printf("x %d, before commit\n", x); }
BEGIN { commit(0); discard(0); commit(a); }
BEGIN { printf("after commit\n"); }
BEGIN { commit(a); discard(a); }
BEGIN { speculate(a); printf("too late\n"); x++; }
BEGIN { printf("x %d\n", x); }
BEGIN { discard(b); c = speculation(); d = speculation(); printf("again %d\n", c != 0 && d != 0 && c != d); }
BEGIN { speculate(c); printf("in END\n"); }
BEGIN { exit(0); }
END { commit(c); }
