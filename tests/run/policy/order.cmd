# rows: X93
# Under load, records of all CPUs come in one order of time; without temporal each CPU's for itself, CPU after CPU
# in one reading.  Nothing is lost either way.
. "$here/policy/common.sh"
t() { dtrace -q -b 16m "$@" -n "syscall::getppid:entry /execname == \"$name\"/ { printf(\"%d %d\n\", cpu, timestamp); }" -c "./$name $cpus 20000"; }
t -x switchrate=20hz | awk 'NF == 2 { n++; bad += $2 < last; last = $2 } END { print n, "out of order", bad + 0 }'
t -x temporal=no -x switchrate=60s | awk 'NF == 2 { n++; bad += $1 == c && $2 < last; last = $2; blocks += $1 != c || n == 1; c = $1 }
	END { print n, "out of order", bad + 0, (blocks <= 2 ? "in blocks" : blocks) }'
