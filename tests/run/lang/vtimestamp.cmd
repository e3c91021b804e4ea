# rows: V27 V41
# vtimestamp never runs backwards and stands still while the thread sleeps; timestamp goes on, on whatever CPU.
cat >load.c <<'C'
#define _GNU_SOURCE
#include <sched.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
int main(void)
{
	struct timespec ts = {0, 400000000}, a, b;
	cpu_set_t set;
	syscall(SYS_lseek, -1, 1, 0);
	nanosleep(&ts, 0);
	syscall(SYS_lseek, -1, 2, 0);
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &a);
	do
		clock_gettime(CLOCK_THREAD_CPUTIME_ID, &b);
	while ((b.tv_sec - a.tv_sec) * 1000000000L + b.tv_nsec - a.tv_nsec < 300000000);
	syscall(SYS_lseek, -1, 3, 0);
	for (int i = 0; i < 200; i++) {
		CPU_ZERO(&set);
		CPU_SET(i % 2, &set);
		sched_setaffinity(0, sizeof(set), &set);
		syscall(SYS_lseek, -1, 4, 0);
	}
	return 0;
}
C
cc -o load load.c || exit
dtrace -q -c ./load -n '
int back, vback;
uint64_t last, vlast;
syscall::lseek:entry /pid == $target/
{
	this->v = vtimestamp;
	this->t = timestamp;
	back += this->t < last;
	vback += this->v < vlast;
	self->d[arg1] = this->v - vlast;
	self->e[arg1] = this->t - last;
	last = this->t;
	vlast = this->v;
}
syscall::exit_group:entry /pid == $target/
{
	printf("sleep: %d %d\n", self->d[2] < 100000000, self->e[2] >= 400000000);
	printf("work: %d %d\n", self->d[3] >= 290000000, self->d[3] < self->e[3] + 1000000);
	printf("back: %d %d\n", back, vback);
}'
