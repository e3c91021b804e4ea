# Threads: each begins and ends in its own context, and none is a process; the process ends once, with its last thread.
# One may be joined, and the next begin, before its end is told: each thread's events by themselves.
cat >threads.pl <<'P'
use threads;
$| = 1;
sub me { readlink('/proc/thread-self') =~ /(\d+)$/; print "T$_[0] $1\n"; }
threads->create(\&me, $_)->join() for 1 .. 3;
P
dtrace -q -o out.d -c "perl threads.pl" -n '
proc:::lwp-create /pid == $target/ { printf("lwp-create %d %d %s\n", args[0]->pr_lwpid, args[1]->pr_pid == $target, args[0]->pr_clname); }
proc:::lwp-start /pid == $target/ { printf("lwp-start %d\n", tid); }
proc:::start /pid == $target/ { printf("start %d\n", tid); }
proc:::create /pid == $target/ { printf("create %d\n", args[0]->pr_pid); }
proc:::lwp-exit /pid == $target && tid != pid/ { printf("lwp-exit %d\n", tid); }
proc:::exit /pid == $target/ { printf("exit %d %d\n", tid == pid, args[0]); }
' >known 2>err || cat err
sed "$(awk '{ printf "s/\\<%s\\>/%s/g;", $2, $1 }' known)" out.d | grep . | sort -s -k2,2
