# Probes of one tracepoint share a program, and nothing of it shows: off-cpu of the old thread before on-cpu of the new, this->
# is each one's own, exit() in the first ends all of it, a fault in one is not the other's, and a thread that sleeps spends
# no time on a CPU.
dtrace -S -e -n 'sched:::on-cpu, sched:::off-cpu { @ = count(); } sched:::sleep { @b = count(); }' 2>&1 | grep '^Program'
dtrace -q -n '
BEGIN { wrong = dirty = n = 0; }
sched:::off-cpu { this->x = 1; at[cpu] = timestamp; next[cpu] = args[0]->pr_lwpid; }
sched:::on-cpu { dirty += this->x; }
sched:::on-cpu /at[cpu]/ { n++; wrong += timestamp < at[cpu] || next[cpu] != tid; at[cpu] = 0; }
sched:::off-cpu /n >= 200/ { ended = cpu + 1; exit(0); }
sched:::on-cpu /ended == cpu + 1/ { late = 1; }
END { printf("%d out of order, %d found a value, %s\n", wrong, dirty, late ? "went on" : "ended"); }' \
	-c 'perl -e select(undef,undef,undef,.001)for(1..9999)' | grep .
dtrace -q -n '
sched:::off-cpu /pid == $target/ { trace(*(int *)8); }
sched:::on-cpu /pid == $target/ { on++; }
ERROR /arg4 == 1/ { bad++; }
END { printf("%s\n", on >= 30 && bad >= 30 ? "both" : "not both"); }' -c 'perl -e select(undef,undef,undef,.001)for(1..40)' 2>errors | grep .
sed 's/^dtrace: error on enabled probe ID .* (ID .*: sched:vmlinux::off-cpu): invalid address (0x8) in action #1$/off-cpu/' errors | sort -u
dtrace -q -n '
BEGIN { slept = ran = 0; }
sched:::off-cpu /pid == $target && curlwpsinfo->pr_state == SSLEEP/ { self->v = vtimestamp; self->t = timestamp; }
sched:::on-cpu /self->v/ { slept += timestamp - self->t; ran += vtimestamp - self->v; self->v = 0; }
END { printf("%s\n", slept > 100000000 && ran < slept / 20 ? "asleep" : "awake"); }' \
	-c 'perl -e select(undef,undef,undef,.02)for(1..10)' | grep .
