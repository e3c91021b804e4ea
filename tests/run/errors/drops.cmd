# rows: SPEC SPECUNAVAIL DBLERROR F56
# diagnostics.md 4: each kind of loss, one and several, with and without its tag, on stderr also with -q.
run() { timeout 20 dtrace -q "$@" 2>&1 >/dev/null | sed 's/on CPU [0-9]*/on CPU C/'; }
s='BEGIN { self->s = speculation(); } BEGIN { speculate(self->s); trace("0123456789012345678901234567890123456789"); }'
for t in '' '-x droptags'; do
	run $t -x specsize=16 -n "$s BEGIN { exit(0); }"
	run $t -x specsize=16 -n "$s BEGIN { speculate(self->s); stack(9); } BEGIN { exit(0); }"
	run $t -n 'BEGIN { speculation(); speculation(); exit(0); }'
	run $t -n 'BEGIN { speculation(); speculation(); speculation(); exit(0); }'
	run $t -n 'BEGIN { trace(*(int *)1); } ERROR { trace(*(int *)2); } BEGIN { exit(0); }' | grep -v 'error on'
	run $t -n 'BEGIN { trace(*(int *)1); } BEGIN { trace(*(int *)1); } ERROR { trace(*(int *)2); } BEGIN { exit(0); }' | grep -v 'error on'
	run $t -x dynvarsize=1 -n 'BEGIN { a[1] = 1; a[2] = 1; exit(0); }'
	run $t -x dynvarsize=1 -n 'BEGIN { a[1] = 1; a[2] = 1; a[3] = 1; exit(0); }'
	run $t -x aggsize=1 -n 'BEGIN { @[1] = count(); @[2] = count(); exit(0); }'
	run $t -x aggsize=1 -n 'BEGIN { @[1] = count(); @[2] = count(); @[3] = count(); exit(0); }'
	run $t -x switchrate=5s -b 1k -c 'perl -e getppid()for(1..2000)' -n 'syscall::getppid:entry /pid == $target/ { trace("0123456789012345678901234567890123456789"); }' |
		sed 's/[0-9][0-9]* drops*/N drops/' | sort -u
done
