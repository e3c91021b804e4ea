/*
 * buffer.c - reading the trace buffers: one BPF ring buffer a CPU, read in place where
 * the kernel wrote it, and merged by time.
 *
 * A pass begins with the first dt_bufs_next() after a release (or with another
 * `until`) and ends when that gives false.  A heap holds the CPUs that have a record,
 * by the time of their first one, or by number when output is CPU by CPU.
 *
 * A ring in memory: a page the consumer writes its position to, a page with the
 * producers' position, then the data, mapped twice in a row so that no record is ever
 * cut.  A record is 4 bytes of length and flags, 4 of the kernel's, then the data,
 * rounded up to 8.  A record under way carries the busy bit; it holds back its own CPU,
 * and briefly the others, whose records may be later ones.
 */
#include "../process/proc.h"
#include "impl.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
	HDR = 8,                 /* bytes before each record */
	BUSY_WAIT_NS = 2000000,  /* how long a pass waits for a record under way */
	RELEASE_PART = 8,        /* space goes back to the kernel by eighths of the ring */
	PROC_EVENT = 0x7fffffff, /* epoll data of the processes' fd */
	RING_MAX = 1U << 30,     /* the kernel's size is 32 bits */
	MEM_SHARE = 8            /* buffers take at most this part of the available memory */
};

typedef struct ring {
	int cpu, fd;
	void *map[2]; /* consumer page; producer page and data */
	size_t maplen[2];
	unsigned long *consumer;
	const unsigned long *producer;
	const char *data;
	unsigned long mask;
	unsigned long pos, released; /* next record to read; what the kernel knows of it */
	unsigned long limit;         /* producers' position as last seen */
	bool stalled;                /* a record stayed busy: not in this pass any more */
	uint64_t time;               /* of the record at pos, while in the heap */
	uint32_t len;                /* of its data */
} ring_t;

struct dt_bufs {
	int ncpus;
	int nrings; /* twice as many: a spare ring may stand behind each CPU's own */
	bool temporal, in_pass;
	uint64_t until;
	ring_t **bycpu; /* NULL: that CPU has none; from ncpus on, the spare ones */
	ring_t **heap;
	int nheap;
	ring_t *cur; /* the one whose record was given last: heap[0] */
	int epoll;
};

static unsigned long
record_size(uint32_t len)
{
	return ((unsigned long)len + HDR + 7) & ~7UL;
}

static uint32_t
load_len(const ring_t *r, unsigned long pos)
{
	return __atomic_load_n((const uint32_t *)(const void *)(r->data + (pos & r->mask)), __ATOMIC_ACQUIRE);
}

static const struct dt_rechdr *
record_at(const ring_t *r, unsigned long pos)
{
	return (const void *)(r->data + (pos & r->mask) + HDR);
}

/* The kernel fills in a reserved record within microseconds, unless the program was preempted. */
static bool
wait_not_busy(const ring_t *r)
{
	uint64_t deadline = dt_now() + BUSY_WAIT_NS;
	for (;;) {
		sched_yield();
		if (!(load_len(r, r->pos) & BPF_RINGBUF_BUSY_BIT))
			return true;
		if (dt_now() > deadline)
			return false;
	}
}

/* Is there a record to read in this pass?  Skips discarded ones; leaves time and len of the record. */
static bool
ring_head(ring_t *r, uint64_t until)
{
	while (!r->stalled) {
		if (r->pos == r->limit)
			r->limit = __atomic_load_n(r->producer, __ATOMIC_ACQUIRE);
		if (r->pos == r->limit)
			return false;
		uint32_t len = load_len(r, r->pos);
		if (len & BPF_RINGBUF_BUSY_BIT) {
			r->stalled = !wait_not_busy(r);
			continue;
		}
		uint32_t size = len & ~(BPF_RINGBUF_BUSY_BIT | BPF_RINGBUF_DISCARD_BIT);
		if (!(len & BPF_RINGBUF_DISCARD_BIT) && size >= sizeof(struct dt_rechdr)) {
			r->len = size - (uint32_t)sizeof(struct dt_rechdr);
			r->time = record_at(r, r->pos)->time;
			return r->time <= until;
		}
		r->pos += record_size(size);
	}
	return false;
}

static void
ring_release(ring_t *r)
{
	if (r->released == r->pos)
		return;
	r->released = r->pos;
	__atomic_store_n(r->consumer, r->pos, __ATOMIC_RELEASE);
}

