# rows: A40 A41.  raise() and stop() reach the process that fired.
dtrace -wqn 'syscall::getppid:entry /pid == $target/ { raise(10); }' -c 'perl -e $SIG{USR1}=sub{print("usr1\n")};getppid();'
dtrace -wqn 'syscall::getppid:entry /pid == $target/ { stop(); raise(0); }
tick-20ms { system("kill -CONT %d 2>/dev/null", $target); }
syscall::exit_group:entry /pid == $target/ { printf("went on\n"); }' -c 'perl -e getppid();'
dtrace -wqn 'BEGIN { raise(65); } BEGIN { raise(-1); } BEGIN { exit(0); }' 2>&1 | sed 's/.*BEGIN): //'
