# rows: T2 E1
# Nothing computes, compares or converts floating values.
for e in 'f + 1' 'f * f' '-f' 'f == f' 'f < 1' '!f' 'f ? 1 : 2' '(int)f' 'i = f' 'f = 1' 'f++' 'f && 1'; do
	printf '%s: ' "$e"
	dtrace -x errtags -en "float f; int i; BEGIN { $e; }" 2>&1 | grep -o '\[D_[A-Z_]*\]' || echo accepted
done
