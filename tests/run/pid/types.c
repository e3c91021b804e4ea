/* types.c - the victim of the userland tests: data of every kind behind the arguments of work(). */
#include <unistd.h>

typedef unsigned int counter_t;
enum color {
	RED,
	GREEN = 5,
	BLUE
};
struct inner {
	short a;
	char tag[8];
};
typedef struct point {
	int x, y;
	unsigned lo : 3, mid : 5;
	int low : 4;
	enum color color;
	const char *name;
	struct inner in;
	struct point *next;
	int arr[4];
	union {
		long l;
		char c[8];
	};
	char full[4]; /* without a NUL */
	_Bool ok;
	unsigned char byte;
	int m[2][3];
} point_t;
struct hidden;

int shared_counter = 42;
counter_t counter = 7;
const char *greeting = "hello there";
char text[16] = "global text";
point_t origin = {.x = 100, .y = 200, .name = "origin"};
point_t *head = &origin;

__attribute__((noinline)) int
work(point_t *p, int n, const char **words, struct hidden *h)
{
	__asm__ volatile("" ::"r"(p), "r"(n), "r"(words), "r"(h) : "memory");
	return n;
}

int
main(int argc, char **argv)
{
	const char *words[] = {"one", "two", 0};
	point_t second = {.x = -3, .y = 4, .color = BLUE, .name = "second"};
	point_t first = {.x = 1,
			 .y = 2,
			 .lo = 5,
			 .mid = 17,
			 .low = -8,
			 .color = GREEN,
			 .name = "first",
			 .in = {-7, "tagtext"},
			 .next = &second,
			 .arr = {10, 20, 30, 40},
			 .l = 0x41424344,
			 .full = "abcd",
			 .ok = 1,
			 .byte = 200,
			 .m = {{1, 2, 3}, {4, 5, 6}}};
	char c;
	(void)argv;
	if (argc > 1) /* stand still until somebody writes a byte */
		(void)!read(0, &c, 1);
	shared_counter += argc;
	/* Memory that was never touched is not there to be read: the strings' page, and that of the data. */
	for (const char *s = *(const char *volatile *)&greeting; *s; s++)
		counter += *s == '!';
	work(&first, 9, words, 0);
	return write(-1, &first, sizeof(first)) == 12345;
}
