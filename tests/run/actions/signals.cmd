# rows: A40 A41.  raise() and stop() reach the process that fired.
dtrace -wqn 'syscall::getppid:entry /pid == $target/ { raise(10); }' -c 'perl -e $SIG{USR1}=sub{print("usr1\n")};getppid();'
# It goes on once it has been seen to stand still: until then only "t", of dtrace's own doing, is possible.
{
	until [ -s pid ] && grep -qs '^State:.T' "/proc/$(cat pid)/status"; do sleep 0.1; done
	kill -CONT "$(cat pid)"
} &
dtrace -wqn 'BEGIN { system("echo %d >pid", $target); }
syscall::getppid:entry /pid == $target/ { stop(); raise(0); }
syscall::exit_group:entry /pid == $target/ { printf("went on\n"); }' -c 'perl -e getppid();'
wait
dtrace -wqn 'BEGIN { raise(65); } BEGIN { raise(-1); } BEGIN { exit(0); }' 2>&1 | sed 's/.*BEGIN): //'
