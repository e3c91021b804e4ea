# rows: A28
# The first exit() gives the status, unless END has another; it ends the firing's later clauses, wherever it stands.
run() { dtrace -qn "$1" 2>/dev/null; echo "= $?"; }
run 'BEGIN { exit(1); } END { exit(2); }'
run 'BEGIN { exit(6); trace("on"); } BEGIN { exit(7); trace("no"); } END { trace("end"); }'
run 'BEGIN { exit(0); exit(7); }'
run 'BEGIN { exit(300); }'
run 'BEGIN { exit(-1); }'
run 'tick-10ms { exit(1); } tick-10ms { exit(2); trace("no"); }'
run 'ERROR { exit(9); } BEGIN { trace(*(int *)0); } BEGIN { trace("no"); }'
run 'ERROR { exit(9); } BEGIN / *(int *)8/ { } BEGIN { trace("no"); }'
run 'ERROR { exit(8); } tick-5ms { trace(*(int *)0); } tick-5ms { trace("no"); }'
run 'END { exit(4); } tick-10ms { exit(0); }'
