# rows: F21
# -o appends: traces and lists.
echo before >log.txt
dtrace -q -o log.txt -n 'BEGIN { printf("one\n"); exit(0); }'
dtrace -o log.txt -l -n BEGIN
dtrace -q -n 'BEGIN { printf("two\n"); exit(0); }' -o other -o log.txt
cat log.txt
ls other 2>/dev/null
exit 0
