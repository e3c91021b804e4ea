/* rows: A4.  print(): values by their type. */
#pragma D option quiet
enum color { RED, GREEN = 5 };
struct in { char c; signed char d; unsigned char u; };
struct pair { int a; struct in inner; void *next; char name[8]; short v[2]; struct in two[2]; enum color col; int lo : 3; int hi : 5; };
struct pair p;
BEGIN
{
	print(1); print(-1); print((short)-1); print((uint64_t)0x123456789abcdef0); print(0);
	print((char)'a'); print((char)0); print((char)7);
	print("text"); print((enum color)5); print((enum color)9); print((void *)0); print(execname == "" ? 1 : 2);
	p.a = 1; p.inner.c = 'x'; p.two[1].d = 2; p.v[1] = 3; p.col = GREEN; p.lo = 3; p.hi = 9;
	print(p);
	exit(0);
}
