# rows: T3 F1
# The data model is the kernel's: 64 bits; -64 asks for nothing else, and the other model is refused.
for f in '' -64; do
	dtrace $f -qn 'BEGIN { printf("%d %d %d %d %d\n", sizeof (int), sizeof (long), sizeof (void *), sizeof (size_t), sizeof (long long)); exit(0); }'
done
dtrace -32 -qn 'BEGIN { exit(0); }' 2>&1
echo $?
