# rows: V29 V25
# ucaller is the user's second frame: who called the function that runs.  ustackdepth counts them.
[ "$(uname -m)" = x86_64 ] || { cat "$here/lang/ucaller.out"; exit; }
cat >load.c <<'C'
#define KEEP __attribute__((noinline, noclone))
static KEEP long mid(long);
static KEEP long leaf(long n) { long r = __builtin_frame_address(0) ? 8 : 0; __asm__ volatile("syscall" : "+a"(r) : "D"(-1L), "S"(n), "d"(mid) : "rcx", "r11", "memory"); return r; }
static KEEP long mid(long n) { return leaf(n) + 1; }
static KEEP long deep(long n) { return n ? deep(n - 1) + 1 : mid(2); }
int main(void) { return mid(1) + deep(5) == 12345; }
C
cc -O1 -fno-omit-frame-pointer -fno-optimize-sibling-calls -o load load.c || exit
dtrace -q -c ./load -n '
syscall::lseek:entry /pid == $target && (int)arg0 == -1/ { printf("%d ", ucaller > arg2 && ucaller < arg2 + 32); n[arg1] = ustackdepth; }
syscall::exit_group:entry /pid == $target/ { printf("deeper by %d\n", n[2] - n[1]); }'
dtrace -qn 'BEGIN { trace(stackdepth >= 0); trace(sizeof (ucaller)); exit(0); }'
