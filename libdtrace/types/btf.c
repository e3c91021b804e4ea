/* btf.c - see btf.h. */
#include "btf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../handle/arena.h"

enum {
	MAXDEPTH = 64 /* of typedef chains and nested anonymous members: deeper means damage */
};

struct dt_btf {
	const dt_btf_t *base;
	void *data;
	size_t len;
	bool mapped;
	const char *strs;
	uint32_t strlen, strbase; /* strings of a module count on after those of its base */
	uint32_t first, count;
	const struct btf_type **types; /* by id - first */
	uint32_t *slot;                /* hash of names: ids, 0 = free */
	uint32_t mask;
};

static const struct btf_type void_type;

/* Bytes after the btf_type itself, or -1 for a kind this file does not know. */
static ssize_t
extra_size(const struct btf_type *t)
{
	size_t n = dt_btf_vlen(t);
	switch (dt_btf_kind(t)) {
	case BTF_KIND_PTR:
	case BTF_KIND_FWD:
	case BTF_KIND_TYPEDEF:
	case BTF_KIND_VOLATILE:
	case BTF_KIND_CONST:
	case BTF_KIND_RESTRICT:
	case BTF_KIND_FUNC:
	case BTF_KIND_FLOAT:
	case BTF_KIND_TYPE_TAG:
		return 0;
	case BTF_KIND_INT:
	case BTF_KIND_VAR:
	case BTF_KIND_DECL_TAG:
		return sizeof(uint32_t);
	case BTF_KIND_ARRAY:
		return sizeof(struct btf_array);
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		return (ssize_t)(n * sizeof(struct btf_member));
	case BTF_KIND_ENUM:
		return (ssize_t)(n * sizeof(struct btf_enum));
	case BTF_KIND_ENUM64:
		return (ssize_t)(n * sizeof(struct btf_enum64));
	case BTF_KIND_FUNC_PROTO:
		return (ssize_t)(n * sizeof(struct btf_param));
	case BTF_KIND_DATASEC:
		return (ssize_t)(n * sizeof(struct btf_var_secinfo));
	default:
		return -1;
	}
}

/* Kinds found by name through the hash; an enum is one kind whatever its width. */
static uint32_t
hashed_kind(uint32_t kind)
{
	switch (kind) {
	case BTF_KIND_ENUM64:
		return BTF_KIND_ENUM;
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
	case BTF_KIND_ENUM:
	case BTF_KIND_TYPEDEF:
		return kind;
	default:
		return 0;
	}
}

static uint32_t
hash_name(uint32_t kind, const char *s)
{
	uint32_t h = 2166136261U ^ kind;
	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 16777619U;
	return h ^ (h >> 15);
}

static void
build_hash(dt_btf_t *b)
{
	uint32_t named = 0;
	for (uint32_t i = 0; i < b->count - b->first; i++)
		named += hashed_kind(dt_btf_kind(b->types[i])) && b->types[i]->name_off;
	uint32_t size = 16;
	while (size < 2 * named)
		size *= 2;
	b->mask = size - 1;
	b->slot = dt_xcalloc(size, sizeof(*b->slot));
	for (uint32_t id = b->first; id < b->count; id++) {
		const struct btf_type *t = b->types[id - b->first];
		uint32_t kind = hashed_kind(dt_btf_kind(t));
		if (!kind || !t->name_off)
			continue;
		uint32_t h = hash_name(kind, dt_btf_str(b, t->name_off)) & b->mask;
		while (b->slot[h])
			h = (h + 1) & b->mask;
		b->slot[h] = id;
	}
}

