# A stack as a key: its lines, then the value.
dtrace -q -n 'syscall::getppid:entry /pid == $target/ { @[stack(2)] = count(); }' -c "perl -e getppid()for(1..50)"
