# Scripts that say where in the Solaris kernel a probe lies mean the probe; other places have none of that name.
dtrace -l -n io:genunix::start -n io::biodone:done -n sched:unix:resume:on-cpu -n sysinfo:unix:idle_enter:idlethread -n proc::proc_exit:exit |
	awk 'NR > 1 { print $2, $NF }'
dtrace -ln io:nfs::start 2>&1 | grep -c nfs
dtrace -ln sched::swtch:on-cpu 2>&1 | grep -c swtch
dtrace -qn 'proc:genunix:proc_exit:exit /pid == $target/ { printf("%s\n", probefunc == "" ? "exit" : probefunc); }' -c true
