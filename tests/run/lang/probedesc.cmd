# rows: L2 L20 L90 L94 L97 L99
# Probe descriptions: globs in any field, escapes, lengths, and what looks like a type.
n() { dtrace -x errtags -ln "$1" 2>&1 | awk 'NR > 1 || !/PROVIDER/ { print $2, $NF; }' | sort | uniq -c | sed 's/^ *//' | head -4; }
m() { dtrace -ln "$1" 2>/dev/null | awk 'NR > 1 { print $4 ":" $5 }' | sort | tr '\n' ' '; echo; }
m 'syscall::getp[pg]id:entry'
m 'syscall::getp[!p]id:entry'
m 'syscall::getp[a-h]id:entry'
m 'syscall::g?tppid:e*'
m 'sysc*::*tppid:'
m 'getppid:'
m 'getppid:return'
m 'syscall:vmlinux:getppid:entry'
m 'sys\call::get\ppid:entry'
m 'syscall::getppi[d]:[er]*n*'
# Nothing is quoted, nothing empty by accident; what matches nothing is an error but with -Z.
long=$(printf 'x%.0s' $(seq 64))
for d in "$long:::" ":$long::" ":::$long" "::$long$long$long:" a:b:c:d:e 'syscall::nosuch:entry' 'app123:::probe' 'nosuch$target:::'; do
	dtrace -x errtags -en "$d { }" 2>&1 | grep -o '\[D_[A-Z_]*\]' || echo fine
done
short=$(printf 'x%.0s' $(seq 63))
dtrace -x errtags -en "$short:::" 2>&1 | grep -o '\[D_[A-Z_]*\]'
dtrace -Z -en "$short:$short:$long$long$short:$short" && echo zdefs
# A word without a colon is a declaration when it names a type, a probe otherwise; on the command line always a probe.
cat >t.d <<'D'
int declared;
uint32_t another;
uint64_t*pointer;
BEGIN { declared = another = 1; exit(0); }
END { printf("%d %d\n", declared + another, sizeof (pointer)); }
D
dtrace -qs t.d
echo 'END, BEGIN { printf("%s ", probename); } BEGIN { exit(0); }' >u.d
dtrace -qs u.d
dtrace -x errtags -en 'uint32_t { }' 2>&1 | grep -o '\[D_[A-Z_]*\]'
