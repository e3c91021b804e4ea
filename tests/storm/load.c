/*
 * load.c - what a storm rages over: processes that keep every part of the kernel busy that a provider watches.
 *
 *   load COUNTERS DIRECTORY [DEVICE]   runs until SIGTERM; loads count their rounds in that file, a number of
 * 64 bits each, in the order of `load names`; files are made in the directory; the device is read load victim
 * COUNTER                functions that call each other, a round each; counted the same way load names the
 * loads, a line each
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define FUNC __attribute__((noinline, noclone))

enum {
	BLOCK = 4096,
	FAULTS = 4 << 20, /* bytes touched a round */
	THREADS = 4
};

typedef struct load {
	const char *name;
	void (*round)(void);
} load_t;

static const char *dir, *device;

static void
die(const char *what)
{
	perror(what);
	exit(1);
}

static void
calls(void)
{
	char buf[64];
	struct stat st;
	int fd = open("/etc/passwd", O_RDONLY);
	if (fd < 0 || read(fd, buf, sizeof(buf)) < 0 || fstat(fd, &st) != 0)
		die("load: /etc/passwd");
	close(fd);
	getppid();
	(void)!write(-1, buf, 1);
	(void)!access("/no/such/file", R_OK);
}

static void
processes(void)
{
	pid_t pid = fork();
	if (pid < 0 && errno != EAGAIN)
		die("load: fork");
	if (pid == 0) {
		execl("/bin/true", "true", (char *)NULL);
		_exit(1);
	}
	waitpid(pid, NULL, 0);
}

static struct sockaddr_in
bound(int fd)
{
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(a);
	if (fd < 0 || bind(fd, (void *)&a, len) != 0 || getsockname(fd, (void *)&a, &len) != 0)
		die("load: socket");
	return a;
}

