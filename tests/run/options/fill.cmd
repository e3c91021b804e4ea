# covers: output 5
# rows: X75
# Tracing stops by itself when a buffer is full; nothing is printed before; END has room.
dtrace -q -x cpu=0 -x bufpolicy=fill -b 1k -n 'BEGIN { printf("begin\n"); }
tick-1ms { printf("%d\n", i++); } tick-60s { exit(3); } END { printf("end\n"); }' >o.txt
echo "status $?"
sed -n '1,3p;$!d' o.txt
grep -c '^[0-9]' o.txt | awk '{ print ($1 > 10 && $1 < 60 ? "as many as fit" : "not right: " $1) }'
grep -n end o.txt | wc -l
# Not even one record fits beside what END needs.
dtrace -q -x bufpolicy=fill -b 30 -n 'BEGIN { exit(0); } END { trace("a long text for the end"); }'
echo "status $?"
