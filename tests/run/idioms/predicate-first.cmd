# An array that a predicate asks for before the clause that assigns it: 0 until then; one that nothing assigns is an error.
dtrace -qn 'tick-1ms /!seen["x"]/ { printf("first %d\n", seen["x"]); } tick-1ms { seen["x"]++; n++; } tick-1ms /n == 3/ { printf("%d\n", seen["x"]); exit(0); }'
dtrace -qn 'tick-1ms /!other["x"]/ { exit(0); }' 2>&1 | grep -c 'other is not defined'
dtrace -qn 'tick-1ms /other["x"] == 3/ { exit(other["y"] == 2); }' 2>&1 | grep -c 'other is not defined'
