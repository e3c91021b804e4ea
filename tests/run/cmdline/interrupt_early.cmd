# rows: F62
# covers: output 4.6
# An interrupt while thousands of clauses are compiled and loaded ends dtrace at once: nothing has been traced yet.
for i in $(seq 3000); do echo "syscall::read:entry /pid == $i/ { trace(1); }"; done >big.d
echo 'BEGIN { trace("never"); } END { trace("never"); }' >>big.d
set -m
dtrace -s big.d >out.txt 2>err.txt &
pid=$!
for i in $(seq 200); do grep -qs matched err.txt && break; sleep 0.05; done
kill -INT -- -$pid
{ wait $pid; } 2>/dev/null # of which the shell would tell
echo "status $?"
cat out.txt
