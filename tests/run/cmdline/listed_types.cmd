# covers: output 6.1
# rows: F17
# -lv to the byte: attributes and argument types of system calls and of timers.  Long names push their columns.
timeout 20 dtrace -lvn syscall::read:entry -n syscall::getppid:return -n tick-1s | sed 's/^ *[0-9][0-9]* /   ID /' | cat -A
timeout 20 dtrace -ln 'tick-00000000000000000000000000000000000000000000000001s' | sed 's/^ *[0-9][0-9]* /   ID /'
