/*
 * ring.c - bufpolicy=ring: buffers that keep the newest records.  Each CPU has an array of
 * slots (struct dt_ringslot) that programs go round in, without anybody reading; at the end
 * what is there is put in order and handed over in the layout of the other buffers.
 */
#include "impl.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
	HDR = 8 /* of a record in the layout that buffer.c reads */
};

typedef struct ring {
	int fd;
	const char *mem;
	size_t maplen;
	char *copy;
	unsigned long consumer, producer; /* of the copy */
} ring_t;

struct dt_rings {
	int ncpus;
	size_t slot, nslots;
	ring_t *cpu;
};

static int
make_ring(struct dt_rings *r, int cpu, int outer_fd)
{
	ring_t *ring = &r->cpu[cpu];
	size_t page = (size_t)getpagesize();
	LIBBPF_OPTS(bpf_map_create_opts, opts, .map_flags = BPF_F_MMAPABLE | BPF_F_INNER_MAP);
	ring->fd =
	    bpf_map_create(BPF_MAP_TYPE_ARRAY, "dt_ring", 4, (uint32_t)r->slot, (uint32_t)r->nslots, &opts);
	if (ring->fd < 0)
		return ring->fd;
	ring->maplen = (r->slot * r->nslots + page - 1) & ~(page - 1);
	void *mem = mmap(NULL, ring->maplen, PROT_READ, MAP_SHARED, ring->fd, 0);
	if (mem == MAP_FAILED)
		return -ENOMEM;
	ring->mem = mem;
	return bpf_map_update_elem(outer_fd, &cpu, &ring->fd, BPF_ANY);
}

static void
drop_rings(struct dt_rings *r)
{
	for (int c = 0; c < r->ncpus; c++) {
		ring_t *ring = &r->cpu[c];
		if (ring->mem)
			munmap((void *)(uintptr_t)ring->mem, ring->maplen);
		if (ring->fd >= 0)
			close(ring->fd);
		free(ring->copy);
		*ring = (ring_t){.fd = -1};
	}
}

static int
make_rings(struct dt_rings *r, const bool *online, int outer_fd)
{
	int err = 0;
	for (int c = 0; c < r->ncpus && !err; c++)
		err = online[c] ? make_ring(r, c, outer_fd) : 0;
	if (err)
		drop_rings(r);
	return err;
}

struct dt_rings *
dt_rings_create(dtrace_hdl_t *dtp, int ncpus, size_t size, const dt_map_t *outer, uint64_t *mask)
{
	struct dt_rings *r = dt_xcalloc(1, sizeof(*r));
	bool *online = dt_xcalloc((size_t)ncpus, sizeof(bool));
	r->ncpus = ncpus;
	r->slot = outer->value_size;
	r->cpu = dt_xcalloc((size_t)ncpus, sizeof(ring_t));
	for (int c = 0; c < ncpus; c++)
		r->cpu[c].fd = -1;
	size_t afford = dt_buffer_affordable(dt_buffer_cpus(dtp, online, ncpus));
	bool manual = dt_optval(dtp, DT_OPT_BUFRESIZE, 0) != 0, lowered = false;
	int err = size < r->slot ? EDT_BUFTOOSMALL : 0;
	while (!err) {
		for (r->nslots = 1; 2 * r->nslots * r->slot <= size && r->nslots < 1U << 30;)
			r->nslots *= 2;
		err = size > afford && r->nslots > 1 ? ENOMEM : -make_rings(r, online, outer->fd);
		if (!err || manual || r->nslots == 1 || err == EPERM)
			break;
		err = 0;
		size /= 2;
		lowered = true;
	}
	free(online);
	if (err) {
		if (err == EDT_BUFTOOSMALL)
			dt_set_error(dtp, err, "%s: a record takes %zu bytes of a ring, option bufsize is %zu",
				     dtrace_errmsg(NULL, err), r->slot, size);
		else
			dt_set_error(dtp, err, "cannot make trace buffers of %zu bytes a CPU: %s", size,
				     strerror(err));
		dt_rings_free(r);
		return NULL;
	}
	if (lowered)
		dtp->opt[DT_OPT_BUFSIZE] = size;
	*mask = r->nslots - 1;
	return r;
}

void
dt_rings_free(struct dt_rings *r)
{
	if (!r)
		return;
	drop_rings(r);
	free(r->cpu);
	free(r);
}

static const struct dt_ringslot *
slot(const struct dt_rings *r, const ring_t *ring, size_t i)
{
	return (const void *)(ring->mem + i * r->slot);
}

/* Complete: not empty, not left half-written, not longer than it can be. */
static bool
is_record(const struct dt_rings *r, const struct dt_ringslot *s)
{
	return s->stamp && !(s->stamp & 1) && s->len >= sizeof(struct dt_rechdr) &&
	       s->len <= r->slot - sizeof(*s);
}

static int
by_stamp(const void *a, const void *b)
{
	const struct dt_ringslot *x = *(const struct dt_ringslot *const *)a,
				 *y = *(const struct dt_ringslot *const *)b;
	return (x->stamp > y->stamp) - (x->stamp < y->stamp);
}

static void
collect(struct dt_rings *r, int cpu, dt_bufs_t *bufs)
{
	ring_t *ring = &r->cpu[cpu];
	const struct dt_ringslot **list = dt_xcalloc(r->nslots, sizeof(*list));
	size_t n = 0, total = 0, size = 1;
	for (size_t i = 0; i < r->nslots; i++)
		if (is_record(r, slot(r, ring, i))) {
			list[n] = slot(r, ring, i);
			total += (HDR + list[n++]->len + 7) & ~7UL;
		}
	qsort(list, n, sizeof(*list), by_stamp);
	while (size < total)
		size *= 2;
	ring->copy = dt_xcalloc(1, size);
	for (size_t i = 0; i < n; i++) {
		char *at = ring->copy + ring->producer;
		const uint32_t len = (uint32_t)list[i]->len;
		memcpy(at, &len, sizeof(len));
		memcpy(at + HDR, list[i] + 1, len);
		ring->producer += (HDR + len + 7) & ~7UL;
	}
	free(list);
	dt_bufs_add(bufs, cpu, &ring->consumer, &ring->producer, ring->copy, size);
}

void
dt_rings_collect(struct dt_rings *r, dt_bufs_t *bufs)
{
	for (int c = 0; c < r->ncpus; c++)
		if (r->cpu[c].mem)
			collect(r, c, bufs);
}
