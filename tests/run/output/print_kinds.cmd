# rows: A4
# covers: output 1.5 1.5.1-1.5.11
# print(): every kind of type, alone and as a member; without -q the record's own newline follows.
cat >f.c <<'C'
#include <sys/syscall.h>
#include <unistd.h>
struct { double d; float f; long double l; char text[8], empty[4], full[2]; long n; } v = {1.5, -0.25f, 3.0L, "text", "", {'a', 'b'}, -2};
int main(void) { volatile char touch = v.text[0]; (void)touch; syscall(SYS_getppid, &v); return 0; }
C
cc -o f f.c || exit
cat >p.d <<'D'
struct later;
enum color { RED, GREEN = 5, BLUE = -1 };
struct v { double d; float f; long double l; char text[8]; char empty[4]; char full[2]; long n; };
struct bits { unsigned a : 3; int b : 5; unsigned c : 24; };
union u { int i; unsigned char c[4]; };
typedef struct point { short x, y; } point_t;
struct all { point_t at; point_t many[2]; int grid[2]; union u u; enum color col; enum color odd; struct later *later; void *v; char *s; const char *t; struct bits bits; unsigned long long big; };
struct all all;
syscall::getppid:entry /pid == $target/ { this->v = (struct v *)copyin(arg0, sizeof(struct v)); print(*this->v); print(this->v->d); print(this->v->text); print(this->v->full); }
BEGIN { print((char)'c'); print((char)0); print((char)-1); print((signed char)65); print((unsigned char)65); print((uint8_t)7); print((short)-1); print(0); print(-1L); print((uint32_t)5); }
BEGIN { print("text"); print(""); print((void *)0xabc); print((enum color)5); print((enum color)77); print((enum color)-1); }
BEGIN { all.at.x = 1; all.many[1].y = -1; all.grid[0] = 16; all.u.i = 0x41424344; all.col = GREEN; all.odd = (enum color)9; all.bits.a = 7; all.bits.b = -6; all.bits.c = 4096; all.big = 1; all.v = (void *)1; print(all); }
BEGIN { print(all.at); print(all.u); print(all.bits.a); print(all.grid); }
D
timeout 20 dtrace -x cpu=0 -qs p.d -c 'taskset -c 0 ./f'
timeout 20 dtrace -x cpu=0 -n 'struct pair { int a, b; } p; BEGIN { print(1); } BEGIN { p.a = 1; print(p); } BEGIN { trace(2); print(3); trace(4); exit(0); }' 2>/dev/null