static bool
before(const dt_bufs_t *b, const ring_t *x, const ring_t *y)
{
	if (b->temporal && x->time != y->time)
		return x->time < y->time;
	return x->cpu < y->cpu;
}

static void
sift_down(dt_bufs_t *b, int i)
{
	for (;;) {
		int least = i;
		for (int c = 2 * i + 1; c <= 2 * i + 2 && c < b->nheap; c++)
			if (before(b, b->heap[c], b->heap[least]))
				least = c;
		if (least == i)
			return;
		ring_t *r = b->heap[i];
		b->heap[i] = b->heap[least];
		b->heap[least] = r;
		i = least;
	}
}

static void
begin_pass(dt_bufs_t *b, uint64_t until)
{
	b->in_pass = true;
	b->until = until;
	b->nheap = 0;
	for (int c = 0; c < b->nrings; c++) {
		ring_t *r = b->bycpu[c];
		if (!r)
			continue;
		r->stalled = false;
		if (ring_head(r, until))
			b->heap[b->nheap++] = r;
	}
	for (int i = b->nheap / 2; i-- > 0;)
		sift_down(b, i);
}

/* Done with the record that was given last. */
static void
finish_current(dt_bufs_t *b)
{
	ring_t *r = b->cur;
	if (!r)
		return;
	b->cur = NULL;
	r->pos += record_size(r->len + (uint32_t)sizeof(struct dt_rechdr));
	if (r->pos - r->released > r->mask / RELEASE_PART)
		ring_release(r);
	if (!ring_head(r, b->until))
		b->heap[0] = b->heap[--b->nheap];
	sift_down(b, 0);
}

bool
dt_bufs_next(dt_bufs_t *b, uint64_t until, int *cpu, const struct dt_rechdr **hdr, size_t *len)
{
	finish_current(b);
	if (!b->in_pass || until != b->until)
		begin_pass(b, until);
	if (b->nheap == 0)
		return false;
	b->cur = b->heap[0];
	*cpu = b->cur->cpu;
	*hdr = record_at(b->cur, b->cur->pos);
	*len = b->cur->len;
	return true;
}

unsigned
dt_bufs_fill(const dt_bufs_t *b)
{
	unsigned most = 0;
	for (int c = 0; c < b->ncpus; c++) {
		const ring_t *r = b->bycpu[c];
		if (!r)
			continue;
		unsigned long used = __atomic_load_n(r->producer, __ATOMIC_RELAXED) - r->released;
		unsigned percent = (unsigned)(used * 100 / (r->mask + 1));
		if (percent > most)
			most = percent;
	}
	return most;
}

size_t
dt_bufs_size(const dt_bufs_t *b)
{
	for (int c = 0; c < b->ncpus; c++)
		if (b->bycpu[c])
			return b->bycpu[c]->mask + 1;
	return 0;
}

const struct dt_rechdr *
dt_bufs_peek(const dt_bufs_t *b, int cpu)
{
	const ring_t *r = b->bycpu[cpu];
	if (!r)
		return NULL;
	unsigned long pos = r->pos, limit = __atomic_load_n(r->producer, __ATOMIC_ACQUIRE);
	if (b->cur == r)
		pos += record_size(r->len + (uint32_t)sizeof(struct dt_rechdr));
	while (pos != limit) {
		uint32_t len = load_len(r, pos);
		if (len & BPF_RINGBUF_BUSY_BIT)
			return NULL;
		if (!(len & BPF_RINGBUF_DISCARD_BIT) && len >= sizeof(struct dt_rechdr))
			return record_at(r, pos);
		pos += record_size(len & ~BPF_RINGBUF_DISCARD_BIT);
	}
	return NULL;
}

void
dt_bufs_release(dt_bufs_t *b)
{
	finish_current(b);
	b->in_pass = false;
	for (int c = 0; c < b->nrings; c++)
		if (b->bycpu[c])
			ring_release(b->bycpu[c]);
}

dt_bufs_t *
dt_bufs_new(int ncpus, bool temporal)
{
	dt_bufs_t *b = dt_xcalloc(1, sizeof(*b));
	b->ncpus = ncpus;
	b->temporal = temporal;
	b->nrings = 2 * ncpus;
	b->bycpu = dt_xcalloc((size_t)b->nrings, sizeof(ring_t *));
	b->heap = dt_xcalloc((size_t)b->nrings, sizeof(ring_t *));
	b->epoll = -1;
	return b;
}

