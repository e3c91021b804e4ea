/* rows: G22 A31.  Each part that if makes is a clause of its own: speculate() holds for its part alone. */
#pragma D option quiet
BEGIN
{
	s = speculation();
	if (s) {
		speculate(s);
		printf("in\n");
	} else {
		printf("no\n");
	}
	printf("out\n");
}
BEGIN { commit(s); }
BEGIN { exit(0); }
