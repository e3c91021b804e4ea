dtrace -ln 'syscall::nosuch:entry' -n BEGIN | wc -l
