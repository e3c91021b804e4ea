# rows: G58
# Keys that are new all at once: the kernel has memory for them at hand, as the dtrace before has seen to.
dtrace -qn 'BEGIN { @[1] = count(); exit(0); }' >/dev/null
{
	echo 'BEGIN {'
	for i in $(seq 60); do echo "@[$i] = quantize($i);"; done
	echo 'exit(0); }'
} >burst.d
dtrace -qs burst.d | grep -c Distribution
