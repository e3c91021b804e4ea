# -c: split at blanks, $target, and tracing ends with it.
dtrace -q -c 'sh -c exit' -n 'syscall::execve:entry, syscall::exit_group:entry /pid == $target/ { @[probefunc] = count(); }' 2>&1
