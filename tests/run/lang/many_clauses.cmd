# rows: G6
# More clauses on one probe than one BPF program holds: they run in program order all the same.
{
	echo 'int t;'
	for i in $(seq 1 400); do
		echo "BEGIN { this->n$i = t + $i; t = this->n$i; printf(\"%s%s\", strjoin(lltostr(t), \"a\") == \"x\" ? \"y\" : \"\", substr(execname, 9)); @[t, execname] = count(); }"
	done
	echo 'BEGIN { printf("%d\n", t); trunc(@); exit(0); }'
} >many.d
dtrace -qs many.d 2>&1 | head -5
