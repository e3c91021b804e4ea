# rows: G57 G90 G92 G93 A20 A21 W6
# Under load nothing counted is lost or shown twice: what is printed between clear()s and trunc()s of aggregations
# adds up to one that is never cleared.
cat >load.c <<'C'
#include <sys/syscall.h>
#include <unistd.h>
int main(void) { for (long i = 0; i < 600000; i++) syscall(SYS_getppid); return 0; }
C
cc -O1 -o load load.c || exit
./load & ./load &
dtrace -q -x switchrate=50hz -c ./load -n '
	syscall::getppid:entry
	{ @total = count(); @c = count(); @k[execname] = count(); @s = sum(2); @q[pid] = quantize(1); }
	tick-20ms { printa("C %@d\n", @c); clear(@c); printa("K %@d\n", @k); trunc(@k); printa("S %@d\n", @s); clear(@s); }
	END { printa("C %@d\n", @c); printa("K %@d\n", @k); printa("S %@d\n", @s); printa("T %@d\n", @total); trunc(@q); }' >data
wait
awk '/^[CKS] / { s[$1] += $2 } /^T / { t = $2 }
	END { print 0 + (s["C"] == t), 0 + (s["K"] == t), 0 + (s["S"] == 2 * t), 0 + (t >= 600000) }' data
