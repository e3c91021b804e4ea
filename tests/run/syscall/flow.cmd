# -F indents from entry to return.
dtrace -F -n 'syscall::getppid:entry, syscall::getppid:return /pid == $target/ { } syscall::getppid:return /pid == $target/ { exit(0); }' \
    -c "perl -e getppid()for(1..3)" 2>/dev/null
