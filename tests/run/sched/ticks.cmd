# Clock ticks: of the thread that runs, some hundred for each second it does.
perl -e 'my $t = times + 30; 1 while times < $t' &
busy=$!
dtrace -q -n '
BEGIN { bad = 0; }
sched:::tick { bad += args[0]->pr_lwpid != tid || args[1]->pr_pid != pid; }
sched:::tick /pid == '$busy' && !from/ { from = curthread->se.sum_exec_runtime; }
sched:::tick /pid == '$busy'/ { n++; till = curthread->se.sum_exec_runtime; }
tick-100ms /n > 100/ { hz = 1000000000 * (n - 1) / (till - from);
    printf("%s, %d wrong\n", hz > 50 && hz <= 1010 ? "as often as a clock ticks" : "odd", bad); exit(0); }' | grep .
kill $busy
