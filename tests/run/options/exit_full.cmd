# rows: A28
# exit() ends tracing on time though its CPU's buffer is full: it has room of its own.
dd if=/dev/zero of=/dev/null bs=1 count=100000000 2>/dev/null &
load=$!
dd if=/dev/zero of=/dev/null bs=1 count=100000000 2>/dev/null &
load2=$!
start=$(date +%s%N)
dtrace -q -x bufsize=4k -x switchrate=10s -n 'syscall::read: { trace(timestamp); } tick-1s { exit(7); }' >/dev/null 2>drops
status=$?
ms=$((($(date +%s%N) - start) / 1000000))
kill $load $load2
grep -q ' drops on CPU ' drops && echo dropped
echo "status $status"
[ $ms -lt 8000 ] && echo "in time"
