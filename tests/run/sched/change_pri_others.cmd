# The priority of another process's thread, by its number: by setpriority(), another policy, a policy's priority; nobody's,
# the same, and what is not permitted do not change.
cat >pri.c <<'P'
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void)
{
	struct sched_param p = {.sched_priority = 7}, none = {0};
	pid_t child = fork();
	if (child == 0)
		for (;;)
			pause();
	setpriority(PRIO_PROCESS, child, 5);
	setpriority(PRIO_PROCESS, child, 5); /* the same */
	setpriority(PRIO_PROCESS, 4000000, 5); /* nobody */
	setpriority(PRIO_PROCESS, child, 0);
	sched_setscheduler(child, SCHED_FIFO, &p);
	p.sched_priority = 9;
	sched_setparam(child, &p);
	sched_setscheduler(child, SCHED_OTHER, &none);
	if (seteuid(65534) == 0)
		setpriority(PRIO_PROCESS, child, 7); /* refused: root's */
	seteuid(0);
	kill(child, SIGKILL);
	wait(NULL);
	return 0;
}
P
cc -o pri pri.c || exit 1
dtrace -q -n 'sched:::change-pri /pid == $target/ { printf("%s of %s %d -> %d\n", args[1]->pr_ppid == pid ? "child" : "other", args[1]->pr_fname, args[0]->pr_pri, args[2]); }' -c ./pri | grep .
