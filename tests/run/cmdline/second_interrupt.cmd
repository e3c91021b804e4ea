# rows: F62
# covers: output 4.6
# A second interrupt while the rest is printed: nothing more but the last newline, no aggregations; the status stays.
set -m
dtrace -wq -x switchrate=10ms -n 'BEGIN { printf("ready\n"); @["never"] = count(); } END { printf("end\n"); }
	END { system("sleep 0.5; kill -TERM %d", $pid); } END { printf("never\n"); }' >out.txt &
pid=$!
for i in $(seq 200); do grep -qs ready out.txt && break; sleep 0.1; done
kill -INT $pid
wait $pid
echo "status $?"
cat -A out.txt
