# rows: A25 A26 A40 A41 A42 A43 A44 X79.  Without -w nothing destructive is enabled; what no BPF program can do never.
for a in 'system("true")' 'freopen("x")' 'stop()' 'raise(1)' 'breakpoint()' 'panic()' 'chill(1)'; do
	dtrace -en "BEGIN { $a; }" || echo "$a does not compile"
	dtrace -qn "BEGIN { $a; }" 2>&1 && echo "$a was enabled"
done
dtrace -wn 'BEGIN { panic(); }' 2>&1 || echo $?
dtrace -wn 'BEGIN /0/ { breakpoint(); }' 2>&1 || echo $?
dtrace -wqn 'BEGIN { exit(0); }' 2>&1
dtrace -wn 'BEGIN { exit(0); }' 2>&1 >/dev/null
