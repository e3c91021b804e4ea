# A thread that sleeps waits in no queue, even if the kernel has it in one until it would have been its turn (since 6.12) and
# moves it to another CPU meanwhile.  Seen moved once, or in 10 s.
for i in 1 2 3 4 5 6; do
	perl -MTime::HiRes=ualarm -e 'for (;;) { if (!($c = fork)) { ualarm 10000 + rand 80000; 1 while 1 } waitpid $c, 0 }' &
done
dtrace -q -n '
BEGIN { end = timestamp + 10000000000; asleep = moved = queued = 0; }
sdt:sched::sched_migrate_task /args[0]->on_rq && args[0]->__state/ { moved++; }
sched:::enqueue /args[0]->pr_lwpid != tid/ { queued++; asleep += ((struct task_struct *)arg0)->__state != 0; }
tick-10hz /queued >= 1000 && (moved || timestamp > end)/ { printf("%d asleep\n", asleep); exit(0); }' | grep .
kill $(jobs -p)
