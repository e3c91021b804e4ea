# Every call of a command is counted, neither more nor less.
dtrace -q -n 'syscall::getppid:entry /pid == $target/ { @e = count(); } syscall::getppid:return /pid == $target/ { @r = sum(arg0 == ppid); }' \
    -c "perl -e getppid()for(1..1000)"
