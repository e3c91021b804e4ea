dtrace -Zn 'syscall::nosuch:entry' -n 'BEGIN { exit(0); }'
