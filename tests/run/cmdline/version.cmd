dtrace -V; dtrace -vV
