# rows: A28
# The buffer is full when tracing ends, and nobody reads it before END has run: END's records have room of their own, those
# of its faults and of the speculation it commits too.
dd if=/dev/zero of=/dev/null bs=1 count=100000000 2>/dev/null &
load=$!
dd if=/dev/zero of=/dev/null bs=1 count=100000000 2>/dev/null &
load2=$!
dtrace -q -x bufsize=4k -x switchrate=10s -n 'BEGIN { s = speculation(); } BEGIN { speculate(s); printf("kept\n"); }
	syscall::read: { printf("%d\n", timestamp); } tick-1s { exit(3); }
	END { printf("end %s\n", "one"); } END { trace(*(int *)4); } ERROR { printf("error %x\n", arg5); }
	END { commit(s); } END { printf("end %600s\n", "two"); } END { printf("end %d\n", 3); }' >o.txt 2>e.txt
status=$?
kill $load $load2
grep -q ' drops* on CPU ' e.txt && echo dropped
echo "status $status"
grep -v '^[0-9]*$' o.txt | tr -s ' '
sed '/ drops* on CPU /d; s/ID [0-9]* (ID/ID N (ID/' e.txt
