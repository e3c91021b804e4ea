# More clauses on one probe than a program holds: several programs, which the kernel must run in the clauses' order.
. "$here/pid/build.sh"
for i in $(seq 1 250); do
	echo "pid\$target:a.out:ten:entry { printf(\"%d %d %d %s\\n\", $i, arg1 + arg2 * arg3, arg5 % 7, strlen(execname) == 3 ? \"a\" : probefunc); }"
done >many.d
[ "$(dtrace -S -ec ./victim -s many.d 2>&1 >/dev/null | grep -c '^Program for')" -gt 1 ] || echo one program
dtrace -qc ./victim -s many.d | cut -d' ' -f1 >order
seq 1 250 >want
echo >>want
diff want order && echo in order
