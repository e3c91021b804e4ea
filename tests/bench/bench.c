/*
 * bench.c - what tracing costs: dbridge against hand-written BPF (floor/) and bpftrace.
 *
 * Cost: a loop of getppid() is timed without a tracer and with each, turn by turn, so that all see the same
 * machine; the figure is the median of the differences, ns a call.  Of switches between two processes and of
 * reads of the block device $DISK it is the median of what the kernel says the tracer's programs ran, ns a
 * switch or read. Start: a command from fork to exit, wall time, CPU time and peak RSS, medians.
 *
 *   bench DTRACE FLOORDIR [ROUNDS]          $ROWS: only the rows with these letters, and nothing else
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	CALLS = 50000,
	LOOPS = 12,
	SWITCHES = 200, /* few: none of a loop's may be to somebody else */
	SWITCH_LOOPS = 400,
	READS = 50,
	READ_LOOPS = 40,
	MAXROUNDS = 101,
	READY_MS = 20000,
	STOP_MS = 5000
};

static const char *dtrace, *floordir;
static const char *only; /* letters of rows; NULL: all */
static int rounds = 7;
static cpu_set_t all_cpus;

static double
now(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec * 1e9 + (double)ts.tv_nsec;
}

static void
calls(void)
{
	for (int i = 0; i < CALLS; i++)
		syscall(SYS_getppid);
}

/* A byte goes to a process on this CPU and comes back: two switches. */
static int to_echo[2], from_echo[2];

static void
switches(void)
{
	char c = 'x';
	for (int i = 0; i < SWITCHES; i += 2)
		if (write(to_echo[1], &c, 1) != 1 || read(from_echo[0], &c, 1) != 1)
			exit(1);
}

static void
start_echo(void)
{
	char c;
	if (pipe2(to_echo, O_CLOEXEC) < 0 || pipe2(from_echo, O_CLOEXEC) < 0)
		exit(1);
	if (fork() == 0) {
		close(to_echo[1]);
		while (read(to_echo[0], &c, 1) == 1 && write(from_echo[1], &c, 1) == 1)
			;
		_exit(0);
	}
}

/* Reads past the page cache, of a device that is nearly as fast as memory (bench.sh makes it). */
static int disk = -1;

static void
reads(void)
{
	static char sector[4096] __attribute__((aligned(4096)));
	for (int i = 0; i < READS; i++)
		if (pread(disk, sector, sizeof(sector), (off_t)sizeof(sector) * i) != sizeof(sector))
			exit(1);
}

typedef struct loop {
	void (*run)(void);
	int n, times;
	/* It takes too long, and is never twice the same, to see the programs' part in it: the kernel says how
	 * long they ran. */
	bool by_run_time;
} loop_t;

static const loop_t getppid_loop = {calls, CALLS, LOOPS, false},
		    switch_loop = {switches, SWITCHES, SWITCH_LOOPS, true},
		    read_loop = {reads, READS, READ_LOOPS, true};

/* ns each: the best of several short loops, as whatever else runs only adds. */
static double
loop(const loop_t *l)
{
	double best = 0;
	for (int k = 0; k < l->times; k++) {
		double t = now();
		l->run();
		t = (now() - t) / l->n;
		best = k && best < t ? best : t;
	}
	return best;
}

