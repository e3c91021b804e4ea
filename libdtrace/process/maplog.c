/*
 * maplog.c - see maplog.h.
 *
 * One event a CPU writes records into a ring of its own.  A process may have moved between CPUs, so a pass
 * over all rings sorts what it found by time.  A report that was lost costs names, nothing else.
 */
#include "maplog.h"

#include <linux/perf_event.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

enum {
	RING_PAGES = 128, /* a CPU: some 4,000 reports */
	MAX_PROCS = 4096, /* remembered: the one that began the longest ago is forgotten */
	MAX_MAPS = 256,   /* of a process: the oldest are forgotten */
	MAX_FORKS = 16,   /* generations to look for a mapping */
	NBUCKETS = 1024,
	MAX_RECORD = 65536 /* a record's size is 16 bits */
};

/* A report: a mapping, or with path NULL a fork. */
typedef struct report {
	uint64_t time;
	pid_t pid, parent;
	dt_mapping_t map;
} report_t;

typedef struct logproc {
	struct logproc *next;
	pid_t pid, parent; /* parent 0: not seen to start */
	DT_VEC(dt_mapping_t) maps;
} logproc_t;

typedef struct ring {
	int fd;
	struct perf_event_mmap_page *page;
} ring_t;

struct dt_maplog {
	size_t pagesize;
	DT_VEC(ring_t) rings;
	char *record; /* room for one */
	DT_VEC(report_t) fresh;
	logproc_t *procs[NBUCKETS];
	pid_t order[MAX_PROCS]; /* of the processes, by when they were first heard of */
	uint64_t nprocs;        /* so far */
};

/* ------------------------------------------------------------- the kernel's side */

/* A dummy event counts nothing: it is there for what the kernel writes beside samples. */
static int
open_event(int cpu)
{
	struct perf_event_attr attr = {
	    .size = sizeof(attr),
	    .type = PERF_TYPE_SOFTWARE,
	    .config = PERF_COUNT_SW_DUMMY,
	    .sample_type = PERF_SAMPLE_TIME,
	    .mmap = 1,
	    .mmap2 = 1,
	    .task = 1,
	    .sample_id_all = 1,
	    .exclude_kernel = 1,
	    .use_clockid = 1,
	    .clockid = CLOCK_MONOTONIC,
	};
	return (int)syscall(SYS_perf_event_open, &attr, -1, cpu, -1, PERF_FLAG_FD_CLOEXEC);
}

void
dt_maplog_open(dtrace_hdl_t *dtp)
{
	if (dtp->maplog)
		return;
	struct dt_maplog *log = dtp->maplog = dt_xcalloc(1, sizeof(*log));
	long ncpus = sysconf(_SC_NPROCESSORS_CONF);
	log->pagesize = (size_t)sysconf(_SC_PAGESIZE);
	log->record = dt_xcalloc(1, MAX_RECORD);
	for (int cpu = 0; cpu < ncpus; cpu++) {
		ring_t r = {.fd = open_event(cpu)};
		if (r.fd < 0)
			continue; /* off line, or refused */
		r.page =
		    mmap(NULL, (1 + RING_PAGES) * log->pagesize, PROT_READ | PROT_WRITE, MAP_SHARED, r.fd, 0);
		if (r.page == MAP_FAILED)
			close(r.fd);
		else
			*dt_vec_push(&log->rings) = r;
	}
	dt_debug("mappings are reported by %d CPUs", log->rings.n);
}

static void
copy_out(const struct dt_maplog *log, const ring_t *r, uint64_t at, void *dst, size_t n)
{
	const size_t size = RING_PAGES * log->pagesize;
	const char *data = (const char *)r->page + log->pagesize;
	size_t from = at % size, first = n < size - from ? n : size - from;
	memcpy(dst, data + from, first);
	memcpy((char *)dst + first, data, n - first);
}

/* The kernel's records, as perf_event_open(2) lays them out; each ends in the time. */
struct fork_record {
	struct perf_event_header h;
	uint32_t pid, ppid, tid, ptid;
	uint64_t when;
};
struct mmap2_record {
	struct perf_event_header h;
	uint32_t pid, tid;
	uint64_t addr, len, pgoff;
	uint32_t major, minor;
	uint64_t ino, ino_generation;
	uint32_t prot, flags;
	char filename[];
};

static void
take_fork(struct dt_maplog *log, const struct fork_record *f, uint64_t time)
{
	if (f->pid == f->ppid) /* a thread */
		return;
	*dt_vec_push(&log->fresh) = (report_t){.time = time, .pid = (pid_t)f->pid, .parent = (pid_t)f->ppid};
}

static void
take_mapping(struct dt_maplog *log, const struct mmap2_record *m, uint64_t time)
{
	if (m->filename[0] != '/' && strcmp(m->filename, "[vdso]") != 0)
		return;
	if (strncmp(m->filename, "//", 2) == 0) /* "//anon" and its like */
		return;
	dt_mapping_t map = {.start = m->addr,
			    .end = m->addr + m->len,
			    .off = m->pgoff,
			    .dev = makedev(m->major, m->minor),
			    .ino = m->ino,
			    .path = dt_xstrdup(m->filename)};
	*dt_vec_push(&log->fresh) = (report_t){.time = time, .pid = (pid_t)m->pid, .map = map};
}

