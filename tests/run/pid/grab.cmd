# -p, and a process nobody grabbed: probes for that process alone, which end with it.
. "$here/pid/build.sh"
await() { until grep -q "$1" "$2" 2>/dev/null || ! kill -0 $3 2>/dev/null; do sleep 0.05; done; }
mkfifo in1 in2
exec 5<>in1 6<>in2
./victim x <in1 >ready1 &
one=$!
./victim x <in2 >ready2 &
two=$!
await ready ready1 $one
await ready ready2 $two
echo '== -p'
dtrace -x switchrate=20ms -qp $one -n '
BEGIN { printf("go\n"); }
pid$target:a.out:count_down:entry { @[pid == $target ? "traced" : "another"] = count(); }
END { printa("%s %@d\n", @); }' >text &
tracer=$!
await go text $tracer
echo >&5
wait $tracer
cat text
echo '== not grabbed'
dtrace -x switchrate=20ms -qn '
BEGIN { printf("go\n"); }
pid'$two':a.out:count_down:return { @ = count(); }
syscall::exit_group:entry /pid == '$two'/ { exit(0); }
END { printa("%@d\n", @); }' >text 2>&1 &
tracer=$!
await go text $tracer
echo >&6
wait $tracer
cat text
