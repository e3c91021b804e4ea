# Records of one CPU come in the order of time, and no record is torn.
dtrace -q -n 'syscall::getppid:entry /pid == $target/ { printf("%d %d\n", cpu, timestamp); }' \
    -c "perl -e getppid()for(1..20000)" |
    awk 'NF == 2 { n++; if ($2 < last[$1]) bad++; last[$1] = $2 } NF != 2 && NF { bad++ } END { print n, bad + 0 }'
