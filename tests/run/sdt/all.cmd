# All tracepoints at once, with few file descriptors to begin with: it comes up, goes away, and what is counted is
# exact.  What fires inside the tracing itself (locks, maps, the buffer) is a drop, told on stderr.
ulimit -Sn 256
dtrace -qn '
sdt::: { @[probename] = count(); @all[cpu] = count(); trace(timestamp); }
sdt:raw_syscalls::sys_enter /pid == $target && args[1] == 110/ { @mine["calls of getppid"] = count(); }
' -x switchrate=100ms -x aggsize=8m -c 'perl -e getppid()for(1..5000)' 2>/dev/null | grep -ao 'calls of getppid.*' | tr -s ' '