/* Index every type of the file; false when its parts do not fit together. */
static bool
index_types(dt_btf_t *b)
{
	const struct btf_header *h = b->data;
	if (b->len < sizeof(*h) || h->magic != BTF_MAGIC || h->version != BTF_VERSION ||
	    h->hdr_len < sizeof(*h) || h->hdr_len > b->len)
		return false;
	size_t room = b->len - h->hdr_len;
	if (h->type_off > room || h->type_len > room - h->type_off || h->str_off > room ||
	    h->str_len > room - h->str_off || !h->str_len || h->type_off % 4)
		return false;
	const char *start = (const char *)b->data + h->hdr_len;
	b->strs = start + h->str_off;
	b->strlen = h->str_len;
	if (b->strs[b->strlen - 1])
		return false;
	b->first = b->base ? b->base->count : 1;
	b->strbase = b->base ? b->base->strbase + b->base->strlen : 0;
	const char *p = start + h->type_off, *end = p + h->type_len;
	size_t cap = h->type_len / 24 + 16, n = 0;
	b->types = dt_xcalloc(cap, sizeof(*b->types));
	while (p < end) {
		const struct btf_type *t = (const struct btf_type *)p;
		if ((size_t)(end - p) < sizeof(*t))
			return false;
		ssize_t extra = extra_size(t);
		if (extra < 0 || extra > end - p - (ssize_t)sizeof(*t))
			return false;
		if (n == cap)
			b->types = dt_xrealloc(b->types, (cap *= 2) * sizeof(*b->types));
		b->types[n++] = t;
		p += sizeof(*t) + (size_t)extra;
	}
	b->count = b->first + (uint32_t)n;
	return true;
}

/* Kernels from 6.16 let the file be mapped; on others it is copied. */
static bool
load_file(dt_btf_t *b, int fd)
{
	struct stat st;
	if (fstat(fd, &st) || st.st_size <= 0)
		return false;
	b->len = (size_t)st.st_size;
	b->data = mmap(NULL, b->len, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
	if (b->data != MAP_FAILED) {
		b->mapped = true;
		return true;
	}
	b->data = dt_xcalloc(1, b->len);
	for (size_t got = 0; got < b->len;) {
		ssize_t n = read(fd, (char *)b->data + got, b->len - got);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		got += (size_t)n;
	}
	return true;
}

dt_btf_t *
dt_btf_open(const char *path, const dt_btf_t *base)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return NULL;
	dt_btf_t *b = dt_xcalloc(1, sizeof(*b));
	b->base = base;
	bool loaded = load_file(b, fd);
	close(fd);
	if (!loaded || !index_types(b)) {
		dt_btf_close(b);
		errno = EINVAL;
		return NULL;
	}
	build_hash(b);
	return b;
}

void
dt_btf_close(dt_btf_t *b)
{
	if (!b)
		return;
	if (b->mapped)
		munmap(b->data, b->len);
	else
		free(b->data);
	free(b->types);
	free(b->slot);
	free(b);
}

uint32_t
dt_btf_count(const dt_btf_t *b)
{
	return b->count;
}

uint32_t
dt_btf_first(const dt_btf_t *b)
{
	return b->first;
}

const struct btf_type *
dt_btf_type(const dt_btf_t *b, uint32_t id)
{
	if (!id || id >= b->count)
		return &void_type;
	if (id < b->first)
		return dt_btf_type(b->base, id);
	return b->types[id - b->first];
}

const char *
dt_btf_str(const dt_btf_t *b, uint32_t off)
{
	if (off < b->strbase)
		return dt_btf_str(b->base, off);
	return off - b->strbase < b->strlen ? b->strs + (off - b->strbase) : "";
}

uint32_t
dt_btf_find(const dt_btf_t *b, uint32_t kind, const char *name)
{
	if (!*name)
		return 0;
	uint32_t hk = hashed_kind(kind);
	if (!hk) { /* functions, variables: asked seldom */
		for (uint32_t id = b->first; id < b->count; id++) {
			const struct btf_type *t = b->types[id - b->first];
			if (dt_btf_kind(t) == kind && !strcmp(dt_btf_str(b, t->name_off), name))
				return id;
		}
	} else {
		for (uint32_t h = hash_name(hk, name) & b->mask; b->slot[h]; h = (h + 1) & b->mask) {
			const struct btf_type *t = b->types[b->slot[h] - b->first];
			if (hashed_kind(dt_btf_kind(t)) == hk && !strcmp(dt_btf_str(b, t->name_off), name))
				return b->slot[h];
		}
	}
	return b->base ? dt_btf_find(b->base, kind, name) : 0;
}

uint32_t
dt_btf_resolve(const dt_btf_t *b, uint32_t id)
{
	for (int depth = 0; depth < MAXDEPTH; depth++) {
		const struct btf_type *t = dt_btf_type(b, id);
		switch (dt_btf_kind(t)) {
		case BTF_KIND_TYPEDEF:
		case BTF_KIND_VOLATILE:
		case BTF_KIND_CONST:
		case BTF_KIND_RESTRICT:
		case BTF_KIND_TYPE_TAG:
			id = t->type;
			break;
		default:
			return id;
		}
	}
	return 0;
}

