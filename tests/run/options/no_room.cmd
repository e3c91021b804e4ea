# rows: X76 F54 X70
# More than there is: the size is lowered, or the run refused.  The kernel clears what it tries: the more memory is free the longer
# it takes, so each kind of size is a test of its own (no_room_vars, no_room_buffers).
run() { timeout 20 dtrace "$@" 2>&1; s=$?; [ $s = 0 ] || echo "status $s"; }
run -x aggsize=64t -x aggrate=1h -n 'BEGIN { @[1] = count(); exit(0); }' | grep lowered | sed 's/to [0-9][0-9]*[kmg]$/to N/'
run -x bufresize=manual -x aggsize=64t -qn 'BEGIN { @[1] = count(); exit(0); }' | sed 's/([^)]*)//'
