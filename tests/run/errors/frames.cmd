# diagnostics.md 1.1: enabling, starting and processing that fail; their status is 1.
f() { timeout 20 dtrace "$@" 2>&1 >/dev/null; s=$?; [ $s = 1 ] || echo "status $s"; }
st() { timeout 20 dtrace "$@" 2>&1; echo "status $?"; }
st -qn 'BEGIN { system("true"); }'
st -n 'syscall::nosuch:entry { }'
st -Zqn 'syscall::nosuch:entry { }' -n 'BEGIN { exit(0); }'
st -q
st -qb 1 -n 'BEGIN { exit(0); }'
st -b -n 'BEGIN { exit(0); }'
st -qx bufpolicy=ring -b 30 -n 'BEGIN { exit(0); }'
st -qx bufpolicy=fill -b 30 -n 'BEGIN { exit(0); } END { trace("more than thirty bytes of text are here"); }'
st -q -x aggsize=64t -x bufresize=manual -n 'BEGIN { @[1] = count(); }' | sed 's/([^)]*)//'
st -qp 999999999 -n BEGIN
st -qn 'BEGIN { exit(0); }' -o /dev/full
st -qn 'BEGIN { printf("%8000d", 1); exit(0); }' -o /dev/full
