/* rows: G22.  A fault in one part skips the later ones; the predicate and each condition are evaluated once. */
#pragma D option quiet
BEGIN /n++ == 0/
{
	printf("first\n");
	if (c++ == 0) {
		printf("second\n");
		trace(*(int *)0);
		printf("not this\n");
	}
	printf("nor this\n");
}
BEGIN { printf("n %d c %d\n", n, c); exit(0); }
