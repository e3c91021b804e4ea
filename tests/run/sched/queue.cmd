# Being woken, waiting in a queue, running: in this order, again and again, with the CPU the queue is of; the waker is the
# one who woke.  Threads that may not be traced (a container's init) take part in none of it: the thread that comes after
# one leaves its CPU without having come, and one that such a thread moved, unseen by sdt
# too, is not where it was.
cat >queue.pl <<'P'
pipe(my $r, my $w);
my $c = fork;
if (!$c) { sysread $r, my $b, 1 for 1 .. 200; exit }
sub asleep { open my $f, '<', "/proc/$c/stat"; (split ' ', <$f>)[2] eq 'S' }
for (1 .. 200) { 1 until asleep(); syswrite $w, "x"; }
waitpid $c, 0;
P
dtrace -q -c "perl queue.pl" -n '
int moves;
BEGIN { woken = wrong = twice = elsewhere = early = front = queued = dequeued = in = where = 0; }
proc:::create /pid == $target/ { child = args[0]->pr_pid; }
sched:::wakeup /child && args[1]->pr_pid == child && pid == $target/ { woken += ((struct task_struct *)arg0)->on_cpu == 0; wrong += args[0]->pr_lwpid != child; up = 1; }
sched:::enqueue /up && args[1]->pr_pid == child/ { twice += in; in = 1; where = args[2]->cpu_id; moves = ((struct task_struct *)arg0)->se.nr_migrations + (where != ((struct task_struct *)arg0)->thread_info.cpu); front += args[3]; queued++; }
sched:::dequeue /in && args[1]->pr_pid == child/ { in = 0; elsewhere += args[2]->cpu_id != where && ((struct task_struct *)arg0)->se.nr_migrations == moves; dequeued++; }
sdt:sched::sched_migrate_task /in && args[0]->tgid == child/ { moves = args[0]->se.nr_migrations + 1; }
sched:::preempt, sched:::sleep /in && pid == child && next[cpu] != tid/ { in = 0; dequeued++; }
sched:::off-cpu { next[cpu] = args[0]->pr_lwpid; }
sched:::on-cpu /up && pid == child && next[cpu] == tid/ { early += in; }
END { printf("woken %s, twice in a queue %d, taken from another %d, run while queued %d, at the head %d, wrong %d\n",
    woken >= 100 ? "often enough" : "too seldom", twice, elsewhere, early, front, wrong);
    printf("%s\n", queued - dequeued <= 1 && queued >= woken ? "as often out as in" : "lost"); }' | grep .
