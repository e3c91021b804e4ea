# covers: output 1.1.3 1.1.4 2 2.1-2.3
# rows: F59
# output.md 2 to the byte: entry and return, several clauses of one firing, other probes; with -q the prefix stays.
cat >flow.d <<'D'
syscall::getppid:entry /pid == $target/ { trace(1); }
syscall::getppid:entry /pid == $target/ { trace(2); }
syscall::getppid:entry /pid == $target/ { n++; }
syscall::getpgid:entry /pid == $target/ { }
syscall::getpgid:return /pid == $target/ { trace("r1"); }
syscall::getpgid:return /pid == $target/ { trace("r2"); }
syscall::getppid:return /pid == $target && n == 2/ { trace(3); }
syscall::getppid:return /pid == $target && n > 0/ { trace(4); }
syscall::getppid:return /pid == $target/ { trace(5); }
BEGIN { }
END { trace("end"); }
D
timeout 20 dtrace -x cpu=0 -F -s flow.d -c 'taskset -c 0 perl -e getppid();getpgrp(0);getppid()' 2>/dev/null
timeout 20 dtrace -x cpu=0 -Fq -s flow.d -c 'taskset -c 0 perl -e getppid()' 2>/dev/null
# Deeper and deeper, and never left of the margin.
timeout 20 dtrace -x cpu=0 -F -n 'syscall::getppid:entry, syscall::getpgid:return /pid == $target/ { }' \
	-c 'taskset -c 0 perl -e getpgrp(0);getppid();getppid();getppid();getpgrp(0);getpgrp(0);getpgrp(0);getpgrp(0);getppid()' 2>/dev/null
