/* rows: E9 E17 E30 E35 W4 W5 W15 W16 W19 T21 T24 T25 */
#pragma D option quiet
struct inner { char name[6]; short n; };
struct outer { int a; struct inner in[3]; unsigned int f : 3; int g : 5; unsigned long h : 40; void *p; };
struct outer go;
struct outer table[int, string];
self struct outer so;
this struct outer to;
struct inner tiny[int];
int arr[10];
int grid[2][3];
char text[9];
string str;
this char buf[8];
self int counts[4];
this string ts;
int i;
BEGIN
{
	/* Absent ones read as zeroes. */
	printf("%d %d %d %d\n", self->so.a, table[1, "x"].in[2].n, tiny[3].n, self->counts[2]);
	go.a = -5;
	go.in[1].n = 70000;
	go.in[1].name[0] = 'x';
	go.in[1].name[1] = 'y';
	go.f = 13;
	go.g = -7;
	go.h = 0x123456789abc;
	go.p = &curthread->pid;
	printf("%d %d [%s] %d %d %x %d\n", go.a, go.in[1].n, stringof(go.in[1].name), go.f, go.g, go.h,
	    go.p == &curthread->pid);
	go.f++;
	go.g -= 20;
	printf("%d %d %x\n", go.f, go.g, go.h);
	i = 2;
	go.in[i].n = 4;
	go.in[i].n += i++;
	printf("%d %d\n", go.in[2].n, i);
}
BEGIN
{
	/* Whole structs are values. */
	this->to = go;
	self->so = this->to;
	table[1, "x"] = self->so;
	go.a = 1;
	self->so.a++;
	table[1, "x"].a += 10;
	table[2, "y"].in[1].n = 9;
	table[2, "y"].a = table[1, "x"].in[1].n;
	printf("%d %d %d %d\n", go.a, this->to.a, self->so.a, table[1, "x"].a);
	printf("%d %d\n", table[2, "y"].in[1].n, table[2, "y"].a);
	tiny[4] = go.in[1];
	tiny[5].n--;
	printf("[%s] %d\n", stringof(tiny[4].name), tiny[5].n);
	table[1, "x"] = 0;
	self->so = 0;
	printf("%d %d\n", table[1, "x"].a, self->so.in[1].n);
}
BEGIN
{
	arr[0] = 1; arr[9] = 2; i = 4;
	arr[i] = 5; arr[i + 1] = arr[i] * 2;
	arr[i]++;
	printf("%d %d %d %d %d\n", arr[0], arr[4], arr[5], arr[9], arr[8]);
	grid[1][2] = 6; grid[i - 4][1] = 7; grid[1][i - 4] = 8;
	printf("%d %d %d %d\n", grid[1][2], grid[0][1], grid[1][0], grid[0][0]);
	text = "overlong text";
	printf("[%s]\n", stringof(text));
	text[3] = 0;
	printf("[%s] %d\n", stringof(text), sizeof (text));
	self->counts[3] = 1; self->counts[i - 3] += 4;
	printf("%d %d %d\n", self->counts[3], self->counts[1], self->counts[0]);
	this->buf[0] = 'o'; this->buf[1] = 'k'; this->buf[2] = '\0';
	printf("[%s]\n", stringof(this->buf));
}
BEGIN
{
	str = "hello";
	str[0] = 'J';
	str[i] = 'y';
	printf("[%s] %c\n", str, str[1]);
	str[i + 1] = '!'; str[i + 2] = 0;
	printf("[%s]\n", str);
	this->ts = strjoin("ab", "cd");
	this->ts[2] = 0;
	printf("[%s] [%s] [%s]\n", this->ts, str + 2, "constant" + 3);
	str = str + 1;
	printf("[%s]\n", str);
	printf("[%s]\n", stringof(this->buf));
	exit(0);
}
