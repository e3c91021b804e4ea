# rows: A28
# exit() ends tracing on time though its CPU's buffer is full: it has room of its own.  Late would be after an hour.
dd if=/dev/zero of=/dev/null bs=1 count=100000000 2>/dev/null &
load=$!
dd if=/dev/zero of=/dev/null bs=1 count=100000000 2>/dev/null &
load2=$!
dtrace -q -x bufsize=4k -x switchrate=1h -n 'syscall::read: { trace(timestamp); } tick-1s { exit(7); }' >/dev/null 2>drops
status=$?
kill $load $load2
grep -q ' drops on CPU ' drops && echo dropped
echo "status $status"
