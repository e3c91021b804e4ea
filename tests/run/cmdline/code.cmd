# covers: output 6.5
# rows: F27 X59
# -S shows the code of every clause on stderr, numbered from 0, and nothing of it on stdout; with -e and with tracing, for -n, -s and the pragma.
printf '#pragma D option verbose\nBEGIN { x = 1; }\nEND { trace(x); }\n' >v.d
t() { timeout 20 dtrace "$@" 2>code >shown; echo "status $?"; grep -v '^ *[0-9]*: ' code | sed 's/^dtrace: .*//' | grep -c 'Program for'; awk '/^Program for/ { want = 0 } /^ *[0-9]+: / { if ($1 + 0 < want) bad++; want = $1 + 1; n++ } END { print bad + 0, (n > 5) }' code; cat shown; }
t -S -e -n 'BEGIN { trace(1); }'
t -S -qn 'BEGIN { trace(1); exit(0); }'
t -x cpu=0 -S -n 'BEGIN { exit(0); } END { }'
t -es v.d
t -e -n 'BEGIN { trace(1); }'
