# rows: V27
# A thread that sleeps and works in turns: no turn takes it more CPU time than time, whoever was switched out before
# it, and all together what its own clock says.
cat >turns.c <<'C'
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
static long
ns(clockid_t clock)
{
	struct timespec ts;
	clock_gettime(clock, &ts);
	return ts.tv_sec * 1000000000L + ts.tv_nsec;
}
int main(void)
{
	struct timespec ts = {0, 500000};
	syscall(SYS_lseek, -1, 0L, 0);
	long before = ns(CLOCK_THREAD_CPUTIME_ID);
	for (int i = 0; i < 1500; i++) {
		nanosleep(&ts, 0);
		syscall(SYS_lseek, -1, 0L, 0);
		for (long a = ns(CLOCK_MONOTONIC); ns(CLOCK_MONOTONIC) - a < 400000;)
			;
		syscall(SYS_lseek, -1, 0L, 0);
	}
	syscall(SYS_lseek, -1, ns(CLOCK_THREAD_CPUTIME_ID) - before, 0);
	return 0;
}
C
cc -o turns turns.c || exit
# Children that nobody waits for: pid 1 runs often.
sh -c 'while :; do (true &); done' &
orphans=$!
dtrace -q -c ./turns -n '
int turns, over;
uint64_t first, last, vlast;
syscall::lseek:entry /pid == $target && last/
{
	turns++;
	over += vtimestamp - vlast > timestamp - last;
}
syscall::lseek:entry /pid == $target && arg1 > 0/
{
	printf("turns: %d, with more CPU time than time: %d\n", turns, over);
	this->part = 100 * (vtimestamp - first) / arg1;
	printf("%s\n", this->part >= 90 && this->part <= 110 ? "as its own clock" : strjoin("% of its own clock: ",
	    lltostr(this->part)));
}
syscall::lseek:entry /pid == $target/
{
	first = first ? first : vtimestamp;
	last = timestamp;
	vlast = vtimestamp;
}'
kill $orphans