static int
cmp(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

static double
median(double *v, int n)
{
	qsort(v, (size_t)n, sizeof(*v), cmp);
	return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

/* -------------------------------------------------------------- tracers to compare */

enum {
	MAXPROGS = 64
};
typedef struct tracer {
	pid_t pid;
	int prog[MAXPROGS], nprogs; /* its programs, to ask the kernel about */
	int out;
	struct bpf_object *obj;
	struct bpf_link *link[4];
	int nlinks;
} tracer_t;

/* Start a command and wait until it says "ready" on its output. */
static bool
start_command(tracer_t *t, char *const argv[])
{
	int fd[2];
	if (pipe(fd) < 0)
		return false;
	fflush(stdout);
	t->pid = fork();
	if (t->pid == 0) {
		sched_setaffinity(0, sizeof(all_cpus), &all_cpus);
		sched_setscheduler(0, SCHED_OTHER, &(struct sched_param){0});
		dup2(fd[1], 1);
		if (!freopen("/dev/null", "w", stderr)) /* bpftrace complains about RLIMIT_MEMLOCK */
			_exit(126);
		close(fd[0]);
		execvp(argv[0], argv);
		_exit(127);
	}
	close(fd[1]);
	t->out = fd[0];
	char buf[4096];
	size_t n = 0;
	struct pollfd p = {.fd = fd[0], .events = POLLIN};
	while (n < sizeof(buf) - 1 && poll(&p, 1, READY_MS) > 0) {
		ssize_t r = read(fd[0], buf + n, sizeof(buf) - 1 - n);
		if (r <= 0)
			break;
		n += (size_t)r;
		buf[n] = '\0';
		if (strstr(buf, "ready"))
			return true;
	}
	return false;
}

static void
stop_command(tracer_t *t)
{
	char buf[4096];
	struct pollfd p = {.fd = t->out, .events = POLLIN};
	kill(t->pid, SIGINT);
	while (poll(&p, 1, STOP_MS) > 0 && read(t->out, buf, sizeof(buf)) > 0)
		;
	kill(t->pid, SIGKILL); /* bpftrace 0.17 has been seen to hang at its end */
	close(t->out);
	waitpid(t->pid, NULL, 0);
}

static bool
start_floor(tracer_t *t, const char *name)
{
	char path[512];
	struct bpf_program *p;
	snprintf(path, sizeof(path), "%s/%s.bpf.o", floordir, name);
	t->obj = bpf_object__open(path);
	if (!t->obj || bpf_object__load(t->obj) < 0)
		return false;
	bpf_object__for_each_program(p, t->obj)
	{
		struct bpf_link *l = bpf_program__attach(p);
		if (libbpf_get_error(l))
			return false;
		t->link[t->nlinks++] = l;
	}
	return true;
}

static void
stop_floor(tracer_t *t)
{
	for (int i = 0; i < t->nlinks; i++)
		bpf_link__destroy(t->link[i]);
	bpf_object__close(t->obj);
}

static void
add_prog(tracer_t *t, int fd)
{
	if (fd >= 0 && t->nprogs < MAXPROGS)
		t->prog[t->nprogs++] = fd;
}

/* The programs a command holds. */
static void
find_progs(tracer_t *t)
{
	char path[512], line[128];
	unsigned id;
	snprintf(path, sizeof(path), "/proc/%d/fdinfo", t->pid);
	DIR *d = opendir(path);
	for (struct dirent *e; d && (e = readdir(d));) {
		snprintf(path, sizeof(path), "/proc/%d/fdinfo/%.16s", t->pid, e->d_name);
		FILE *f = fopen(path, "r");
		bool is_prog = false;
		while (f && fgets(line, sizeof(line), f)) {
			is_prog |= !strncmp(line, "prog_type:", 10);
			if (is_prog && sscanf(line, "prog_id: %u", &id) == 1)
				add_prog(t, bpf_prog_get_fd_by_id(id));
		}
		if (f)
			fclose(f);
	}
	if (d)
		closedir(d);
}

/* ns that its programs have run. */
static double
run_time(const tracer_t *t)
{
	double sum = 0;
	for (int i = 0; i < t->nprogs; i++) {
		struct bpf_prog_info info = {0};
		__u32 len = sizeof(info);
		if (bpf_obj_get_info_by_fd(t->prog[i], &info, &len) == 0)
			sum += (double)info.run_time_ns;
	}
	return sum;
}

typedef struct work {
	const char *name, *floor, *d, *bt;
} work_t;

static const work_t works[] = {
    {"(a) predicate is false", "pred", "syscall::getppid:entry /pid == 1/ { @ = count(); }",
     "tracepoint:syscalls:sys_enter_getppid /pid == 1/ { @ = count(); }"},
    {"(b) @ = count()", "count", "syscall::getppid:entry { @ = count(); }",
     "tracepoint:syscalls:sys_enter_getppid { @ = count(); }"},
    {"(c) @[execname] = count()", "execname", "syscall::getppid:entry { @[execname] = count(); }",
     "tracepoint:syscalls:sys_enter_getppid { @[comm] = count(); }"},
    {"(d) latency, quantize", "latency",
     "syscall::getppid:entry { self->ts = timestamp; } "
     "syscall::getppid:return /self->ts/ { @ = quantize(timestamp - self->ts); self->ts = 0; }",
     "tracepoint:syscalls:sys_enter_getppid { @s[tid] = nsecs; } "
     "tracepoint:syscalls:sys_exit_getppid /@s[tid]/ { @ = hist(nsecs - @s[tid]); delete(@s[tid]); }"},
    /* Which of these a kernel can do, loading the floor tells. */
    {"(e) fbt, by fentry", "fentry", "fbt::__task_pid_nr_ns:entry { @ = count(); }",
     "kfunc:__task_pid_nr_ns { @ = count(); }"},
    {"(f) fbt, by kprobe.multi", "kmulti", "rawfbt::__task_pid_nr_ns:entry { @ = count(); }",
     "kprobe:__task_pid_nr_ns { @ = count(); }"},
    {"(g) fbt, by kprobe", "kprobe", "rawfbt::__task_pid_nr_ns:entry { @ = count(); }",
     "kprobe:__task_pid_nr_ns { @ = count(); }"},
    {"(h) sched, on-cpu to off-cpu", "switch",
     "sched:::on-cpu { self->ts = timestamp; } "
     "sched:::off-cpu /self->ts/ { @[execname] = quantize(timestamp - self->ts); self->ts = 0; }",
     "tracepoint:sched:sched_switch { $s = @s[args->prev_pid]; if ($s) { @[comm] = hist(nsecs - $s); "
     "delete(@s[args->prev_pid]); } @s[args->next_pid] = nsecs; }"},
    {"(i) io, start to done", "bio",
     "io:::start { ts[arg0] = timestamp; } "
     "io:::done /ts[arg0]/ { @ = quantize(timestamp - ts[arg0]); ts[arg0] = 0; }",
     "tracepoint:block:block_bio_queue { @s[args->dev, args->sector] = nsecs; } "
     "tracepoint:block:block_rq_complete /@s[args->dev, args->sector]/ { "
     "@ = hist(nsecs - @s[args->dev, args->sector]); delete(@s[args->dev, args->sector]); }"},
};

/* rawfbt takes kprobe.multi where there is one: then a kprobe's cost cannot be seen. */
static bool
possible(const work_t *w)
{
	tracer_t t = {0};
	if (!strcmp(w->floor, "bio") && disk < 0)
		return false;
	bool ok = start_floor(&t, w->floor);
	stop_floor(&t);
	if (ok && !strcmp(w->floor, "kprobe")) {
		tracer_t multi = {0};
		ok = !start_floor(&multi, "kmulti");
		stop_floor(&multi);
	}
	return ok;
}

static bool have_bpftrace;

enum {
	FLOOR,
	DBRIDGE,
	BPFTRACE,
	NKINDS
};

static const loop_t *
loop_of(const work_t *w)
{
	return !strcmp(w->floor, "switch") ? &switch_loop
	       : !strcmp(w->floor, "bio")  ? &read_loop
					   : &getppid_loop;
}

static double
run_time_each(tracer_t *t, const loop_t *l)
{
	double best = 0;
	struct bpf_program *p;
	int stats = bpf_enable_stats(BPF_STATS_RUN_TIME);
	if (t->obj)
		bpf_object__for_each_program(p, t->obj) add_prog(t, dup(bpf_program__fd(p)));
	else
		find_progs(t);
	for (int k = 0; k < l->times; k++) {
		double v = run_time(t);
		l->run();
		v = (run_time(t) - v) / l->n;
		best = k && best < v ? best : v;
	}
	for (int i = 0; i < t->nprogs; i++)
		close(t->prog[i]);
	close(stats);
	return best;
}

/* The loop under one tracer; a timed one's cost is against the untraced loops on either side of it. */
static double
cost(const work_t *w, int kind)
{
	tracer_t t = {0};
	char text[1024];
	bool ok;
	const loop_t *l = loop_of(w);
	double before = l->by_run_time ? 0 : loop(l);
	if (kind == FLOOR) {
		ok = start_floor(&t, w->floor);
	} else if (kind == DBRIDGE) {
		snprintf(text, sizeof(text), "BEGIN { printf(\"ready\\n\"); } %s", w->d);
		char *argv[] = {(char *)(uintptr_t)dtrace, "-q", "-x", "switchrate=10ms", "-n", text, NULL};
		ok = start_command(&t, argv);
	} else {
		snprintf(text, sizeof(text), "BEGIN { printf(\"ready\\n\"); } %s", w->bt);
		char *argv[] = {"bpftrace", "-e", text, NULL};
		ok = start_command(&t, argv);
	}
	if (!ok && kind == BPFTRACE) {
		stop_command(&t);
		return NAN;
	}
	if (!ok) {
		fprintf(stderr, "bench: cannot start tracer %d for %s: %s\n", kind, w->name, strerror(errno));
		exit(1);
	}
	loop(l);
	double with = l->by_run_time ? run_time_each(&t, l) : loop(l);
	if (kind == FLOOR)
		stop_floor(&t);
	else
		stop_command(&t);
	if (l->by_run_time)
		return with;
	double after = loop(l);
	return with - (before + after) / 2;
}

static void
bench_cost(void)
{
	printf("%-28s %10s %10s %8s %10s %8s\n", "cost of a traced call, switch", "floor ns", "dbridge ns",
	       "ratio", have_bpftrace ? "bpftrace" : "", have_bpftrace ? "ratio" : "");
	for (size_t i = 0; i < sizeof(works) / sizeof(works[0]); i++) {
		double v[NKINDS][MAXROUNDS];
		if (only && !strchr(only, works[i].name[1]))
			continue;
		if (!possible(&works[i])) {
			printf("%-28s not on this %s\n", works[i].name,
			       !strcmp(works[i].floor, "bio") && disk < 0 ? "machine: no disk to read"
									  : "kernel");
			continue;
		}
		for (int r = 0; r < rounds; r++)
			for (int k = 0; k < NKINDS; k++)
				if (k != BPFTRACE || (have_bpftrace && (!r || !isnan(v[k][0]))))
					v[k][r] = cost(&works[i], k);
		double f = median(v[FLOOR], rounds), d = median(v[DBRIDGE], rounds);
		printf("%-28s %10.0f %10.0f %8.2f", works[i].name, f, d, d / f);
		if (have_bpftrace && isnan(v[BPFTRACE][0])) {
			printf(" %10s %8s", "does not", "start");
		} else if (have_bpftrace) {
			double b = median(v[BPFTRACE], rounds);
			printf(" %10.0f %8.2f", b, b / f);
		}
		printf("\n");
		fflush(stdout);
	}
}

/* ------------------------------------------------------------------ start to finish */

typedef struct run {
	double wall, cpu, rss;
} run_t;

static run_t
run(char *const argv[])
{
	struct rusage ru;
	double t = now();
	fflush(stdout);
	pid_t pid = fork();
	if (pid == 0) {
		if (!freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr))
			_exit(126);
		execvp(argv[0], argv);
		_exit(127);
	}
	int status;
	if (wait4(pid, &status, 0, &ru) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		fprintf(stderr, "bench: %s failed\n", argv[0]);
		exit(1);
	}
	double wall = now() - t;
	double cpu = (double)(ru.ru_utime.tv_sec + ru.ru_stime.tv_sec) * 1e3 +
		     (double)(ru.ru_utime.tv_usec + ru.ru_stime.tv_usec) / 1e3;
	return (run_t){wall / 1e6, cpu, (double)ru.ru_maxrss / 1024};
}

static void
bench_start(const char *name, char *const argv[])
{
	double w[MAXROUNDS], c[MAXROUNDS], m[MAXROUNDS];
	for (int r = 0; r < rounds; r++) {
		run_t x = run(argv);
		w[r] = x.wall;
		c[r] = x.cpu;
		m[r] = x.rss;
	}
	printf("%-50s %8.1f %8.1f %8.1f\n", name, median(w, rounds), median(c, rounds), median(m, rounds));
	fflush(stdout);
}

int
main(int argc, char **argv)
{
	if (argc < 3) {
		fputs("usage: bench DTRACE FLOORDIR [ROUNDS]\n", stderr);
		return 2;
	}
	only = getenv("ROWS");
	dtrace = argv[1];
	floordir = argv[2];
	if (argc > 3)
		rounds = atoi(argv[3]);
	if (rounds < 5 || rounds > MAXROUNDS)
		rounds = 5;
	if (geteuid() != 0) {
		fputs("bench: needs root\n", stderr);
		return 1;
	}
	cpu_set_t cpus; /* stay where we are: another CPU may run at another speed */
	sched_getaffinity(0, sizeof(all_cpus), &all_cpus);
	CPU_ZERO(&cpus);
	CPU_SET(sched_getcpu(), &cpus);
	sched_setaffinity(0, sizeof(cpus), &cpus);
	/* What else the machine does waits for the loops, where we may say so. */
	sched_setscheduler(0, SCHED_FIFO, &(struct sched_param){1});
	libbpf_set_print(NULL);
	const char *without = getenv("NOBPFTRACE");
	have_bpftrace = !without && system("command -v bpftrace >/dev/null 2>&1") == 0;
	start_echo();
	if (getenv("DISK"))
		disk = open(getenv("DISK"), O_RDONLY | O_DIRECT | O_CLOEXEC);
	bench_cost();
	if (only)
		return 0;
	char *prog = (char *)(uintptr_t)dtrace;
	char *begin[] = {prog, "-n", "BEGIN { exit(0); }", NULL};
	char *all[] = {prog, "-n", "syscall:::entry { @[execname] = count(); } BEGIN { exit(0); }", NULL};
	char *bt[] = {"bpftrace", "-e", "BEGIN { exit(); }", NULL};
	printf("\n%-50s %8s %8s %8s\n", "start to finish", "wall ms", "CPU ms", "RSS MB");
	bench_start("dbridge   BEGIN { exit(0); }", begin);
	bench_start("dbridge   syscall:::entry {...} BEGIN { exit(0); }", all);
	if (have_bpftrace)
		bench_start("bpftrace  BEGIN { exit(); }", bt);
	return 0;
}
