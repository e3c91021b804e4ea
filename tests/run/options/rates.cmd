# rows: X4 X77 X91 X95 X106 F55
# Rates that tracing cannot work with are changed, with a note, also when quiet; 0 is as often as possible.
dtrace -q -x cleanrate=10000hz -x statusrate=20s -n 'BEGIN { exit(0); }'
dtrace -q -x cleanrate=2m -x switchrate=0 -x aggrate=0 -n 'BEGIN { exit(0); }'
dtrace -q -x switchrate=0 -n 'BEGIN { printf("at once\n"); } tick-100ms { exit(0); }'
