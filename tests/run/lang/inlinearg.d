/* rows: G8 G7
 * Parametrised inlines: parameters by name, used more than once, nested. */
#pragma D option quiet
inline int add[int a, int b] = a + b;
inline int twice[int a] = add[a, a];
inline string pick[int which, string x, string y] = which ? x : y;
inline int deep[int n] = twice[add[n, 1]] - 1;
int g;
BEGIN
{
	g = 5;
	printf("%d %d %d\n", add[1, 2], twice[g], add[twice[2], add[g, 1]]);
	printf("%s %s\n", pick[g > 1, "yes", "no"], pick[0, "yes", "no"]);
	printf("%d %d\n", deep[3], twice[g + 1] * 2);
	exit(0);
}