static void
tcp(void)
{
	char buf[BLOCK] = "";
	int l = socket(AF_INET, SOCK_STREAM, 0), c = socket(AF_INET, SOCK_STREAM, 0);
	struct sockaddr_in a = bound(l);
	const struct linger reset = {.l_onoff = 1}; /* no port stays behind in TIME_WAIT */
	if (listen(l, 1) != 0 || connect(c, (void *)&a, sizeof(a)) != 0)
		die("load: connect");
	int s = accept(l, NULL, NULL);
	for (int i = 0; i < 4; i++)
		if (send(c, buf, sizeof(buf), 0) < 0 || recv(s, buf, sizeof(buf), MSG_WAITALL) < 0)
			die("load: tcp");
	setsockopt(c, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
	close(c);
	close(s);
	close(l);
	c = socket(AF_INET, SOCK_STREAM, 0);
	(void)!connect(c, (void *)&a, sizeof(a)); /* refused */
	close(c);
}

static void
udp(void)
{
	char buf[512] = "";
	int to = socket(AF_INET, SOCK_DGRAM, 0), from = socket(AF_INET, SOCK_DGRAM, 0);
	struct sockaddr_in a = bound(to);
	for (int i = 0; i < 8; i++)
		if (sendto(from, buf, sizeof(buf), 0, (void *)&a, sizeof(a)) < 0 ||
		    recv(to, buf, sizeof(buf), 0) < 0)
			die("load: udp");
	close(from);
	close(to);
}

static void
faults(void)
{
	char *p = mmap(NULL, FAULTS, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (p == MAP_FAILED)
		die("load: mmap");
	for (size_t i = 0; i < FAULTS; i += BLOCK)
		p[i] = 1;
	pid_t pid = fork();
	if (pid == 0) {
		for (size_t i = 0; i < FAULTS; i += BLOCK) /* a copy of each page */
			p[i] = 2;
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	munmap(p, FAULTS);
}

static void
files(void)
{
	char path[512], buf[BLOCK] = "";
	snprintf(path, sizeof(path), "%s/file", dir);
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	for (int i = 0; i < 16; i++)
		if (fd < 0 || write(fd, buf, sizeof(buf)) < 0)
			die("load: write");
	fsync(fd);
	close(fd);
	unlink(path);
}

static void
blocks(void)
{
	static char buf[16 * BLOCK] __attribute__((aligned(BLOCK)));
	int fd = open(device, O_RDWR | O_DIRECT);
	if (fd < 0 || pread(fd, buf, sizeof(buf), 0) < 0 || pwrite(fd, buf, BLOCK, 0) < 0)
		die("load: the device");
	close(fd);
}

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *
contend(void *arg)
{
	for (int i = 0; i < 2000; i++) {
		pthread_mutex_lock(&lock);
		if (i % 100 == 0)
			sched_yield();
		pthread_mutex_unlock(&lock);
	}
	return arg;
}

static void
threads(void)
{
	pthread_t t[THREADS];
	for (int i = 0; i < THREADS; i++)
		if (pthread_create(&t[i], NULL, contend, NULL) != 0)
			die("load: pthread_create");
	for (int i = 0; i < THREADS; i++)
		pthread_join(t[i], NULL);
}

static void
on_signal(int sig)
{
	(void)sig;
}

static void
sleeps(void)
{
	static int cpu;
	const struct timespec ts = {0, 100000};
	cpu_set_t set;
	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	cpu = (cpu + 1) % (int)sysconf(_SC_NPROCESSORS_ONLN);
	sched_setaffinity(0, sizeof(set), &set);
	nanosleep(&ts, NULL);
	raise(SIGUSR1);
	sched_yield();
}

static void
pipes(void)
{
	int p[2];
	char c = 0;
	if (pipe(p) != 0)
		die("load: pipe");
	pid_t pid = fork();
	if (pid == 0) {
		close(p[1]);
		while (read(p[0], &c, 1) == 1)
			continue;
		_exit(0);
	}
	for (int i = 0; i < 100; i++)
		(void)!write(p[1], &c, 1);
	close(p[1]);
	close(p[0]);
	waitpid(pid, NULL, 0);
}

/* Files of their own: what the system has may be many, and far away. */
static void
trees(void)
{
	if (system("mkdir -p tree && cd tree && touch $(seq 50) && find . >/dev/null && "
		   "tar -cf - . | dd of=/dev/null bs=512 2>/dev/null; rm -rf ../tree") != 0)
		die("load: find, tar, dd");
}

static const load_t loads[] = {
    {"calls", calls},   {"processes", processes}, {"tcp", tcp},         {"udp", udp},
    {"faults", faults}, {"files", files},         {"threads", threads}, {"sleeps", sleeps},
    {"pipes", pipes},   {"trees", trees},         {"blocks", blocks},
};
enum {
	NLOADS = sizeof(loads) / sizeof(loads[0])
};

FUNC long
leaf(long n)
{
	__asm__ volatile("");
	return n * 3 + 1;
}

FUNC long
middle(long n)
{
	long sum = 0;
	for (long i = 0; i < 3; i++)
		sum += leaf(n + i);
	return sum;
}

static void
victim(void)
{
	const struct timespec ts = {0, 100000};
	static volatile long sum;
	for (long i = 0; i < 10; i++)
		sum += middle(i);
	nanosleep(&ts, NULL);
}

static uint64_t *
counters(const char *path, size_t n)
{
	int fd = open(path, O_RDWR | O_CREAT, 0600);
	if (fd < 0 || ftruncate(fd, (off_t)(n * sizeof(uint64_t))) != 0)
		die(path);
	uint64_t *p = mmap(NULL, n * sizeof(uint64_t), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (p == MAP_FAILED)
		die(path);
	close(fd);
	return p;
}

static void
go_on(void (*round)(void), uint64_t *counter)
{
	for (;;) {
		round();
		__atomic_fetch_add(counter, 1, __ATOMIC_RELAXED);
	}
}

static void
stop(int sig)
{
	(void)sig;
	signal(SIGTERM, SIG_DFL);
	kill(0, SIGTERM);
}

int
main(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "names")) {
		for (int i = 0; i < NLOADS; i++)
			puts(loads[i].name);
		return 0;
	}
	if (argc == 3 && !strcmp(argv[1], "victim"))
		go_on(victim, counters(argv[2], 1));
	if (argc < 3) {
		fputs("usage: load COUNTERS DIRECTORY [DEVICE]\n", stderr);
		return 2;
	}
	uint64_t *count = counters(argv[1], NLOADS);
	dir = argv[2];
	device = argv[3];
	if (chdir(dir) != 0)
		die(dir);
	setpgid(0, 0);
	signal(SIGUSR1, on_signal);
	for (int i = 0; i < NLOADS; i++) {
		if (loads[i].round == blocks && !device)
			continue;
		pid_t pid = fork();
		if (pid < 0)
			die("load: fork");
		if (pid == 0) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			go_on(loads[i].round, &count[i]);
		}
	}
	signal(SIGTERM, stop);
	int status;
	pid_t pid = wait(&status);
	if (pid > 0) /* none ends by itself */
		fprintf(stderr, "load: a load ended with status %x\n", (unsigned)status);
	kill(0, SIGTERM);
	return 1;
}
