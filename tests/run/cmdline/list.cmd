dtrace -l -n BEGIN -n 'syscall::read:*' | sed 's/  */ /g'
