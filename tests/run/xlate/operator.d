/* rows: E28 E29 G10 N1 */
#pragma D option quiet
/* A translator of our own: by value, by pointer, nested; members evaluated where they are used. */
typedef struct inner { int low; int high; } inner_t;
typedef struct outer { long twice; string text; inner_t in; int unused; char name[16]; uint8_t small; } outer_t;

translator inner_t < int N > { low = N & 0xff; high = N >> 8; };
translator outer_t < int V > {
	twice = V * 2;
	text = V > 5 ? "big" : "little";
	in = xlate <inner_t> (V);
	name = execname;
	small = V;
};
translator inner_t < string S > { low = strlen(S); };

inline outer_t *seven = xlate <outer_t *> (7);
inline outer_t made[int a, int b] = xlate <outer_t> (a * 256 + b);

BEGIN
{
	x = 300;
	printf("%d %s\n", xlate <outer_t> (x).twice, xlate <outer_t *> (x)->text);
	printf("%d %d\n", xlate <outer_t> (x).in.low, xlate <outer_t> (x).in.high);
	printf("%d %s %d\n", seven->twice, seven->text, (*seven).in.low);
	printf("%d %d\n", made[3, 4].in.low, made[3, 4].in.high);
	printf("%d\n", xlate <inner_t> ("hello").low);
	printf("%d %d\n", xlate <outer_t> (x++).small, x);	/* once for each access */
	printf("%d\n", seven->name == execname);
	@[seven->name, seven->text] = sum(seven->twice);
	self->s = seven->text;
	printf("%s\n", self->s);
	printa("%s %s %@d\n", @);
	clear(@); trunc(@);
	exit(0);
}
