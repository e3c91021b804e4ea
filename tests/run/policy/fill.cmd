# rows: X75
# bufpolicy=fill under load keeps the first records, without a gap, and tracing ends when one CPU's buffer is full;
# nothing counts as dropped, END has its room.
. "$here/policy/common.sh"
dtrace -x bufpolicy=fill -b 64k -n 'syscall::getppid:entry /execname == "'$name'"/ { printf("%d %d\n", arg0, arg1); } END { printf("end\n"); }' -c "./$name $cpus 30000" >o.txt 2>e.txt
echo "status $?"
grep -v 'has exited\|matched' e.txt
awk '$3 ~ /^getppid:entry/ { seq = $4; who = $5; n[$1]++; if (seq != next_[who] + 0) gaps++; next_[who] = seq + 1 }
	$4 == "end" { ended++ }
	END { for (c in n) if (n[c] > most) most = n[c]; print "gaps", gaps + 0, "ended", ended + 0, (most > 500 && most < 2100 ? "as many as fit" : most) }' o.txt
