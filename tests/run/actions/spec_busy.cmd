# rows: A33 SPECBUSY.  No room to tell of the discard: the id is busy until the consumer has come by.
dtrace -x droptags -q -b 4k -n '
BEGIN { s = speculation(); }
BEGIN { tracemem(curthread, 4000); }
BEGIN { tracemem(curthread, 8); }
BEGIN { tracemem(curthread, 8); }
BEGIN { trace(1); }
BEGIN { discard(s); t = speculation(); }
tick-10ms /!t/ { t = speculation(); n++; }
tick-10ms /t/ { printf("id %d\n", t); exit(0); }' 2>&1 >ids | grep -v 'drops\? on CPU' |
	sed 's/[0-9]* failed speculations\?/N failed/; s/buffers\?/buffer/' | sort -u
grep '^id' ids
