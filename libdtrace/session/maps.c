/*
 * maps.c - the module's maps in the kernel: which kind of BPF map each is, and what
 * the kernel wants to know to make it.
 */
#include "impl.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* The kernel's own limit on one CPU's value of a per-CPU map (PCPU_MIN_UNIT_SIZE). */
enum {
	PERCPU_MAX = 32 * 1024,
	ENTRY_COST = 64 /* about the bytes of a hash map's entry beside key and value, with its bucket */
};

int
dt_cpulist_parse(const char *text, bool *set, int n)
{
	const char *p = text;
	int count = 0;
	while (isdigit((unsigned char)*p)) {
		char *end;
		unsigned long lo = strtoul(p, &end, 10), hi = lo;
		if (*end == '-')
			hi = strtoul(end + 1, &end, 10);
		for (unsigned long c = lo; c <= hi && c < (unsigned long)n; c++) {
			count += !set[c];
			set[c] = true;
		}
		p = *end == ',' ? end + 1 : end;
	}
	return count;
}

enum {
	/* Pages a CPU from which the kernel's stock of new keys' values is filled: see make_stock. */
	STOCK = 32,
	STOCK_SIZE = 4096
};

/* Map names in the kernel are at most 15 letters, digits, dots and underscores. */
static void
kernel_name(const char *name, char out[BPF_OBJ_NAME_LEN])
{
	int n = 0;
	for (const char *p = name ? name : "dtrace"; *p && n < (int)BPF_OBJ_NAME_LEN - 1; p++)
		out[n++] = isalnum((unsigned char)*p) || *p == '.' ? *p : '_';
	out[n] = '\0';
}

/* Task storage insists on BTF: a 4-byte integer key and a value type of exactly the value's size. */
static int
create_task_storage(const char *name, uint32_t value_size)
{
	struct btf *btf = btf__new_empty();
	if (!btf)
		return -ENOMEM;
	int key = btf__add_int(btf, "int", 4, BTF_INT_SIGNED);
	int byte = btf__add_int(btf, "unsigned char", 1, 0);
	int value = btf__add_array(btf, key, byte, value_size);
	int err = key < 0 ? key : byte < 0 ? byte : value < 0 ? value : btf__load_into_kernel(btf);
	int fd = err;
	if (!err) {
		LIBBPF_OPTS(bpf_map_create_opts, opts, .map_flags = BPF_F_NO_PREALLOC,
			    .btf_fd = (uint32_t)btf__fd(btf), .btf_key_type_id = (uint32_t)key,
			    .btf_value_type_id = (uint32_t)value);
		fd = bpf_map_create(BPF_MAP_TYPE_TASK_STORAGE, name, 4, value_size, 0, &opts);
	}
	btf__free(btf);
	return fd;
}

/* The outer map only learns from the template that its elements are ring buffers; any size fits later. */
static int
create_bufs(const char *name, uint32_t ncpus)
{
	int inner = bpf_map_create(BPF_MAP_TYPE_RINGBUF, "dt_ring", 0, 0, (uint32_t)getpagesize(), NULL);
	if (inner < 0)
		return inner;
	LIBBPF_OPTS(bpf_map_create_opts, opts, .inner_map_fd = (uint32_t)inner);
	int fd = bpf_map_create(BPF_MAP_TYPE_ARRAY_OF_MAPS, name, 4, 4, ncpus, &opts);
	close(inner);
	return fd;
}

/* The same for bufpolicy=ring; BPF_F_INNER_MAP: elements may have another number of slots. */
static int
create_rings(const char *name, uint32_t slot, uint32_t ncpus)
{
	LIBBPF_OPTS(bpf_map_create_opts, inner_opts, .map_flags = BPF_F_MMAPABLE | BPF_F_INNER_MAP);
	int inner = bpf_map_create(BPF_MAP_TYPE_ARRAY, "dt_ring", 4, slot, 1, &inner_opts);
	if (inner < 0)
		return inner;
	LIBBPF_OPTS(bpf_map_create_opts, opts, .inner_map_fd = (uint32_t)inner);
	int fd = bpf_map_create(BPF_MAP_TYPE_ARRAY_OF_MAPS, name, 4, 4, ncpus, &opts);
	close(inner);
	return fd;
}

