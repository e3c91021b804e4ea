/*
 * perfmap.c - see perfmap.h.  A line of the file is the start and the size of a piece of
 * code, in hexadecimal, and its name.  Code comes and goes while the process runs: the file
 * is read again when it has changed, and the later of two lines for an address counts.
 *
 * Anybody can put such a file into /tmp: only one that belongs to the process's user, or to root, is read.
 */
#include "perfmap.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	MAX_PROCS = 64, /* the one not asked for the longest is forgotten */
	LOOK_BACK = 32  /* lines that may overlap another's start */
};

typedef struct code {
	uint64_t start, end;
	int line;
	char *name;
} code_t;

typedef struct perfmap {
	struct perfmap *next; /* most recently used first */
	pid_t pid;
	struct timespec mtime;
	off_t size;
	DT_VEC(code_t) codes; /* by start, then line */
} perfmap_t;

struct dt_perfmaps {
	perfmap_t *maps;
};

static void
forget_codes(perfmap_t *m)
{
	for (int i = 0; i < m->codes.n; i++)
		free(m->codes.p[i].name);
	dt_vec_free(&m->codes);
}

/* The process's id as it knows it, and its user. */
static pid_t
own_id(pid_t pid, uid_t *uid)
{
	char path[64], line[256];
	pid_t own = pid;
	*uid = 0;
	snprintf(path, sizeof(path), "/proc/%d/status", pid);
	FILE *f = fopen(path, "re");
	if (!f)
		return pid;
	while (fgets(line, sizeof(line), f)) {
		const char *last = strrchr(line, '\t');
		if (strncmp(line, "Uid:", 4) == 0)
			*uid = (uid_t)strtoul(line + 4, NULL, 10);
		else if (strncmp(line, "NSpid:", 6) == 0 && last)
			own = (pid_t)strtol(last, NULL, 10);
	}
	fclose(f);
	return own;
}

static int
open_map(pid_t pid, struct stat *st)
{
	char path[2][96];
	uid_t uid;
	snprintf(path[0], sizeof(path[0]), "/proc/%d/root/tmp/perf-%d.map", pid, own_id(pid, &uid));
	snprintf(path[1], sizeof(path[1]), "/tmp/perf-%d.map", pid); /* the process may be gone */
	for (int i = 0; i < 2; i++) {
		int fd = open(path[i], O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
		if (fd < 0)
			continue;
		if (fstat(fd, st) == 0 && S_ISREG(st->st_mode) && (st->st_uid == uid || st->st_uid == 0))
			return fd;
		close(fd);
	}
	return -1;
}

static int
by_start(const void *a, const void *b)
{
	const code_t *x = a, *y = b;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return (x->line > y->line) - (x->line < y->line);
}

static void
read_codes(perfmap_t *m, FILE *f)
{
	char *line = NULL;
	size_t cap = 0;
	forget_codes(m);
	while (getline(&line, &cap, f) > 0) {
		uint64_t start, size;
		int at = 0;
		if (sscanf(line, "%" SCNx64 " %" SCNx64 " %n", &start, &size, &at) < 2 || at == 0 || size == 0)
			continue;
		line[at + (int)strcspn(line + at, "\n")] = '\0';
		*dt_vec_push(&m->codes) = (code_t){start, start + size, m->codes.n, dt_xstrdup(line + at)};
	}
	free(line);
	if (m->codes.n)
		qsort(m->codes.p, (size_t)m->codes.n, sizeof(code_t), by_start);
}

static void
refresh(perfmap_t *m)
{
	struct stat st;
	int fd = open_map(m->pid, &st);
	if (fd < 0)
		return;
	bool same = st.st_size == m->size && st.st_mtim.tv_sec == m->mtime.tv_sec &&
		    st.st_mtim.tv_nsec == m->mtime.tv_nsec;
	FILE *f = same ? NULL : fdopen(fd, "r");
	if (!f) {
		close(fd);
		return;
	}
	m->size = st.st_size;
	m->mtime = st.st_mtim;
	read_codes(m, f);
	fclose(f);
}

static void
forget_after(perfmap_t **link, int keep)
{
	while (*link && keep-- > 0)
		link = &(*link)->next;
	for (perfmap_t *m = *link, *next; m; m = next) {
		next = m->next;
		forget_codes(m);
		free(m);
	}
	*link = NULL;
}

static perfmap_t *
map_of(struct dt_perfmaps *pm, pid_t pid)
{
	perfmap_t **link = &pm->maps, *m;
	while (*link && (*link)->pid != pid)
		link = &(*link)->next;
	m = *link;
	if (m) {
		*link = m->next;
	} else {
		m = dt_xcalloc(1, sizeof(*m));
		m->pid = pid;
	}
	m->next = pm->maps;
	pm->maps = m;
	forget_after(&pm->maps, MAX_PROCS);
	return m;
}

const char *
dt_perfmap_byaddr(dtrace_hdl_t *dtp, pid_t pid, uint64_t addr)
{
	if (pid <= 0)
		return NULL;
	if (!dtp->perfmaps)
		dtp->perfmaps = dt_xcalloc(1, sizeof(*dtp->perfmaps));
	perfmap_t *m = map_of(dtp->perfmaps, pid);
	refresh(m);
	int lo = 0, hi = m->codes.n;
	while (lo < hi) {
		int mid = lo + (hi - lo) / 2;
		if (m->codes.p[mid].start <= addr)
			lo = mid + 1;
		else
			hi = mid;
	}
	const code_t *best = NULL;
	for (int i = lo - 1; i >= 0 && i >= lo - LOOK_BACK; i--) {
		const code_t *c = &m->codes.p[i];
		if (addr < c->end && (!best || c->line > best->line))
			best = c;
	}
	return best ? best->name : NULL;
}

void
dt_perfmaps_close(dtrace_hdl_t *dtp)
{
	if (!dtp->perfmaps)
		return;
	forget_after(&dtp->perfmaps->maps, 0);
	free(dtp->perfmaps);
	dtp->perfmaps = NULL;
}
