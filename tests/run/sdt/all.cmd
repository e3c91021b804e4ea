# All tracepoints at once, with few file descriptors to begin with: it comes up, what is counted is exact, and nothing
# stays behind.  What fires inside the tracing itself (locks, maps, the buffer) is a drop, told on stderr.
ulimit -Sn 256
dtrace -qn '
sdt::: { @[probename] = count(); @all = count(); trace(timestamp); }
sdt:raw_syscalls::sys_enter /pid == $target && args[1] == 110/ { n++; }
END { trunc(@all); trunc(@); printf("getppid %d\n", n); }' \
	-x switchrate=100ms -c 'perl -e getppid()for(1..5000)' 2>/dev/null | tail -n 1000 | grep -ao 'getppid [0-9]*$'
bpf=$(ls -l /proc/*/fd 2>/dev/null | grep -c "bpf-prog.*dtrace")
echo "left $bpf"
