/* Typed access to kernel structures through pointers. */
#pragma D option quiet
BEGIN
{
	this->p = curthread->real_parent;
	printf("%d %d\n", this->p->tgid == ppid, curthread->group_leader == curthread);
	printf("%d %d\n", curthread->cred->uid.val == uid, curthread->mm != 0);
	printf("%d\n", ((struct task_struct *)curthread)->tgid == pid);
	exit(0);
}
