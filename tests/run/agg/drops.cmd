# rows: G58 W10
# No room: the update is lost and counted, exactly; what is there keeps counting.
cat >load.c <<'C'
#include <sys/syscall.h>
#include <unistd.h>
int main(void) { for (long i = 0; i < 5000; i++) syscall(SYS_getppid); return 0; }
C
cc -O1 -o load load.c || exit
dtrace -q -c ./load -n '
	#pragma D option aggsize=4k
	int i;
	syscall::getppid:entry /pid == $target/ { @[i++] = count(); @all = count(); }
	END { printa("row %d %@d\n", @); printa("all %@d\n", @all); }' >data 2>notes
awk '/aggregation drops/ { d += $2 } /^row/ { n++ } /^all/ { all = $2 } END { print all, n + d, (n > 50) }' data notes
dtrace -q -c ./load -n '
	#pragma D option dynvarsize=4k
	int i, there;
	syscall::getppid:entry /pid == $target/ { a[i] = 1; there += a[i]; i++; }
	END { printf("vars %d %d\n", i, there); }' >data 2>notes
awk '/dynamic variable drops/ { d += $2 } /^vars/ { n = $2; there = $3 } END { print n, there + d, (there > 20) }' data notes
