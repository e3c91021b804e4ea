dtrace -b lots -n BEGIN