static int
create_simple(enum bpf_map_type type, const char *name, const dt_map_t *m, uint32_t flags)
{
	LIBBPF_OPTS(bpf_map_create_opts, opts, .map_flags = flags);
	bool is_array = type == BPF_MAP_TYPE_ARRAY || type == BPF_MAP_TYPE_PERCPU_ARRAY;
	return bpf_map_create(type, name, is_array ? 4 : m->key_size, m->value_size, m->max_entries, &opts);
}

static int
create_rodata(const char *name, const dt_map_t *m)
{
	const uint32_t zero = 0;
	int fd = create_simple(BPF_MAP_TYPE_ARRAY, name, m, BPF_F_RDONLY_PROG);
	if (fd < 0)
		return fd;
	int err = bpf_map_update_elem(fd, &zero, m->init, BPF_ANY);
	if (!err)
		err = bpf_map_freeze(fd);
	if (err) {
		close(fd);
		return err;
	}
	return fd;
}

static int
create_kind(const dt_module_t *mod, const dt_map_t *m, const char *name)
{
	switch (m->kind) {
	case DT_MAP_STATE:
	case DT_MAP_GLOBALS:
	case DT_MAP_SPEC:
		return create_simple(BPF_MAP_TYPE_ARRAY, name, m, BPF_F_MMAPABLE);
	case DT_MAP_RODATA:
		return create_rodata(name, m);
	case DT_MAP_BUFS:
		return create_bufs(name, 2 * (uint32_t)mod->ncpus); /* the spare ones behind */
	case DT_MAP_RINGS:
		return create_rings(name, m->value_size, (uint32_t)mod->ncpus);
	case DT_MAP_SCRATCH:
		return create_simple(BPF_MAP_TYPE_ARRAY, name, m, 0);
	case DT_MAP_SELF:
	case DT_MAP_VTIME:
		return create_task_storage(name, m->value_size);
	case DT_MAP_ASSOC:
		return create_simple(BPF_MAP_TYPE_HASH, name, m, BPF_F_NO_PREALLOC);
	case DT_MAP_AGG:
		if (m->key_size == 0)
			return create_simple(BPF_MAP_TYPE_PERCPU_ARRAY, name, m, 0);
		return create_simple(BPF_MAP_TYPE_PERCPU_HASH, name, m,
				     m->value_size > DT_AGG_LARGE ? 0 : BPF_F_NO_PREALLOC);
	case DT_MAP_AGGSPARE:
		return create_simple(BPF_MAP_TYPE_PERCPU_HASH, name, m, 0);
	case DT_MAP_SPECFREE:
		return create_simple(BPF_MAP_TYPE_QUEUE, name, m, 0);
	}
	return -EINVAL;
}

static const char *
kind_text(dt_mapkind_t kind)
{
	switch (kind) {
	case DT_MAP_STATE:
		return "run state";
	case DT_MAP_RODATA:
		return "constants";
	case DT_MAP_GLOBALS:
		return "global variables";
	case DT_MAP_BUFS:
	case DT_MAP_RINGS:
		return "trace buffers";
	case DT_MAP_SCRATCH:
		return "scratch space";
	case DT_MAP_SELF:
		return "thread-local variables";
	case DT_MAP_ASSOC:
		return "associative array";
	case DT_MAP_AGG:
	case DT_MAP_AGGSPARE:
		return "aggregation";
	case DT_MAP_VTIME:
		return "vtimestamp";
	case DT_MAP_SPEC:
	case DT_MAP_SPECFREE:
		return "speculations (option nspec)";
	}
	return "map";
}

static int
create_failed(dtrace_hdl_t *dtp, const dt_map_t *m, int err)
{
	const char *var = m->ident ? m->ident->name : "", *sigil = m->kind == DT_MAP_AGG ? " @"
								   : m->ident            ? " "
											 : "";
	if (m->kind == DT_MAP_AGG && m->value_size > PERCPU_MAX)
		return dt_set_error(
		    dtp, E2BIG,
		    "aggregation @%s needs %u bytes a CPU for each value, and the kernel allows %d: "
		    "use fewer buckets (a larger step)",
		    var, m->value_size, PERCPU_MAX);
	if (err == EPERM || err == EACCES)
		return dt_set_errno(dtp, EDT_ACCESS);
	return dt_set_error(dtp, err, "cannot make the %s%s%s (%u entries of %u + %u bytes): %s",
			    kind_text(m->kind), sigil, var, m->max_entries, m->key_size, m->value_size,
			    strerror(err));
}

