/* rows: W4 W5 T26 T25 W15 W19 E35 T24
 * Structs, unions, enums and C arrays as variables of every scope. */
#pragma D option quiet
struct pt { char a; int b; short c; };
struct pt sp; struct pt gp; this struct pt tp; self struct pt lp;
union un { int i; char c[4]; };
union un uu;
enum color { RED, GREEN = 5, BLUE };
enum color ec;
int arr[4];
this char buf[8];
typedef struct bf { int x:3; unsigned y:5; uint64_t z:40; } bf_t;
bf_t bb;
int assoc[string, int, uint8_t];
struct pt sa[int];
BEGIN {
 sp.a = 1; sp.b = -5; sp.c = 300; gp = sp; printf("%d %d %d\n", gp.a, gp.b, gp.c);
 this->tp = gp; this->tp.b = 7; printf("%d %d\n", this->tp.b, this->tp.c);
 self->lp = this->tp; self->lp.a++; printf("%d %d\n", self->lp.a, self->lp.b);
 sa[3] = sp; printf("%d %d %d\n", sa[3].b, sa[4].b, sizeof(sp));
 sa[3].b = 9; printf("%d\n", sa[3].b);
 sa[5].c = 4; printf("%d %d\n", sa[5].c, sa[5].b);
}
BEGIN { arr[0] = 10; arr[3] = 13; arr[1] += 4; arr[2]++; printf("%d %d %d %d\n", arr[0], arr[1], arr[2], arr[3]); 
 this->buf[0] = 'h'; this->buf[1] = 'i'; this->buf[2] = 0; printf("[%s]\n", stringof(this->buf)); }
BEGIN { uu.i = 0x01020304; printf("%d\n", uu.c[0]); }
BEGIN { ec = GREEN; printf("%d %d %d\n", ec, ec == GREEN, BLUE); }
BEGIN { bb.x = -1; bb.y = 33; bb.z = 0xfffffffffff; printf("%d %d %x\n", bb.x, bb.y, bb.z); }
BEGIN { assoc["a", 1, 2] = 3; assoc["a", 1, 258] += 4; printf("%d\n", assoc["a", 1, 2]); }
BEGIN { s2[sp] = 4; sp.b = 100; printf("%d\n", s2[sp]); sp.b = -5; printf("%d\n", s2[sp]); }
BEGIN { exit(0); }
