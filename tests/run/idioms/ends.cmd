# Idioms: tools that end by tick, by -c, by ^C from timeout, read through a pipe: the last aggregations come whole, by
# default where the script has no printa, and not again where it has.
d='BEGIN { i = 0; } tick-1ms /i < 100/ { i++; @[i] = count(); }'
dtrace -qn "$d tick-1ms /i == 100/ { exit(0); }" | awk 'NF == 2 { n++; bad += $2 != 1 } END { print n, bad + 0 }'
dtrace -qn "$d tick-1ms /i == 100/ { printa(\"k %d %@d\\n\", @); exit(0); }" | awk '/^k/ { n++ } !/^k/ && NF { bad++ } END { print n, bad + 0 }'
dtrace -qc 'perl -e getppid()for(1..77)' -n 'syscall::getppid:entry /pid == $target/ { @[probefunc] = count(); }' | grep .
timeout -s INT 3 dtrace -qn "$d" | awk 'NF == 2 { n++ } END { print n }'
dtrace -x bufpolicy=ring -x bufsize=16k -x cpu=0 -qn 'tick-1ms { trace(++n); printf("\n"); } tick-1ms /n == 2000/ { exit(0); }' |
	awk 'NF == 1 { if (last && $1 != last + 1) bad++; last = $1; n++ } END { print last, bad + 0, (n < 2000 && 10 < n ? "the last ones" : n) }'
