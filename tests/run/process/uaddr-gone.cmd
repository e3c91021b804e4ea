# %A of a plain number names an address of the traced process, also when the process is gone by the time it is printed.
cat >spin.c <<'C'
#include <time.h>
int spin(void) { volatile long i; for (i = 0; i < 100000; i++) ; return 0; }
int main(void) { struct timespec a, b; clock_gettime(CLOCK_MONOTONIC, &a); do { spin(); clock_gettime(CLOCK_MONOTONIC, &b); } while (b.tv_sec - a.tv_sec < 2); return 0; }
C
cc -O0 -o spin spin.c && dtrace -qn 'profile-997 /pid == $target && arg1/ { @[arg1] = count(); } END { printa("%A %@d\n", @); }' -c ./spin |
	awk '{ n += $2 } /^spin`spin/ { s += $2 } END { print (n > 0 && s > n / 2) }'
