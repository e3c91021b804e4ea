# A record is written from a system call's program while all functions are traced that its own recording runs: what holds
# the buffer's lock then is none of them, and nothing waits for ever.
exec 9>"$work/functions" && flock 9 # one at a time: some count what the kernel has enabled
timeout 300 dtrace -q -n '
self int in;
fbt:::entry
/self->in/
{
	trace(0);
	@n = count();
}
syscall::lseek:entry
/pid == $target/
{
	printf("\nin\n");
	self->in = 1;
}
syscall::lseek:return
/self->in/
{
	self->in = 0;
	printf("\nout\n");
}
END
{
	printa("\nfunctions %@d\n", @n);
}' -c 'dd if=/etc/passwd of=/dev/null skip=1 count=1 status=none' -o trace 9>&- 2>err.txt || exit
# Drops are told of, and nothing else.
grep -v 'drops\{0,1\} of probes that fired inside' err.txt >&2
awk '/^in$/ { n++ } /^out$/ { m++ } /^functions/ { f = $2 } END { print (n > 0), (n == m), (f > 0) }' trace
