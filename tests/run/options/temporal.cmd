# rows: X93
# By default the records of all CPUs come in one order of time; without temporal one CPU's after another's.
[ "$(nproc)" -gt 1 ] || { echo 'in order 0'; echo 'blocks 2'; exit; }
t() { timeout 20 dtrace -q "$@" -x switchrate=10s -n 'syscall::getppid:entry /execname == "temporal"/ { printf("%d %d\n", cpu, timestamp); }' \
	-c 'taskset -c 0 ./temporal' -c 'taskset -c 1 ./temporal'; }
printf '#include <unistd.h>\nint main(void) { for (int i = 0; i < 200; i++) { getppid(); usleep(300); } return 0; }\n' >t.c
cc -o temporal t.c || exit
t | awk 'NF == 2 { n++; bad += $2 < last; last = $2 } END { print "in order", bad + 0, n == 400 ? "" : n }' | sed 's/ $//'
t -x temporal=no | awk 'NF == 2 { n += $1 != c || NR == 1; c = $1 } END { print "blocks", n }'
