# rows: F17 F70 F71 F31
# covers: output 6 6.1
# output.md 6.1: the list to the byte, by given programs and without; what matches nothing is told, status 0; -v adds attributes and types.
l() { timeout 20 dtrace "$@" 2>&1; echo "status $?"; }
l -l -n 'dtrace:::' | sed 's/^ *[0-9][0-9]* /   ID /'
l -l -P dtrace -i 1 -f nosuchfunction -m nosuch:module -n a:b:c:d -P nope | sed 's/^ *[0-9][0-9]* /   ID /'
l -l -n '
BEGIN { trace(1); } nosuch:::x, END /1/ { }' | sed 's/^ *[0-9][0-9]* /   ID /'
l -l -n 'BEGIN { trace(; }' | sed 's/:.*//'
timeout 60 dtrace -l | awk 'NR > 1 { if ($1 <= p) { print "not in order: " $0; exit } p = $1; n++ } END { print (n > 300) }'
l -lv -n dtrace:::ERROR | cat -A | sed 's/^ *[0-9][0-9]* /   ID /'
l -W sh -n BEGIN
