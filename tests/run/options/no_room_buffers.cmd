# rows: X76 F54
# As no_room, of the buffers of records.
run() { timeout 20 dtrace "$@" 2>&1; s=$?; [ $s = 0 ] || echo "status $s"; }
run -b 64t -n 'BEGIN { exit(0); }' | grep lowered | sed 's/to [0-9][0-9]*[kmg]$/to N/'
run -x quietresize -b 64t -n 'BEGIN { exit(0); }' | grep lowered
run -x bufresize=manual -b 64t -qn 'BEGIN { exit(0); }'
