# rows: X78
# Everything happens on that CPU.
dtrace -x cpu=1 -n 'BEGIN { trace(cpu); } tick-10ms { trace(cpu); n++; } syscall:::entry { @[cpu] = count(); }
tick-10ms /n == 10/ { exit(0); } END { trace(cpu); }' 2>/dev/null | awk '$1 ~ /^[0-9]+$/ { print $1, (NF > 3 && $NF ~ /^[01]$/ ? $NF : "") }' | sort -u
dtrace -x cpu=9999 -n BEGIN
