# ^C comes while output waits for a reader that is slow: nothing is lost, END's output comes last, status 0.
mkfifo fifo go
{ cat go; cat >data; } <fifo &
reader=$!
env --default-signal=INT dtrace -qb 1m -n 'BEGIN { printf("begin\n"); } tick-1ms { printf("%s\n", "'"$(printf 'line %.0s' $(seq 100))"'"); }
	END { printf("end\n"); }' >fifo 2>notes &
tracer=$!
# In the system call write, of the fifo, for two looks in a row.
blocked=0
while kill -0 $tracer && [ $blocked -lt 2 ]; do
	case $(cat /proc/$tracer/syscall) in
	'1 0x1 '* | '64 0x1 '*) blocked=$((blocked + 1)) ;;
	*) blocked=0 ;;
	esac
	sleep 0.1
done
kill -INT $tracer
# The signal has been taken when it is pending no more.
while grep -q '^ShdPnd:.*[1-9a-f]' /proc/$tracer/status; do sleep 0.1; done
: >go
wait $tracer
echo "status $?"
wait $reader
head -n 1 data
grep -c -v '^\(begin\|end\|line .*\|\)$' data
grep . data | tail -n 1
cat notes
