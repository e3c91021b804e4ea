dtrace -P 'syscall:::entry'
