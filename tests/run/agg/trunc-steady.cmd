# rows: G90
# Rows counted between trunc() and the printa() behind it do not join the three that stay, however busy the system.
(while :; do cat /etc/passwd; date; ls /; done) >/dev/null 2>&1 &
load=$!
dtrace -x switchrate=100hz -qs /dev/stdin <<'D' | awk '/^round/ { n = 0 } /^row/ && ++n > 3 { print "a row too many: " $0 } END { print "done" }'
syscall:::entry, syscall:::return
{
	@calls[probefunc, probename, cpu] = count();
}

tick-40ms
/n < 30/
{
	n++;
	trunc(@calls, 3);
	printf("round\n");
	printa("row %s %s %d %@d\n", @calls);
}

tick-40ms
/n == 30/
{
	trunc(@calls);
	exit(0);
}
D
kill $load
