# rows: A9 A12
# Processes that are gone when the consumer comes by keep their names: of what they mapped after they were started,
# and after fork without exec; by default, as keys, and by usym().
d='syscall::exit_group:entry /progenyof($target)/ { printf("%s", execname); ustack(1); usym(uregs[R_PC]); @[ustack(1)] = count(); @u[umod(uregs[R_PC])] = count(); }'
echo '(exit 3)
/bin/true' >s.sh
dtrace -x switchrate=5s -x aggrate=5s -qc 'sh s.sh' -n "$d" | sed 's/+0x[0-9a-f]*//; s/ *$//'
# ... and of processes that are no business of -c.
dtrace -x switchrate=5s -qn 'BEGIN { printf("begin\n"); } syscall::exit_group:entry /execname == "a_short_life"/ { ustack(1); exit(0); }' >o.txt &
for i in $(seq 200); do [ -s o.txt ] && break; perl -e 'select undef, undef, undef, .05'; done
cp /bin/true a_short_life
for i in $(seq 200); do ./a_short_life; kill -0 $! 2>/dev/null || break; done
wait
sed 's/+0x[0-9a-f]*//' o.txt