static const struct btf_array *
array_of(const struct btf_type *t)
{
	return (const struct btf_array *)(t + 1);
}

uint32_t
dt_btf_sizeof(const dt_btf_t *b, uint32_t id)
{
	uint64_t n = 1;
	for (int depth = 0; depth < MAXDEPTH; depth++) {
		const struct btf_type *t = dt_btf_type(b, id = dt_btf_resolve(b, id));
		switch (dt_btf_kind(t)) {
		case BTF_KIND_INT:
		case BTF_KIND_FLOAT:
		case BTF_KIND_ENUM:
		case BTF_KIND_ENUM64:
		case BTF_KIND_STRUCT:
		case BTF_KIND_UNION:
			n *= t->size;
			return n <= UINT32_MAX ? (uint32_t)n : 0;
		case BTF_KIND_PTR:
			n *= sizeof(void *);
			return n <= UINT32_MAX ? (uint32_t)n : 0;
		case BTF_KIND_ARRAY:
			n *= array_of(t)->nelems;
			if (n > UINT32_MAX)
				return 0;
			id = array_of(t)->type;
			break;
		default:
			return 0;
		}
	}
	return 0;
}

static uint32_t
align_depth(const dt_btf_t *b, uint32_t id, int depth)
{
	const struct btf_type *t = dt_btf_type(b, dt_btf_resolve(b, id));
	uint32_t align = 1;
	if (depth >= MAXDEPTH)
		return 1;
	switch (dt_btf_kind(t)) {
	case BTF_KIND_INT:
	case BTF_KIND_FLOAT:
	case BTF_KIND_ENUM:
	case BTF_KIND_ENUM64:
		return t->size > 16 || !t->size || (t->size & (t->size - 1)) ? 1 : t->size;
	case BTF_KIND_PTR:
		return sizeof(void *);
	case BTF_KIND_ARRAY:
		return align_depth(b, array_of(t)->type, depth + 1);
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		for (uint32_t i = 0; i < dt_btf_vlen(t); i++) {
			dt_btf_member_t m = dt_btf_member(b, t, i);
			uint32_t a = align_depth(b, m.type, depth + 1);
			/* A member off its natural place betrays a packed struct. */
			if (!m.bits && m.bitoff % (8 * a))
				return 1;
			align = a > align ? a : align;
		}
		return t->size % align ? 1 : align;
	default:
		return 1;
	}
}

uint32_t
dt_btf_alignof(const dt_btf_t *b, uint32_t id)
{
	return align_depth(b, id, 0);
}

dt_btf_member_t
dt_btf_member(const dt_btf_t *b, const struct btf_type *t, uint32_t i)
{
	const struct btf_member *m = (const struct btf_member *)(t + 1) + i;
	dt_btf_member_t out = {dt_btf_str(b, m->name_off), m->type, m->offset, 0};
	if (BTF_INFO_KFLAG(t->info)) {
		out.bitoff = BTF_MEMBER_BIT_OFFSET(m->offset);
		out.bits = BTF_MEMBER_BITFIELD_SIZE(m->offset);
	}
	return out;
}

static bool
member_depth(const dt_btf_t *b, uint32_t sou, const char *name, dt_btf_member_t *out, int depth)
{
	const struct btf_type *t = dt_btf_type(b, dt_btf_resolve(b, sou));
	uint32_t kind = dt_btf_kind(t);
	if ((kind != BTF_KIND_STRUCT && kind != BTF_KIND_UNION) || depth >= MAXDEPTH)
		return false;
	for (uint32_t i = 0; i < dt_btf_vlen(t); i++) {
		dt_btf_member_t m = dt_btf_member(b, t, i);
		if (*m.name && !strcmp(m.name, name)) {
			*out = m;
			return true;
		}
		if (!*m.name && member_depth(b, m.type, name, out, depth + 1)) {
			out->bitoff += m.bitoff;
			return true;
		}
	}
	return false;
}

bool
dt_btf_member_find(const dt_btf_t *b, uint32_t sou, const char *name, dt_btf_member_t *out)
{
	return *name && member_depth(b, sou, name, out, 0);
}
