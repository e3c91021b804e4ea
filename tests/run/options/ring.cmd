# covers: output 5
# rows: X75
# The newest records are kept, in order, and printed at the end.
dtrace -q -x cpu=0 -x bufpolicy=ring -b 2k -n 'BEGIN { printf("begin\n"); }
tick-1ms { printf("%d\n", i++); } tick-1ms /i == 300/ { exit(7); } END { printf("end\n"); }' >o.txt
echo "status $?"
tail -3 o.txt | head -2
grep '^[0-9]' o.txt | awk 'NR > 1 && $1 != p + 1 { print "gap before " $1 } { p = $1 } END { print (NR > 20 && NR < 64 ? "as many as fit" : "not right: " NR) }'
# An overflowing ring is no drop; stacks, strings and faults fit; a record that does not is refused.
dtrace -q -x bufpolicy=ring -b 256k -x cpu=0 -n 'tick-1ms { trace(execname); stack(2); i++; } tick-1ms { trace(*(int *)i); }
tick-1ms /i == 200/ { exit(0); }' >o2.txt 2>e2.txt
grep -c 'invalid address (0x1)' e2.txt
grep -c 'invalid address (0xc8)' e2.txt
dtrace -q -x bufpolicy=ring -b 30 -n 'BEGIN { exit(0); }'
echo "status $?"
