# -p: tracing ends when the process does.
sleep 1 &
dtrace -q -p $! -n 'BEGIN { printf("%d\n", $target == '$!'); }'
