# rows: A25 F62
# covers: output 4.6
# ^C while a command of system() runs ends the command and tracing: the terminal sends it to both.
set -m
dtrace -wq -n 'BEGIN { system("echo ready; exec sleep 1000"); } END { printf("end\n"); }' >out.txt &
pid=$!
for i in $(seq 200); do grep -qs ready out.txt && break; sleep 0.1; done
kill -INT -- -$pid
wait $pid
echo "status $?"
cat out.txt
