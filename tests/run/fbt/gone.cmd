# Whatever carries the probes: after ^C, and after kill -9, the kernel's functions are what they were.
exec 9>"$work/functions" && flock 9 # one at a time: some count what the kernel has enabled
probe_count() { wc -l </sys/kernel/tracing/enabled_functions; }
set -m # with job control, or background jobs ignore SIGINT
before=$(probe_count)
for probes in fbt::vfs_read: fbt:vmlinux:vfs_*: ; do
	for signal in INT KILL; do
		dtrace -qn "BEGIN { printf(\"ready\n\"); } $probes { @[probefunc, probename] = count(); }" >data 2>notes &
		while ! grep -qs ready data && kill -0 $! 2>/dev/null; do sleep 0.2; done
		during=$(probe_count)
		kill -s $signal $!
		wait $! 2>/dev/null
		status=$?
		for i in $(seq 600); do
			[ "$(probe_count)" = "$before" ] && break
			sleep 0.1
		done
		echo "$probes $signal: status $status, $((during > before)) $(($(probe_count) - before))"
		cat notes
	done
done >result 2>&1 # a pipe would make it a job without control
grep -v ' drops\{0,1\} of probes' result
