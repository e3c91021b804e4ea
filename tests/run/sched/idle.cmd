# The idle thread is nobody's: it leaves its CPU as one that has it, not as one that was preempted, and no tick counts
# time for it.
dtrace -qn '
int other, idle;
sched:::off-cpu
/pid == 0/
{
	off++;
	other += curlwpsinfo->pr_state != SONPROC;
}
sched:::tick
{
	ticks++;
	idle += pid == 0;
}
tick-20hz
/off > 20 && ticks > 20/
{
	printf("%d %d\n", other, idle);
	exit(0);
}'
