# Arguments are the tracepoint's own: what they hold is compared with what a program does that knows its own mind.
cat >who.pl <<'P'
$| = 1;
my $pid = fork;
exit 0 if !$pid;
waitpid $pid, 0;
open my $f, ">", "who" or die;
print $f "fork $$ $pid\ntask $$ $pid\n";
$SIG{USR1} = sub { };
kill "USR1", $$;
print $f "signal 10 $$ 1 0\ninfo 10 $$\n";
syscall 3, 12345; # close, which fails
print $f "exit -9 -9\n";
P
# args[1] of signal_generate may be a pointer: newer kernels do not vouch for it.
# arg4 is its result; that of a failing system call is negative, whole and as a long.
dtrace -qn '
sdt:sched::sched_process_fork /pid == $target/ { printf("fork %d %d\n", args[0]->tgid, args[1]->pid); }
sdt:task::task_newtask /pid == $target/ { printf("task %d %d\n", pid, args[0]->pid); }
sdt:signal::signal_generate /pid == $target && args[0] == SIGUSR1/ {
	printf("signal %d %d %d %d\n", args[0], args[2]->tgid, arg3, arg4);
	printf("info %d %d\n", args[1]->si_signo, args[1]->_sifields._kill._pid);
}
sdt:raw_syscalls::sys_enter /pid == $target/ { self->close = args[1] == 3 && args[0]->di == 12345; }
sdt:raw_syscalls::sys_exit /pid == $target && self->close/ { printf("exit %d %d\n", args[1], arg1); self->close = 0; }
' -c 'perl who.pl' >got
diff <(sort who) <(grep . got | sort) && echo same
