# Every event of tracefs that is a tracepoint is there, under its folder's name: all but the system calls' (they have
# their provider) and those that ftrace writes itself.  What stands beside them has no event file.
root=/sys/kernel/tracing
[ -r $root/available_events ] || root=/sys/kernel/debug/tracing
dtrace -lP sdt | awk 'NR > 1 && $4 !~ /-/ { print $3 ":" $4 }' | sort >have
grep -v '^ftrace:\|^syscalls:' $root/available_events | sort >want
echo "missing:" $(comm -13 have want)
echo "more than events:" $(comm -23 have want | grep -v '^vmlinux:.*_tp$\|^[a-z0-9_]*:[a-z0-9_]*_tp$')
# Each is listed once, and rawtp, another name, only to who asks for it.
dtrace -lP sdt | awk 'NR > 1 { print $3, $4 }' | sort | uniq -d
dtrace -ln '*:sched::sched_switch' | awk 'NR > 1 { print $2, $3, $4 }'
dtrace -ln 'rawtp:sched::sched_switch' | awk 'NR > 1 { print $2, $3, $4 }'
dtrace -ln '::sched_switch:' 2>&1 >none
