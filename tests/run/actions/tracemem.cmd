# rows: A3.  tracemem() with a third argument: that many bytes, all of them when it is not from 1 to the second.
for n in 3 0 -1 8 9 '(char)2' '(uint64_t)1<<40'; do
	dtrace -qn "int k; BEGIN { k = $n; tracemem(curthread, 8, k); exit(0); }" | awk '/^ +0:/ { print length($0) }'
done
dtrace -qn "BEGIN { tracemem((uint64_t)curthread, 20); exit(0); }" | grep -c ':'
