# rows: F62
# SIGTERM, and SIGHUP of a lost terminal, end as ^C does: a newline, END, a newline, the aggregations; nohup keeps tracing on.
t() {
	rm -f out.txt
	dtrace -q -x switchrate=10ms -n 'BEGIN { printf("ready\n"); @["k"] = count(); } tick-10ms /$1 && n++ == 30/ { printf("still\n"); } END { printf("end\n"); }' $(($# - 2)) >out.txt &
	pid=$!
	for i in $(seq 200); do grep -qs "$2" out.txt && break; sleep 0.1; done
	kill -"$1" $pid
	[ $# = 2 ] || { for i in $(seq 200); do grep -qs "$3" out.txt && break; sleep 0.1; done; kill -TERM $pid; }
	wait $pid
	echo "$1: $?"
	cat out.txt
}
t TERM ready
t HUP ready
trap '' HUP
t HUP ready still
