/*
 * wide.c - what it costs to enable all functions of the kernel, to run with them enabled, and to remove them:
 * `fbt:::entry { @[probefunc] = count(); }` against one bare kprobe.multi link on the same functions.
 * Turn by turn, so that both see the same machine; each figure is the median of the rounds.  For a kernel that
 * has kprobe.multi: tests/vm/run 6.12 -- make bench.
 *
 *   wide DTRACE FLOORDIR [ROUNDS]
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define LIST     "/sys/kernel/tracing/available_filter_functions_addrs"
#define WORKLOAD "find /usr/share/doc -name 'a*' >/dev/null"

enum {
	MAXROUNDS = 101
};

/* What is measured, and the names the rows have. */
enum {
	ENABLE,
	WORK,
	REMOVE,
	NPHASES
};
static const char *const phases[NPHASES] = {"enable", "workload", "remove"};

typedef struct result {
	double s[NPHASES]; /* seconds */
	double rss;        /* MB of the tracer */
	int n;             /* functions enabled; for dtrace, seen */
} result_t;

/* The functions dtrace lists, by address: what the floor links to. */
typedef struct functions {
	unsigned long *addr;
	size_t n;
} functions_t;

static double
now(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static void
die(const char *what)
{
	perror(what);
	exit(1);
}

static double
work(void)
{
	double t = now();
	if (system(WORKLOAD) != 0)
		die("wide: the workload");
	return now() - t;
}

static int
cmp(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The functions dtrace lists, sorted. */
static char **
listed(const char *dtrace, int *n)
{
	char cmd[512], line[512], fun[256];
	char **v = NULL;
	snprintf(cmd, sizeof(cmd), "%s -ln fbt:::entry 2>/dev/null", dtrace);
	FILE *f = popen(cmd, "r");
	*n = 0;
	while (f && fgets(line, sizeof(line), f)) {
		if (sscanf(line, "%*d %*s %*s %255s", fun) != 1)
			continue;
		if ((*n & (*n - 1)) == 0)
			v = realloc(v, sizeof(*v) * (size_t)(*n ? 2 * *n : 1));
		v[(*n)++] = strdup(fun);
	}
	if (!f || pclose(f) != 0 || !*n) {
		puts("all functions: not measured: dtrace -l has no fbt probes on this kernel");
		exit(0);
	}
	qsort(v, (size_t)*n, sizeof(*v), cmp);
	return v;
}

static functions_t
functions_of(const char *dtrace)
{
	char line[512], name[256], *key = name;
	int n;
	char **v = listed(dtrace, &n);
	size_t max = 2 * (size_t)n;
	functions_t fns = {calloc(max, sizeof(*fns.addr)), 0};
	FILE *f = fopen(LIST, "r");
	if (!f || !fns.addr)
		die(LIST);
	while (fns.n < max && fgets(line, sizeof(line), f))
		if (sscanf(line, "%lx %255s", &fns.addr[fns.n], name) == 2 &&
		    bsearch(&key, v, (size_t)n, sizeof(*v), cmp))
			fns.n++;
	fclose(f);
	for (int i = 0; i < n; i++)
		free(v[i]);
	free(v);
	return fns;
}

static result_t
floor_of(const functions_t *fns, const char *dir)
{
	char path[512];
	result_t r = {.n = (int)fns->n};
	snprintf(path, sizeof(path), "%s/wide.bpf.o", dir);
	double t = now();
	struct bpf_object *obj = bpf_object__open(path);
	if (!obj || bpf_object__load(obj) < 0)
		die("wide: cannot load the floor's program");
	LIBBPF_OPTS(bpf_link_create_opts, opts, .kprobe_multi.cnt = (unsigned)fns->n,
		    .kprobe_multi.addrs = fns->addr);
	int link = bpf_link_create(bpf_program__fd(bpf_object__next_program(obj, NULL)), 0,
				   BPF_TRACE_KPROBE_MULTI, &opts);
	if (link < 0)
		die("wide: kprobe.multi");
	r.s[ENABLE] = now() - t;
	r.s[WORK] = work();
	t = now();
	close(link);
	bpf_object__close(obj);
	r.s[REMOVE] = now() - t;
	return r;
}

static result_t
dtrace_of(char *dtrace)
{
	char *argv[] = {dtrace, "-qn",
			"BEGIN { printf(\"ready\\n\"); } fbt:::entry { @[probefunc] = count(); }", NULL};
	int out[2];
	char c;
	struct rusage ru;
	result_t r = {0};
	if (pipe(out) < 0)
		die("wide: pipe");
	double t = now();
	pid_t pid = fork();
	if (pid == 0) {
		dup2(out[1], 1);
		dup2(open("/dev/null", 1), 2);
		close(out[0]);
		execv(dtrace, argv);
		_exit(127);
	}
	close(out[1]);
	if (read(out[0], &c, 1) != 1)
		die("wide: dtrace");
	r.s[ENABLE] = now() - t;
	r.s[WORK] = work();
	t = now();
	kill(pid, SIGINT);
	FILE *f = fdopen(out[0], "r");
	char line[512];
	while (fgets(line, sizeof(line), f))
		r.n++;
	fclose(f);
	wait4(pid, NULL, 0, &ru);
	r.s[REMOVE] = now() - t;
	r.rss = (double)ru.ru_maxrss / 1024;
	return r;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

/* Of one phase; phase NPHASES: of all together. */
static double
median(const result_t *r, int rounds, int phase)
{
	double v[MAXROUNDS] = {0};
	for (int i = 0; i < rounds; i++)
		for (int p = 0; p < NPHASES; p++)
			if (p == phase || phase == NPHASES)
				v[i] += r[i].s[p];
	qsort(v, (size_t)rounds, sizeof(*v), by_size);
	return v[rounds / 2];
}

int
main(int argc, char **argv)
{
	static result_t f[MAXROUNDS], d[MAXROUNDS];
	int rounds = argc > 3 ? atoi(argv[3]) : 5;
	if (argc < 3 || rounds < 1 || rounds > MAXROUNDS) {
		fputs("usage: wide DTRACE FLOORDIR [ROUNDS]\n", stderr);
		return 2;
	}
	if (access(LIST, R_OK) != 0) {
		puts("all functions: not measured: this kernel cannot trace them at once");
		return 0;
	}
	libbpf_set_print(NULL);
	functions_t fns = functions_of(argv[1]);
	work(); /* into the caches */
	double alone = work();
	for (int i = 0; i < rounds; i++) {
		f[i] = floor_of(&fns, argv[2]);
		d[i] = dtrace_of(argv[1]);
	}
	printf("all functions of the kernel  %10s %10s %8s\n", "floor s", "dbridge s", "ratio");
	for (int p = 0; p <= NPHASES; p++) {
		double fs = median(f, rounds, p), ds = median(d, rounds, p);
		printf("%-28s %10.1f %10.1f %8.2f\n", p < NPHASES ? phases[p] : "together", fs, ds, ds / fs);
	}
	printf("%d functions, %d seen; the workload alone takes %.1f s; dtrace needs %.0f MB; rounds: %d\n",
	       f[0].n, d[0].n, alone, d[0].rss, rounds);
	free(fns.addr);
	return 0;
}
