# off-cpu, sleep and preempt against what the kernel itself counts for the thread: every switch, the voluntary and
# the involuntary ones; and on-cpu comes as often as off-cpu.  Threads that may not be traced (those of a container's init)
# fire nothing when they leave, so who comes after one shows only when it leaves again: off-cpu last named another as the
# next of that CPU.
cat >switches.pl <<'P'
pipe(my $r, my $w); pipe(my $r2, my $w2);
my $c = fork;
if (!$c) { close $w; while (sysread $r, my $b, 1) { syswrite $w2, "x" } exit }
getppid();
for (1 .. 300) { syswrite $w, "x"; sysread $r2, my $b, 1; }
my $t = times + 0.2; 1 while times < $t;
getppid();
P
dtrace -q -c "perl switches.pl" -n '
syscall::getppid:entry /pid == $target && !going/ { going = 1; came[cpu] = tid; v = curthread->nvcsw; n = curthread->nivcsw; }
sched:::sleep /going && pid == $target/ { slept++; this->x = 1; }
sched:::preempt /going && pid == $target/ { preempted++; }
sched:::off-cpu /going && pid == $target && came[cpu] != tid/ { on++; }
sched:::off-cpu /going && pid == $target/ { off++; }
sched:::off-cpu { came[cpu] = args[0]->pr_lwpid; }
sched:::on-cpu /going && pid == $target/ { on++; }
syscall::getppid:return /pid == $target && going && off/ {
	printf("sleep %s preempt %s off-cpu %s on-cpu %s\n", slept == curthread->nvcsw - v ? "ok" : "wrong",
	    preempted == curthread->nivcsw - n ? "ok" : "wrong", off == slept + preempted ? "ok" : "wrong",
	    on == off ? "ok" : "wrong");
	printf("%d %d, %d %d, %d, %d\n", slept, curthread->nvcsw - v, preempted, curthread->nivcsw - n, off, on);
	exit(slept >= 100 ? 0 : 1);
}' >got
grep ok got
! grep wrong -A 1 got >&2
