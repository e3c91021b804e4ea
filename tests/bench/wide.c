/*
 * wide.c - what it costs to enable all functions of the kernel, to run with them enabled, and to remove them:
 * `fbt:::entry { @[probefunc] = count(); }` against one bare kprobe.multi link on the same functions.
 * For a kernel that has kprobe.multi: tests/vm/run 6.12 -- make bench.
 *
 *   wide DTRACE FLOORDIR
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

typedef struct result {
	double enable, work, remove; /* seconds */
	double rss;                  /* MB of the tracer */
	int n;
} result_t;

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

static result_t
floor_of(const char *dtrace, const char *dir)
{
	char path[512], line[512], name[256];
	int n;
	char **v = listed(dtrace, &n), *key = name;
	unsigned long *addr = calloc(2 * (size_t)n, sizeof(*addr));
	size_t naddr = 0;
	FILE *f = fopen(LIST, "r");
	if (!f)
		die(LIST);
	while (fgets(line, sizeof(line), f))
		if (sscanf(line, "%lx %255s", &addr[naddr], name) == 2 && naddr + 1 < 2 * (size_t)n &&
		    bsearch(&key, v, (size_t)n, sizeof(*v), cmp))
			naddr++;
	fclose(f);
	snprintf(path, sizeof(path), "%s/wide.bpf.o", dir);
	double t = now();
	struct bpf_object *obj = bpf_object__open(path);
	if (!obj || bpf_object__load(obj) < 0)
		die("wide: cannot load the floor's program");
	LIBBPF_OPTS(bpf_link_create_opts, opts, .kprobe_multi.cnt = (unsigned)naddr,
		    .kprobe_multi.addrs = addr);
	int link = bpf_link_create(bpf_program__fd(bpf_object__next_program(obj, NULL)), 0,
				   BPF_TRACE_KPROBE_MULTI, &opts);
	if (link < 0)
		die("wide: kprobe.multi");
	result_t r = {.enable = now() - t, .n = (int)naddr};
	r.work = work();
	t = now();
	close(link);
	bpf_object__close(obj);
	r.remove = now() - t;
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
	r.enable = now() - t;
	r.work = work();
	t = now();
	kill(pid, SIGINT);
	FILE *f = fdopen(out[0], "r");
	char line[512];
	while (fgets(line, sizeof(line), f))
		r.n++;
	wait4(pid, NULL, 0, &ru);
	r.remove = now() - t;
	r.rss = (double)ru.ru_maxrss / 1024;
	return r;
}

int
main(int argc, char **argv)
{
	if (argc != 3) {
		fputs("usage: wide DTRACE FLOORDIR\n", stderr);
		return 2;
	}
	if (access(LIST, R_OK) != 0) {
		puts("all functions: not measured: this kernel cannot trace them at once");
		return 0;
	}
	libbpf_set_print(NULL);
	work(); /* into the caches */
	double alone = work();
	result_t f = floor_of(argv[1], argv[2]), d = dtrace_of(argv[1]);
	printf("all functions of the kernel  %10s %10s %8s\n", "floor s", "dbridge s", "ratio");
	printf("%-28s %10.1f %10.1f %8.2f\n", "enable", f.enable, d.enable, d.enable / f.enable);
	printf("%-28s %10.1f %10.1f %8.2f\n", "workload", f.work, d.work, d.work / f.work);
	printf("%-28s %10.1f %10.1f %8.2f\n", "remove", f.remove, d.remove, d.remove / f.remove);
	double fs = f.enable + f.work + f.remove, ds = d.enable + d.work + d.remove;
	printf("%-28s %10.1f %10.1f %8.2f\n", "together", fs, ds, ds / fs);
	printf("%d functions, %d seen; the workload alone takes %.1f s; dtrace needs %.0f MB\n", f.n, d.n,
	       alone, d.rss);
	return 0;
}
