# Programs take part in the order they are given in; numbers of probes work too.
dtrace -q -n 'BEGIN { printf("1\n"); }' -i '1 { printf("2\n"); }' -P 'dtrace { n++; }' -n 'BEGIN { exit(0); } END { printf("n %d\n", n); }'
