# The first SIGINT ends tracing in order: a newline, END, a newline, the aggregations.
# A shell without job control starts background jobs with SIGINT ignored; with it, wait ends when a job is stopped.
dtrace="env --default-signal=INT dtrace"
$dtrace -q -n 'BEGIN { @a["k"] = count(); printf("ready\n"); } END { printf("end\n"); }' >out.txt &
pid=$!
for i in $(seq 100); do grep -qs ready out.txt && break; sleep 0.1; done
kill -INT $pid
wait $pid
status=$?
cat out.txt
# Sent to the process and to its group, as timeout(1) does, it is one.
$dtrace -q -n 'BEGIN { @a["k"] = count(); printf("ready\n"); } END { printf("end\n"); }' >out.txt &
pid=$!
for i in $(seq 100); do grep -qs ready out.txt && break; sleep 0.1; done
kill -STOP $pid
kill -TERM $pid
kill -INT $pid
kill -CONT $pid
wait $pid
echo "status $?"
cat out.txt
exit $status
