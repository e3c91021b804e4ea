# rows: L50 L51 L52 L53 L54 L55 L56 L60 L61 L62 L63 L64 L65 L66 L67 L68
run() { dtrace -q "$@" 2>&1; echo "= $?"; }
run -n 'BEGIN { printf("%d %d %s %s [%s] [%s] %d %s\n", $1, $2, $$1, $$2, $3, $$4, $5, "$1"); exit(0); }' 0x10 5 'a b' '"q\tz"' 017
run -n 'BEGIN { abc = 4; printf("%d\n", $1); exit(0); }' abc
run -n 'BEGIN { printf("%d %d %d %s %d %d\n", $pid == pid, $ppid == ppid, $uid, $$euid, $target, $projid + $taskid); exit(0); }'
run -x defaultargs -n 'BEGIN { printf("%d [%s]\n", $1, $$2); exit(0); }'
run -n 'BEGIN { trace($1); }'
run -n 'BEGIN { trace($zoneid); }'
run -n 'BEGIN { trace($1); }' 99999999999999999999999
run -n 'BEGIN { exit(0); }' foo
run -x argref -n 'BEGIN { exit(0); }' foo
run -n 'tick-$1ms { trace(probename); exit(0); }' 10
run -n 'syscall::$1:entry { }' a:b
run -x defaultargs -n 'tick-$1 { }'
