dtrace -q
