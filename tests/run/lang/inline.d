/* inline, with and without parameters; enum; typedef; sizeof of a declared type. */
#pragma D option quiet
inline int LIMIT = 10 * 4 + 2;
inline string HELLO = "hi";
enum color { RED, GREEN = 5, BLUE };
typedef unsigned int u_t;
struct pt { int x; char c; long y; };
BEGIN
{
	printf("%d %s %d %d %d %d %d\n", LIMIT, HELLO, RED, GREEN, BLUE, sizeof (u_t), sizeof (struct pt));
	exit(LIMIT);
}