static void
read_ring(struct dt_maplog *log, const ring_t *r)
{
	uint64_t head = __atomic_load_n(&r->page->data_head, __ATOMIC_ACQUIRE), at = r->page->data_tail;
	while (at < head) {
		struct perf_event_header h;
		uint64_t time;
		copy_out(log, r, at, &h, sizeof(h));
		if (h.size < sizeof(h) + sizeof(time))
			break;
		copy_out(log, r, at, log->record, h.size);
		memcpy(&time, log->record + h.size - sizeof(time), sizeof(time));
		if (h.type == PERF_RECORD_FORK)
			take_fork(log, (const void *)log->record, time);
		else if (h.type == PERF_RECORD_MMAP2)
			take_mapping(log, (const void *)log->record, time);
		at += h.size;
	}
	__atomic_store_n(&r->page->data_tail, head, __ATOMIC_RELEASE);
}

/* -------------------------------------------------------------------- our side */

static logproc_t **
find(struct dt_maplog *log, pid_t pid)
{
	logproc_t **link = &log->procs[(uint32_t)pid % NBUCKETS];
	while (*link && (*link)->pid != pid)
		link = &(*link)->next;
	return link;
}

static void
forget_maps(logproc_t *p)
{
	for (int i = 0; i < p->maps.n; i++)
		free(p->maps.p[i].path);
	dt_vec_free(&p->maps);
}

static void
forget(struct dt_maplog *log, pid_t pid)
{
	logproc_t **link = find(log, pid), *p = *link;
	if (!p)
		return;
	*link = p->next;
	forget_maps(p);
	free(p);
}

static logproc_t *
get(struct dt_maplog *log, pid_t pid)
{
	logproc_t *p = *find(log, pid);
	if (p)
		return p;
	pid_t *slot = &log->order[log->nprocs++ % MAX_PROCS];
	if (*slot)
		forget(log, *slot);
	*slot = pid;
	p = dt_xcalloc(1, sizeof(*p));
	p->pid = pid;
	logproc_t **link = find(log, pid);
	p->next = *link;
	return *link = p;
}

static bool
same(const dt_mapping_t *a, const dt_mapping_t *b)
{
	return a->start == b->start && a->end == b->end && a->off == b->off && a->dev == b->dev &&
	       a->ino == b->ino;
}

/* The newest comes last. */
static void
add_map(logproc_t *p, dt_mapping_t m)
{
	int i = 0;
	while (i < p->maps.n && !same(&p->maps.p[i], &m))
		i++;
	if (i == p->maps.n && i == MAX_MAPS)
		i = 0;
	if (i < p->maps.n) {
		free(p->maps.p[i].path);
		memmove(&p->maps.p[i], &p->maps.p[i + 1], (size_t)(p->maps.n - i - 1) * sizeof(dt_mapping_t));
		p->maps.p[p->maps.n - 1] = m;
	} else {
		*dt_vec_push(&p->maps) = m;
	}
}

static int
by_time(const void *a, const void *b)
{
	const report_t *ra = a, *rb = b;
	return (ra->time > rb->time) - (ra->time < rb->time);
}

void
dt_maplog_read(dtrace_hdl_t *dtp)
{
	struct dt_maplog *log = dtp->maplog;
	if (!log)
		return;
	for (int i = 0; i < log->rings.n; i++)
		read_ring(log, &log->rings.p[i]);
	qsort(log->fresh.p, (size_t)log->fresh.n, sizeof(report_t), by_time);
	for (int i = 0; i < log->fresh.n; i++) {
		report_t *r = &log->fresh.p[i];
		logproc_t *p = get(log, r->pid);
		if (r->map.path) {
			add_map(p, r->map);
		} else { /* another process had this number before */
			forget_maps(p);
			p->parent = r->parent;
		}
	}
	log->fresh.n = 0;
}

const dt_mapping_t *
dt_maplog_find(dtrace_hdl_t *dtp, pid_t pid, uint64_t addr, pid_t *other)
{
	*other = 0;
	if (!dtp->maplog)
		return NULL;
	for (int hops = 0; hops < MAX_FORKS; hops++) {
		const logproc_t *p = *find(dtp->maplog, pid);
		for (int i = p ? p->maps.n : 0; i-- > 0;)
			if (addr >= p->maps.p[i].start && addr < p->maps.p[i].end)
				return &p->maps.p[i];
		if (!p || !p->parent) {
			*other = hops > 0 ? pid : 0;
			break;
		}
		pid = p->parent;
	}
	return NULL;
}

void
dt_maplog_close(dtrace_hdl_t *dtp)
{
	struct dt_maplog *log = dtp->maplog;
	if (!log)
		return;
	for (int i = 0; i < log->rings.n; i++) {
		munmap(log->rings.p[i].page, (1 + RING_PAGES) * log->pagesize);
		close(log->rings.p[i].fd);
	}
	for (int i = 0; i < NBUCKETS; i++)
		while (log->procs[i])
			forget(log, log->procs[i]->pid);
	dt_vec_free(&log->rings);
	dt_vec_free(&log->fresh);
	free(log->record);
	free(log);
	dtp->maplog = NULL;
}
