/* What the tests of the pid provider trace: functions with known arguments, called a known number of times.
 * With an argument it says "ready", and waits for a line on stdin. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define FUNC __attribute__((noinline, noclone))

FUNC long
ten(long a, long b, long c, long d, long e, long f, long g, long h, long i, long j)
{
	__asm__ volatile("");
	return a + b + c + d + e + f + g + h + i + j;
}

FUNC int
count_down(int n)
{
	__asm__ volatile("");
	return n <= 0 ? -7 : count_down(n - 1) + 1;
}

FUNC size_t
inner(const char *text)
{
	__asm__ volatile("");
	return strlen(text);
}

FUNC size_t
outer(const char *text)
{
	size_t n = inner(text);
	__asm__ volatile("");
	return n + 1;
}

FUNC void
locked(int *p)
{
#ifdef __x86_64__
	__asm__ volatile("lock incl %0" : "+m"(*p)); /* no breakpoint goes here */
#else
	++*p;
#endif
}

static void *
in_thread(void *arg)
{
	outer(arg);
	return NULL;
}

int
main(int argc, char **argv)
{
	char line[64], hello[] = "hello", child_text[] = "child",
		       thread[] = "thread"; /* resident: on the stack */
	int n = 0;
	pthread_t t;
	(void)argv;
	if (argc > 1)
		puts("ready"), fflush(stdout);
	if (argc > 1 && !fgets(line, sizeof(line), stdin))
		return 1;
	ten(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
	count_down(3);
	outer(hello);
	locked(&n);
	pid_t child = fork(); /* the child is another process: not traced */
	if (child == 0) {
		count_down(100);
		outer(child_text);
		_exit(0);
	}
	waitpid(child, NULL, 0);
	pthread_create(&t, NULL, in_thread, thread);
	pthread_join(t, NULL);
	return 3;
}