static ring_t *
add_ring(dt_bufs_t *b, int cpu, unsigned long *consumer, const unsigned long *producer, const char *data,
	 size_t size)
{
	ring_t *r = dt_xcalloc(1, sizeof(*r));
	r->cpu = cpu % b->ncpus;
	r->fd = -1;
	r->consumer = consumer;
	r->producer = producer;
	r->data = data;
	r->mask = size - 1;
	r->pos = r->released = r->limit = *consumer;
	b->bycpu[cpu] = r;
	return r;
}

void
dt_bufs_add(dt_bufs_t *b, int cpu, unsigned long *consumer, const unsigned long *producer, const char *data,
	    size_t size)
{
	add_ring(b, cpu, consumer, producer, data, size);
}

static void
free_rings(dt_bufs_t *b)
{
	for (int c = 0; c < b->nrings; c++) {
		ring_t *r = b->bycpu[c];
		if (!r)
			continue;
		for (int i = 0; i < 2; i++)
			if (r->map[i])
				munmap(r->map[i], r->maplen[i]);
		if (r->fd >= 0)
			close(r->fd);
		free(r);
		b->bycpu[c] = NULL;
	}
}

void
dt_bufs_free(dt_bufs_t *b)
{
	if (!b)
		return;
	free_rings(b);
	if (b->epoll >= 0)
		close(b->epoll);
	free(b->bycpu);
	free(b->heap);
	free(b);
}

/* The smallest ring the kernel makes that holds so many bytes. */
static size_t
ring_size(size_t asked)
{
	size_t size = (size_t)getpagesize();
	while (size < asked && size < RING_MAX)
		size *= 2;
	return size;
}

/* A kernel ring for one CPU: 0 or -errno. */
static int
make_ring(dt_bufs_t *b, int cpu, size_t size)
{
	size_t page = (size_t)getpagesize();
	int fd = bpf_map_create(BPF_MAP_TYPE_RINGBUF, "dt_ring", 0, 0, (uint32_t)size, NULL);
	if (fd < 0)
		return fd;
	void *cons = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	void *prod = mmap(NULL, page + 2 * size, PROT_READ, MAP_SHARED, fd, (off_t)page);
	if (cons == MAP_FAILED || prod == MAP_FAILED) {
		if (cons != MAP_FAILED)
			munmap(cons, page);
		if (prod != MAP_FAILED)
			munmap(prod, page + 2 * size);
		close(fd);
		return -ENOMEM;
	}
	ring_t *r = add_ring(b, cpu, cons, prod, (const char *)prod + page, size);
	r->fd = fd;
	r->map[0] = cons;
	r->maplen[0] = page;
	r->map[1] = prod;
	r->maplen[1] = page + 2 * size;
	return 0;
}

int
dt_buffer_cpus(const dtrace_hdl_t *dtp, bool *online, int ncpus)
{
	uint64_t only = dt_optval(dtp, DT_OPT_CPU, UINT64_MAX);
	if (only < (uint64_t)ncpus) {
		online[only] = true;
		return 1;
	}
	char text[4096] = "";
	FILE *f = fopen("/sys/devices/system/cpu/online", "re");
	if (f) {
		if (!fgets(text, sizeof(text), f))
			text[0] = '\0';
		fclose(f);
	}
	int n = dt_cpulist_parse(text, online, ncpus);
	for (int c = 0; n == 0 && c < ncpus; c++)
		online[c] = true;
	return n ? n : ncpus;
}

size_t
dt_buffer_affordable(int nrings)
{
	unsigned long long kb = 0;
	char line[128];
	FILE *f = fopen("/proc/meminfo", "re");
	if (f) {
		while (fgets(line, sizeof(line), f))
			if (sscanf(line, "MemAvailable: %llu kB", &kb) == 1)
				break;
		fclose(f);
	}
	return kb ? (size_t)(kb * 1024 / MEM_SHARE / (unsigned)nrings) : SIZE_MAX;
}

