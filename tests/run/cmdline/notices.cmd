# covers: output 6.3 6.3.1-6.3.3
# rows: F6 F23 F30 F40 F43 F50 F51 F52 F53
# diagnostics.md 1.3, output.md 6.3: what is said on stderr, and not with -q.
n() { timeout 20 dtrace "$@" 2>&1 >/dev/null | sed -u 's/pid [0-9][0-9]*/pid N/'; }
printf 'BEGIN { exit(0); }' >a.d
printf 'BEGIN { }\nEND { }\n' >b.d
n -s a.d
n -s b.d -n BEGIN -n '  dtrace:::END  /1/ { x = 1; }' -n 'END,BEGIN{ trace("}"); }' -n 'BEGIN; END { }' -P 'dtrace { }' -i '1{ exit(0); }'
n -Zn 'nosuch::: { }' -s a.d
n -w -s a.d
n -qw -s a.d -s b.d
n -n '#pragma D option destructive
BEGIN { exit(0); }' | tail -n 1
n -q -n '#pragma D option destructive
BEGIN { exit(0); }'
printf '#include <signal.h>\nint main(int c, char **v) { return c == 1 ? raise(SIGKILL) : v[1][0] - 48; }' >k.c
cc -o k k.c
for c in './k' './k 0' './k 3' "	./k   '7"; do n -c "$c" -n BEGIN; n -q -c "$c" -n BEGIN; done
# It ends when it has been grabbed: the notice says so.
mkfifo hold
cat hold >/dev/null &
n -p $! -n BEGIN | while read -r line; do
	echo "$line"
	case $line in *matched*) : >hold ;; esac
done
# Several clauses may follow in the text of an option; $target is the first process; programs are compiled in order, whatever stands between.
timeout 20 dtrace -qf 'vmlinux:getppid /pid == $target/ { n++; } getpgid /pid == $target/ { m++; }' -n 'END { printf("%d %d\n", n, m); }' -c 'perl -e getppid();getpgrp(0)' -c true
timeout 20 dtrace -n 'BEGIN { x = 1; }' -q -n 'BEGIN { printf("%d\n", x); }' -i '1 { exit(x + 1); }' -x quiet
echo "status $?"
