# Where tracefs is not mounted it is mounted for the while, in one's own name space here: system calls are traced all the same.
unshare -m bash -c 'umount /sys/kernel/tracing /sys/kernel/debug 2>/dev/null
timeout 20 dtrace -qn "syscall::getppid:entry /pid == \$target/ { n++; } END { printf(\"%d\n\", n); }" -c "perl -e getppid()"
timeout 20 dtrace -l | awk "/syscall/ { n++ } END { print (n > 500) }"'
