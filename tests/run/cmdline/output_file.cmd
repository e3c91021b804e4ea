# -o appends.
echo before >file
dtrace -q -o file -n 'BEGIN { printf("to the file\n"); exit(0); }'
cat file
