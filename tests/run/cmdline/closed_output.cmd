# rows: F63
# Output that cannot be written is told with its reason and status 1, whichever way it fails; a closed descriptor is never taken for a map of ours.
long='BEGIN { stack(50); stack(50); stack(50); stack(50); stack(50); stack(50); exit(0); }'
for a in -V -l '-ln BEGIN' '-qn BEGIN{trace(1);exit(0);}' "-qn"; do
	set -- $a
	[ "$a" = -qn ] && set -- -qn "$long"
	timeout 20 dtrace "$@" >&-; echo "closed: $?"
	timeout 20 dtrace "$@" >/dev/full; echo "full: $?"
	timeout 20 dtrace "$@" | true; echo "nobody reads: $((PIPESTATUS[0] < 2))"
done 2>&1
timeout 20 dtrace -q -o /dev/full -n "$long" 2>&1; echo "-o: $?"
(ulimit -f 1; timeout 20 dtrace -q -o limited -n "$long BEGIN { stack(50); stack(50); }" -x stackindent=100 2>&1; echo "limit: $?")
# Without stderr and stdin all the same.
timeout 20 dtrace -n 'BEGIN { printf("here\n"); exit(3); }' 2>&- <&- | grep -c "BEGIN here$"
# What system() starts gets the signals as they were.
timeout 20 dtrace -wqn 'BEGIN { system("yes | head -n 1; kill -PIPE $$; echo alive"); exit(0); }' 2>&1
