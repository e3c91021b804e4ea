# rows: X106
# What BEGIN says is there as soon as tracing is on, however rarely buffers are read.
set -m
dtrace -q -x switchrate=1h -n 'BEGIN { printf("at once\n"); }' >out.txt &
pid=$!
for i in $(seq 100); do grep -qs at out.txt && break; sleep 0.1; done
cat out.txt
kill -INT $pid
wait $pid
