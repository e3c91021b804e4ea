/* Built-ins of the BEGIN probe: our own process runs it. */
#pragma D option quiet
BEGIN
{
	printf("%s:%s:%s:%s %d %s\n", probeprov, probemod, probefunc, probename, id, execname);
	printf("%d %d %d\n", pid == $pid, ppid == $ppid, tid == $pid);
	printf("%d %d %d\n", uid == $uid, gid == $gid, timestamp > 0);
	printf("%d\n", walltimestamp / 1000000000 > 1700000000);
	printf("%s %d\n", curthread->comm, curthread->pid == tid);
	exit(0);
}
