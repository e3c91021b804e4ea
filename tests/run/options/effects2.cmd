# rows: X14 X35 X57 X74 X84 A14
# Options that some implementation gave an effect, which they have here too.
run() { timeout 20 dtrace "$@" 2>&1; s=$?; [ $s = 0 ] || echo "status $s"; }
echo == core
ulimit -c 0
bash -c 'dtrace -x core -qn "BEGIN { exit(0); }"; echo $?' 2>/dev/null
echo == knodefs, unodefs: left for run time
d='BEGIN { trace(`no_such_symbol); } BEGIN { printf("%d %d\n", (int)&`no_such_symbol, sizeof (`no_such_symbol)); exit(0); } ERROR { printf("%d %x\n", arg4, arg5); }'
run -x errtags -en "$d" | grep -o D_IDENT_UNDEF
run -x knodefs -qn "$d"
run -x knodefs -x kdefs -x errtags -en "$d" | grep -o D_IDENT_UNDEF
d='BEGIN { trace(a.out``no_such_symbol); } BEGIN { exit(0); } ERROR { printf("%d %x\n", arg4, arg5); }'
run -en "$d" | tail -n 1
run -x unodefs -qn "$d"
run -x unodefs -x udefs -en "$d" | tail -n 1
echo == buflimit: a buffer that full is read at once
cat >early.pl <<'E'
getppid() for 1..9;
for (1..30) { if (-s "o.txt") { print STDERR "early\n"; exit } select undef, undef, undef, 0.05 }
print STDERR "late\n";
E
for limit in 1 100; do
	rm -f o.txt
	run -b 4k -x switchrate=10s -x buflimit=$limit -c 'perl early.pl' -qn 'syscall::getppid:entry /pid == $target/ { trace("here"); }' -o o.txt
done
echo == maxframes
run -x maxframes=2 -qn 'BEGIN { stack(); stack(5); stack(1); @[stack(9)] = count(); exit(0); }' | grep -c '`'
run -x maxframes=1 -qn 'BEGIN { ustack(); @[ustack(9)] = count(); exit(0); }' | grep -c '`'
echo == pcap
run -en 'BEGIN { pcap(curthread, 1); }'
