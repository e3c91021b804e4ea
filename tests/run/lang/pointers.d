/* rows: T20 T23 E12
 * Pointers of any depth and to anything; functions are declared, never called; comparison is unsigned. */
#pragma D option quiet
struct unknown;
typedef int (*handler_t)(int, char *, ...);
int prototype(int, ...);
void *v;
int ***deep;
struct unknown *u;
handler_t h;
BEGIN
{
	deep = (int ***)alloca(8);
	*deep = (int **)alloca(8);
	**deep = (int *)alloca(4);
	***deep = 77;
	printf("%d %d\n", ***deep, **deep[0]);
	v = deep;
	h = (handler_t)0xffffffff81000000;
	u = (struct unknown *)1;
	printf("%d %d %d\n", v == deep, deep == v, (int ***)v == deep);
	printf("%d %d %d\n", (uint64_t)h > 1, h == 0, h != NULL);
	printf("%d %d %d\n", u < (struct unknown *)-1, u > (struct unknown *)0, (char *)-1 >= (char *)1);
	printf("%d %d\n", (void *)0 == 0, u == NULL);
	printf("%d\n", sizeof (h) + sizeof (u) + sizeof (deep));
	exit(0);
}
