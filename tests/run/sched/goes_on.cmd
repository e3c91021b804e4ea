# A thread that yields its CPU to nobody goes on; where the kernel does not tell so, dtrace does.
perl -e 'my $t = times + 30; require "syscall.ph" if 0; syscall(24) while times < $t' &
yields=$!
dtrace -q -n 'sched:::remain-cpu /pid == '$yields'/ { n++; } tick-100ms /n/ { printf("goes on\n"); exit(0); }' 2>&1 |
	sed 's/^dtrace: .*: this kernel has nothing .*: it takes the tracepoint sched_exit_tp (Linux 6.18)$/goes on/' | grep .
kill $yields
