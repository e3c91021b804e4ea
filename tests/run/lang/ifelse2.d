/* rows: G22 G20 G21
 * if, else, else if, nesting, blocks, empty statements; each condition once, where it stands. */
#pragma D option quiet
int n, i;
BEGIN
{
	if (n++ == 0) printf("a"); else printf("b");
	if (n == 1 && n++) { printf("c"); if (n == 2) printf("d"); else printf("e") ; } else { printf("f"); }
	if (n == 0) ; else if (n == 1) printf("g"); else if (n == 2) printf("h"); else printf("i");
	if (n == 2) { } else { printf("j"); }
	if (n == 2) if (n == 3) printf("k"); else printf("l");
	if (!n) { printf("m") }
	if ("x" == "x") { ; ; }
	if (curthread != NULL) this->seen = 1;
	printf(" %d %d\n", n, this->seen);
}
tick-10ms { i++; if (i == 1) printf("first\n"); else if (i == 3) { printf("third\n"); exit(0); } }