/* Hand the rings to the programs, all at once: every change of a map of maps costs a grace period. */
static int
publish(dt_bufs_t *b, int outer_map_fd)
{
	uint32_t *keys = dt_xcalloc((size_t)b->nrings, sizeof(*keys)), n = 0;
	int *fds = dt_xcalloc((size_t)b->nrings, sizeof(*fds)), err = 0;
	for (int c = 0; c < b->nrings; c++) {
		if (b->bycpu[c]) {
			keys[n] = (uint32_t)c;
			fds[n++] = b->bycpu[c]->fd;
		}
	}
	uint32_t done = n;
	if (bpf_map_update_batch(outer_map_fd, keys, fds, &done, NULL) != 0)
		for (uint32_t i = 0; i < n && !err; i++)
			err = bpf_map_update_elem(outer_map_fd, &keys[i], &fds[i], BPF_ANY);
	free(keys);
	free(fds);
	return err;
}

static int
make_rings(dt_bufs_t *b, const bool *online, size_t size, int outer_map_fd, size_t spare)
{
	for (int c = 0; c < b->ncpus; c++) {
		int err = online[c] ? make_ring(b, c, size) : 0;
		if (!err && online[c] && spare)
			err = make_ring(b, b->ncpus + c, ring_size(spare));
		if (err) {
			free_rings(b);
			return err;
		}
	}
	int err = publish(b, outer_map_fd);
	if (err)
		free_rings(b);
	return err;
}

/* The size asked for, rounded up, or the largest the kernel gives; then option bufsize says so. */
static int
make_all(dtrace_hdl_t *dtp, dt_bufs_t *b, size_t asked, int outer_map_fd, size_t spare)
{
	bool *online = dt_xcalloc((size_t)b->ncpus, sizeof(bool));
	size_t page = (size_t)getpagesize(), size = ring_size(asked);
	size_t afford = dt_buffer_affordable(dt_buffer_cpus(dtp, online, b->ncpus));
	int err = 0;
	bool manual = dt_optval(dtp, DT_OPT_BUFRESIZE, 0) != 0, lowered = size < asked;
	if (lowered && manual)
		err = -ENOMEM;
	while (!err) {
		err = size > afford && size > page ? -ENOMEM : make_rings(b, online, size, outer_map_fd, spare);
		if (!err || manual || size == page || err == -EPERM)
			break;
		err = 0;
		size /= 2;
		lowered = true;
	}
	free(online);
	if (err)
		return dt_set_error(dtp, -err, "cannot make trace buffers of %zu bytes a CPU: %s",
				    manual ? asked : size, strerror(-err));
	if (lowered)
		dtp->opt[DT_OPT_BUFSIZE] = size;
	return 0;
}

static int
watch(dt_bufs_t *b, int fd, uint32_t events, uint32_t data)
{
	struct epoll_event ev = {.events = events, .data.u32 = data};
	return epoll_ctl(b->epoll, EPOLL_CTL_ADD, fd, &ev);
}

dt_bufs_t *
dt_bufs_create(dtrace_hdl_t *dtp, int ncpus, size_t size, int outer_map_fd, size_t spare)
{
	dt_bufs_t *b = dt_bufs_new(ncpus, dt_optval(dtp, DT_OPT_TEMPORAL, 1) != 0);
	b->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (b->epoll < 0) {
		dt_set_errno(dtp, errno);
		goto fail;
	}
	if (outer_map_fd >= 0 && make_all(dtp, b, size, outer_map_fd, spare) != 0)
		goto fail;
	/* A ring polls readable whenever it holds data; edge-triggered, it reports wake-ups only, and programs
	 * send one for urgent records alone. */
	for (int c = 0; c < b->nrings; c++)
		if (b->bycpu[c] && watch(b, b->bycpu[c]->fd, EPOLLIN | EPOLLET, (uint32_t)c) != 0) {
			dt_set_errno(dtp, errno);
			goto fail;
		}
	int procs = dt_procs_fd(dtp);
	if (procs >= 0 && watch(b, procs, EPOLLIN, PROC_EVENT) != 0) {
		dt_set_errno(dtp, errno);
		goto fail;
	}
	return b;
fail:
	dt_bufs_free(b);
	return NULL;
}

int
dt_bufs_wait(dt_bufs_t *b, uint64_t ns)
{
	struct epoll_event ev[8];
	const uint64_t ms = (ns + 999999) / 1000000;
	int n = epoll_wait(b->epoll, ev, 8, ms > 3600000 ? 3600000 : (int)ms);
	return n < 0 ? -1 : n > 0;
}
