# Who off-cpu says comes next is who on-cpu finds on that CPU; nobody else runs between.  Of all threads
# of the machine that are seen to leave: some may not be traced (those of a container's init).
dtrace -q -n '
int traced[int];
BEGIN { bad = 0; }
sched:::off-cpu { next[cpu] = args[0]->pr_lwpid; process[cpu] = args[1]->pr_pid; known[cpu] = traced[args[0]->pr_lwpid]; traced[tid] = 1; }
sched:::on-cpu /known[cpu]/ { seen++; bad += tid != next[cpu] || pid != process[cpu] || curlwpsinfo->pr_lwpid != tid || curpsinfo->pr_pid != pid; known[cpu] = 0; }
tick-100ms /seen >= 500/ { printf("%d wrong\n", bad); exit(0); }' -c 'perl -e select(undef,undef,undef,.001)for(1..9999)' | grep .
