/* rows: V6
 * curthread is the running task; its members are read through BTF. */
#pragma D option quiet
BEGIN
{
	printf("%s %d %d\n", stringof(curthread->group_leader->comm), curthread->tgid == pid, curthread->pid == tid);
	printf("%d\n", curthread->real_parent->tgid == ppid);
	printf("%d %d\n", (uintptr_t)curthread > 0xff00000000000000, sizeof (*curthread) == sizeof (struct task_struct));
	exit(0);
}
