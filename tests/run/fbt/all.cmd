# All of the kernel at once: enabled, a workload run, removed; the functions the workload must have called are there.
exec 9>"$work/functions" && flock 9 # one at a time: some count what the kernel has enabled
cat >load.c <<'C'
#include <sched.h>
#include <sys/personality.h>
int main(void)
{
	for (int i = 0; i < 700; i++) {
		sched_get_priority_max(SCHED_FIFO);
		if (i % 2)
			sched_get_priority_min(SCHED_FIFO);
		if (i % 7 == 0)
			personality(0xffffffff);
	}
	return 0;
}
C
cc -o load load.c || exit
set -m
before=$(wc -l </sys/kernel/tracing/enabled_functions)
dtrace -qn 'BEGIN { printf("ready\n"); } fbt:::entry { @[probefunc] = count(); } END { printa("%s %@d\n", @); }' >data 2>notes &
while ! grep -qs ready data && kill -0 $! 2>/dev/null; do sleep 0.2; done
ls -l /etc >/dev/null
./load
during=$(wc -l </sys/kernel/tracing/enabled_functions)
kill -INT $!
wait $!
echo "status $?, $((during - before > 30000))"
for f in vfs_getattr_nosec vfs_read do_exit begin_new_exec mmput; do
	awk -v f=$f '$1 ~ "^" f { n += $2 } END { print f, (n > 0) }' data
done
for i in $(seq 600); do
	[ "$(wc -l </sys/kernel/tracing/enabled_functions)" = "$before" ] && break
	sleep 0.1
done
# Functions that only load has called, as often as it did.
awk '$1 ~ /_sys_(sched_get_priority_(max|min)|personality)$/ { sub(/.*_sys_/, "", $1); print }' data | sort
echo "left: $(($(wc -l </sys/kernel/tracing/enabled_functions) - before))"
grep -v ' drops\{0,1\} ' notes
exit 0
