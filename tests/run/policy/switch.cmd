# rows: X75
# bufpolicy=switch under load: records and drops together are all firings; what arrives of one process is in order.
# The same for text, which needs scratch space, and whichever CPU was preempted inside a probe.
. "$here/policy/common.sh"
for body in 'trace(arg0); printf(" %d\n", arg1)' 'printf("%d %d %s\n", arg0, arg1, strjoin(execname, "x"))'; do
	dtrace -q -b 32k -x switchrate=20hz -n "syscall::getppid:entry /execname == \"$name\"/ { $body; }" -c "./$name $cpus 50000" >o.txt 2>e.txt
	grep -v 'drops* on CPU [0-9]*$' e.txt
	awk -v drops="$(drops 'drop' e.txt)" 'NF > 1 { n++; if ($2 in last && $1 <= last[$2]) bad++; last[$2] = $1 }
		END { print n + drops, "out of order", bad + 0, (n > 0 && drops > 0 ? "some of each" : n " " drops) }' o.txt
done
