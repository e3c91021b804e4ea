# rows: lockstat
# Threads that make the kernel wait: page faults and mmap() of one address space want its lock (a reader/writer
# semaphore), writers of one open file its mutex.  Times are no longer than the tracing, locks are kernel addresses.
cat >waits.c <<'P'
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
static volatile int done;
static int fd;
static char buf[4 << 20];
static void *map(void *arg)
{
	while (!done) {
		char *p = mmap(NULL, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		for (int i = 0; i < 65536; i += 4096)
			p[i] = 1;
		munmap(p, 65536);
	}
	return arg;
}
/* Writers of one open file take turns, by a mutex. */
static void *fill(void *arg)
{
	while (!done) {
		write(fd, buf, sizeof(buf));
		lseek(fd, 0, SEEK_SET);
	}
	return arg;
}
int main(void)
{
	pthread_t t;
	fd = open("turns", O_RDWR | O_CREAT, 0600);
	for (int i = 0; i < 8; i++)
		pthread_create(&t, NULL, i & 1 ? map : fill, NULL);
	alarm(20); /* by then dtrace has seen enough */
	pause();
}
P
# Whether CPUs queue for a spin lock is up to the machine (two of them seldom do, emulated ones never): the tracepoint tells.
cc -O1 -w -pthread -o waits waits.c || exit 1
dtrace -qw -x dynvarsize=16m -c ./waits -n '
BEGIN { began = timestamp; bad = rw = spin = block = qspin = queued = 0; }
sdt:lock::contention_begin /(args[1] & 0x27) == 1/ { self->queued = 1; }
sdt:lock::contention_end /self->queued/ { self->queued = 0; queued = 1; }
lockstat:::rw-block /pid == $target/ { rw = 1; bad += arg1 > timestamp - began || (int64_t)arg0 >= 0 || (args[2] != RW_READER && args[2] != RW_WRITER) || args[3] < 0; }
lockstat:::adaptive-spin /pid == $target/ { spin = 1; bad += arg1 > timestamp - began || (int64_t)arg0 >= 0; }
lockstat:::adaptive-block /pid == $target/ { block = 1; bad += arg1 > timestamp - began || (int64_t)arg0 >= 0; }
lockstat:::spin-spin { qspin = 1; bad += arg1 > timestamp - began || (int64_t)arg0 >= 0; }
lockstat:::adaptive-* /rw && spin && block && (qspin || timestamp - began > 8 * 1000000000)/ { system("kill %d", $target); exit(0); }
END /!(rw && spin && block && qspin == queued)/ { printf("rw %d spin %d block %d qspin %d of %d\n", rw, spin, block, qspin, queued); }
END { printf("all waited for, %d told wrongly\n", bad); }' 2>err; grep -v 'fired inside their own' err; true
