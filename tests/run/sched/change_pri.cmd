# A priority before it changes, and what it will be: by nice(), by another policy, by a lock that one who is more urgent
# waits for; what is not permitted does not change.
cat >pri.c <<'P'
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>
static pthread_mutex_t lock;
static volatile int waits;
static int tid;
static void *urgent(void *arg)
{
	struct sched_param p = {.sched_priority = 7};
	(void)arg;
	tid = gettid();
	pthread_setschedparam(pthread_self(), SCHED_FIFO, &p);
	waits = 1;
	pthread_mutex_lock(&lock);
	pthread_mutex_unlock(&lock);
	return NULL;
}
int main(void)
{
	pthread_mutexattr_t a;
	pthread_t t;
	setpriority(PRIO_PROCESS, 0, 5);
	setpriority(PRIO_PROCESS, 0, 5);   /* the same */
	setpriority(PRIO_PROCESS, 0, -30); /* at most -20 */
	setpriority(PRIO_PROCESS, 0, 0);
	pthread_mutexattr_init(&a);
	pthread_mutexattr_setprotocol(&a, PTHREAD_PRIO_INHERIT);
	pthread_mutex_init(&lock, &a);
	pthread_mutex_lock(&lock);
	pthread_create(&t, NULL, urgent, NULL);
	for (char s = 0; s != 'S';) {
		char path[64];
		while (!waits)
			usleep(100);
		snprintf(path, sizeof(path), "/proc/self/task/%d/stat", tid);
		FILE *f = fopen(path, "r");
		if (!f || fscanf(f, "%*d %*s %c", &s) != 1)
			return 1;
		fclose(f);
	}
	pthread_mutex_unlock(&lock);
	pthread_join(t, NULL);
	if (seteuid(65534) == 0)
		setpriority(PRIO_PROCESS, 0, -5); /* refused */
	return 0;
}
P
cc -pthread -o pri pri.c || exit 1
dtrace -q -n 'sched:::change-pri /pid == $target/ { printf("%s by %s %d -> %d\n", args[0]->pr_lwpid == pid ? "first thread" : "second thread", args[0]->pr_lwpid == tid ? "itself" : "the other", args[0]->pr_pri, args[2]); }' -c ./pri | grep .
