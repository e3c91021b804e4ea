dtrace -lvn BEGIN