/* A hash map as large as option `opt` asks, or as the kernel and its memory give; then the option says so. */
static int
create_table(dtrace_hdl_t *dtp, const dt_module_t *mod, dt_map_t *m, const char *name, enum dt_opt opt,
	     uint64_t asked)
{
	bool manual = dt_optval(dtp, DT_OPT_BUFRESIZE, 0) != 0;
	uint64_t values = m->kind == DT_MAP_AGG ? (uint64_t)mod->ncpus : 1;
	uint64_t cost = ENTRY_COST + m->key_size + values * m->value_size;
	uint64_t afford = dt_buffer_affordable(1);
	/* More entries than 32 bits can count were asked for. */
	while (m->max_entries == UINT32_MAX && asked / cost > UINT32_MAX)
		asked /= 2;
	for (;; m->max_entries /= 2, asked /= 2) {
		int fd = m->max_entries * cost > afford ? -ENOMEM : create_kind(mod, m, name);
		if ((fd == -ENOMEM || fd == -E2BIG) && !manual && m->max_entries > 1)
			continue;
		if (fd >= 0 && asked < dtp->opt[opt])
			dtp->opt[opt] = asked;
		return fd;
	}
}

static bool
is_mmapable(const dt_map_t *m)
{
	return m->kind == DT_MAP_STATE || m->kind == DT_MAP_GLOBALS || m->kind == DT_MAP_SPEC;
}

static size_t
mapped_size(const dt_map_t *m)
{
	size_t page = (size_t)getpagesize(), size = ((size_t)m->value_size + 7) & ~(size_t)7;
	return (size + page - 1) & ~(page - 1);
}

/*
 * The kernel fills that stock where it cannot wait for memory: from pages that are there, and of those it keeps
 * two to four. A first key would be lost on a machine that is busy, and most of a hundred at once on any.
 * Memory that is asked for where it can wait, and given back, leaves its pages there.
 */
static void
make_stock(const dt_module_t *mod)
{
	bool wanted = false;
	for (int i = 0; i < mod->maps.n; i++)
		wanted |= mod->maps.p[i].kind == DT_MAP_AGG && mod->maps.p[i].key_size > 0;
	int fd = wanted ? bpf_map_create(BPF_MAP_TYPE_PERCPU_ARRAY, "stock", 4, STOCK_SIZE, STOCK, NULL) : -1;
	if (fd >= 0)
		close(fd);
}

int
dt_maps_create(dtrace_hdl_t *dtp, dt_module_t *mod)
{
	make_stock(mod);
	for (int i = 0; i < mod->maps.n; i++) {
		mod->maps.p[i].fd = -1;
		mod->maps.p[i].mem = NULL;
	}
	const uint64_t dynvarsize = dtp->opt[DT_OPT_DYNVARSIZE], aggsize = dtp->opt[DT_OPT_AGGSIZE];
	for (int i = 0; i < mod->maps.n; i++) {
		dt_map_t *m = &mod->maps.p[i];
		char name[BPF_OBJ_NAME_LEN];
		kernel_name(m->name, name);
		int fd;
		if (m->kind == DT_MAP_ASSOC)
			fd = create_table(dtp, mod, m, name, DT_OPT_DYNVARSIZE, dynvarsize);
		else if (m->kind == DT_MAP_AGG && m->key_size > 0 && m->value_size <= PERCPU_MAX)
			fd = create_table(dtp, mod, m, name, DT_OPT_AGGSIZE, aggsize);
		else
			fd = create_kind(mod, m, name);
		if (fd < 0)
			return create_failed(dtp, m, -fd);
		m->fd = fd;
		if (!is_mmapable(m))
			continue;
		void *mem = mmap(NULL, mapped_size(m), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
		if (mem == MAP_FAILED)
			return create_failed(dtp, m, errno);
		m->mem = mem;
	}
	return 0;
}

void
dt_maps_close(dt_module_t *mod)
{
	for (int i = 0; i < mod->maps.n; i++) {
		dt_map_t *m = &mod->maps.p[i];
		if (m->mem)
			munmap(m->mem, mapped_size(m));
		if (m->fd >= 0)
			close(m->fd);
		m->mem = NULL;
		m->fd = -1;
	}
}
