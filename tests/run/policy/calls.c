/*
 * calls.c - calls whose arguments number them: getppid(seq, who) for seq = 0, 1, ...
 *
 *   calls CPU,CPU,... N [RATE]     one process on each CPU named (the same may be named twice), N calls each,
 *                                  at most RATE a second in bursts; ends when all have; who counts from 0
 */
#include <sched.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	BURSTS = 50 /* a second */
};

int
main(int argc, char **argv)
{
	long n = argc > 2 ? atol(argv[2]) : 0, rate = argc > 3 ? atol(argv[3]) : 0;
	char *p = argc > 1 ? argv[1] : "";
	for (long who = 0; *p; who++) {
		int cpu = (int)strtol(p, &p, 10);
		p += *p == ',';
		if (fork() != 0)
			continue;
		cpu_set_t set;
		CPU_ZERO(&set);
		CPU_SET(cpu, &set);
		sched_setaffinity(0, sizeof(set), &set);
		struct timespec due;
		clock_gettime(CLOCK_MONOTONIC, &due);
		for (long i = 0; i < n; i++) {
			syscall(SYS_getppid, i, who);
			if (rate && i % (rate / BURSTS) == rate / BURSTS - 1) {
				due.tv_nsec += 1000000000 / BURSTS;
				due.tv_sec += due.tv_nsec / 1000000000;
				due.tv_nsec %= 1000000000;
				clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
			}
		}
		_exit(0);
	}
	while (wait(NULL) > 0)
		;
	return 0;
}
