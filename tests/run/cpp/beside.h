#define FOO
#define H 5
struct hh {
	int a;
	long b;
};
