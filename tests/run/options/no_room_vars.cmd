# rows: X76 F54
# As no_room, of dynamic variables.
run() { timeout 20 dtrace "$@" 2>&1; s=$?; [ $s = 0 ] || echo "status $s"; }
run -x dynvarsize=64t -n 'BEGIN { a[1] = 1; exit(0); }' | grep lowered | sed 's/to [0-9][0-9]*[kmg]$/to N/'
run -x bufresize=manual -x dynvarsize=64t -qn 'BEGIN { a[1] = 1; exit(0); }' | sed 's/([^)]*)//'
