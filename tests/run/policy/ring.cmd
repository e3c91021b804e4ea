# rows: X75
# bufpolicy=ring under load keeps the last records of each CPU, without a gap: of every process a run of numbers up to
# its last one, as many in all as the slots are; nothing counts as dropped.
. "$here/policy/common.sh"
dtrace -x bufpolicy=ring -b 64k -n 'syscall::getppid:entry /execname == "'$name'"/ { printf("%d %d\n", arg0, arg1); }' -c "./$name $cpus 30000" >o.txt 2>e.txt
grep -v 'has exited\|matched' e.txt
awk '$3 ~ /^getppid:entry/ { seq = $4; who = $5; cpu = $1; n[cpu]++; if (who in last && seq != last[who] + 1) gaps++; last[who] = seq }
	END { for (w in last) if (last[w] != 29999) early++; for (c in n) if (n[c] < 1000) few++;
	      print "gaps", gaps + 0, "last ones missing", early + 0, "CPUs with few", few + 0 }' o.txt
# The same for one process alone, exactly: the number of slots, all of them the newest.
dtrace -q -x bufpolicy=ring -b 64k -n 'syscall::getppid:entry /execname == "'$name'"/ { printf("%d\n", arg0); }' -c "./$name 0 30000" >o1.txt
awk 'NF { if (n++ && $1 != p + 1) gaps++; p = $1; if (n == 1) first = $1 } END { print "gaps", gaps + 0, "last", p, (n == 30000 - first && n > 500 && n < 2100 ? "as many as fit" : n) }' o1.txt
