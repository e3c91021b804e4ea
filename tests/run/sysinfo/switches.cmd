# rows: sysinfo
# A thread's switches as the kernel itself counts them for it; system calls, interrupts and switches to the idle thread as other
# probes see them; traps happen.
cat >sleeps.pl <<'P'
sub switches { open F, "/proc/$$/status" or die; local $/; my $s = <F>; $s =~ /^voluntary_ctxt_switches:\s*(\d+).*^nonvoluntary_ctxt_switches:\s*(\d+)/ms; ($1, $2) }
getppid;
my ($v, $n) = switches;
syscall 186;
select undef, undef, undef, 0.002 for 1 .. 50;
for (my $x = 0; $x < 3e5; $x++) {}
syscall 186;
my ($w, $m) = switches;
print $w - $v, " ", $m - $n, "\n";
P
dtrace -q -o out.d -c "perl sleeps.pl" -n '
syscall::gettid:entry /pid == $target/ { on++; }
sysinfo:::pswitch /on == 1 && pid == $target/ { all++; }
sysinfo:::inv_swtch /on == 1 && pid == $target/ { inv++; }
sysinfo:::intr { intr++; }
sdt:irq::irq_handler_entry { intr--; }
sysinfo:::trap { trap = 1; }
sysinfo:::syscall /pid == $target/ { calls++; }
syscall:::entry /pid == $target/ { entries++; }
sysinfo:::idlethread { idle++; }
sdt:sched::sched_switch /args[2]->pid == 0/ { idle--; }
END { printf("%d %d\n", all - inv, inv); printf("interrupts %d, traps %d, calls %d, idle %d\n", intr >= -1 && intr <= 1, trap, calls > 50 && calls == entries, idle >= -1 && idle <= 1); }' >known || exit 1
# The program reads its counts before and after the calls that mark the time: some switches may fall between.
awk 'NR == FNR { v = $1; n = $2; next } /^[0-9]/ { dv = v - $1; dn = n - $2; print (dv >= 0 && dv <= 4 && dn >= 0 && dn <= 4 && $1 >= 40) ? "as counted" : $0 " of " v " " n }' known out.d
grep interrupts out.d
