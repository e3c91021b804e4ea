# 200,000 records a second to a file: none is lost at a bufsize that allows for a second of waiting, and where the buffer
# does not, records and drops together are all firings.
. "$here/policy/common.sh"
run() { dtrace -q -x switchrate=10hz "$@" -o o.txt -n "syscall::getppid:entry /execname == \"$name\"/ { printf(\"%d\n\", arg0); }" -c "./$name 0 600000 200000" 2>e.txt; }
rm -f o.txt
run -b 16m
grep -v 'has exited' e.txt
awk 'NF { if ($1 != n) gaps++; n++ } END { print n, "gaps", gaps + 0 }' o.txt
rm -f o.txt
run -b 4k
awk -v drops="$(drops 'drop' e.txt)" 'NF { n++; bad += $1 <= p && n > 1; p = $1 } END { print n + drops, "out of order", bad + 0, (drops > 0 ? "drops told" : "none lost") }' o.txt
