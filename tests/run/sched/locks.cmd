# On what a thread sleeps when it is a lock of the kernel: two processes make and remove files in one directory.
mkdir d
cat >locks.pl <<'P'
my $n = 0; my $end = time + 30;
while (time < $end) { for (1 .. 100) { mkdir "d/$$.$n"; rmdir "d/$$.$n"; $n++ } }
P
perl locks.pl & a=$!
perl locks.pl & b=$!
perl locks.pl & c=$!
dtrace -q -n '
BEGIN { bad = 0; }
sdt:lock::contention_begin /pid == '$a' || pid == '$b' || pid == '$c'/ { self->lock = (uintptr_t)args[0]; self->flags = args[1]; }
sched:::off-cpu /self->lock && curlwpsinfo->pr_state == SSLEEP/ {
	n++; bad += curlwpsinfo->pr_wchan != self->lock || curlwpsinfo->pr_stype != (self->flags & 0x20 ? SOBJ_MUTEX : self->flags & 6 ? SOBJ_RWLOCK : SOBJ_SEMA); }
sdt:lock::contention_end { self->lock = 0; }
tick-50ms /n >= 3/ { printf("%d wrong\n", bad); exit(0); }' | grep .
kill $a $b $c
wait
rm -rf d
