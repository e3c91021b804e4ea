/* rows: L16
 * Every word is a member's name after . and -> and in offsetof. */
#pragma D option quiet
struct pid_s { int x; };
BEGIN
{
	printf("%d %d\n", offsetof(struct device_driver, probe) > 0,
	    offsetof(struct device_driver, probe) == (uintptr_t)&((struct device_driver *)0)->probe);
	printf("%d\n", offsetof(struct task_struct, signal) == (uintptr_t)&((struct task_struct *)0)->signal);
	this->t = curthread;
	printf("%d\n", this->t->pid == tid);
	exit(0);
}
