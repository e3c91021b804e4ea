# One CPU tells another to look for somebody better: two processes that wake each other across CPUs.
[ "$(nproc)" -gt 1 ] || { echo "of another CPU"; exit; }
cat >surrender.pl <<'P'
pipe(my $r, my $w); pipe(my $r2, my $w2);
my $c = fork;
if (!$c) { close $w; while (sysread $r, my $b, 1) { syswrite $w2, "x" } exit }
for (1 .. 100000) { syswrite $w, "x"; sysread $r2, my $b, 1; }
P
perl surrender.pl &
dtrace -q -n 'sched:::surrender /args[0]->pr_onpro != cpu && args[0]->pr_onpro >= 0 && args[1]->pr_nlwp >= 0/ { n++; } sched:::surrender /args[0]->pr_onpro == cpu/ { bad = 1; }
tick-50ms /n >= 5 && !bad/ { printf("of another CPU\n"); exit(0); }' 2>&1 |
	sed 's/^dtrace: .*: this kernel has nothing .*: it takes .*resched_curr$/of another CPU/' | grep .
kill $!
