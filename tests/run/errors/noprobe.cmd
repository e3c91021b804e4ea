dtrace -n 'syscall::nosuch:entry'
