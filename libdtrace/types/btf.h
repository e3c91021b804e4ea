/*
 * btf.h - reading BTF, the kernel's own type data, in place.
 *
 * A dt_btf_t is one file of /sys/kernel/btf: vmlinux, or a module on top of it.
 * Opening costs one pass over the file (an index of ids and a hash of names); every
 * string and id is checked, so that a damaged file gives odd types, never a crash.
 */
#ifndef DT_BTF_H
#define DT_BTF_H

#include <linux/btf.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct dt_btf dt_btf_t;

/* base is NULL for vmlinux.  NULL with errno set: EINVAL for a file that is not BTF. */
dt_btf_t *dt_btf_open(const char *path, const dt_btf_t *base);
void dt_btf_close(dt_btf_t *);

uint32_t dt_btf_count(const dt_btf_t *); /* ids run below this, those of the base included */
uint32_t dt_btf_first(const dt_btf_t *); /* lowest id of its own; lower ones are the base's */
/* Never NULL: ids out of range, and 0, give a type of kind BTF_KIND_UNKN, that is void. */
const struct btf_type *dt_btf_type(const dt_btf_t *, uint32_t id);
const char *dt_btf_str(const dt_btf_t *, uint32_t off); /* "" when out of range */
/* Id of the first type of that kind and name, 0 when there is none. */
uint32_t dt_btf_find(const dt_btf_t *, uint32_t kind, const char *name);

/* Through typedefs, qualifiers and tags. */
uint32_t dt_btf_resolve(const dt_btf_t *, uint32_t id);
uint32_t dt_btf_sizeof(const dt_btf_t *, uint32_t id);
uint32_t dt_btf_alignof(const dt_btf_t *, uint32_t id);

/* Member i of a struct or union. */
typedef struct dt_btf_member {
	const char *name;
	uint32_t type;
	uint32_t bitoff; /* from the start of the struct; a bit-field's first bit */
	uint32_t bits;   /* width of a bit-field, else 0 */
} dt_btf_member_t;
dt_btf_member_t dt_btf_member(const dt_btf_t *, const struct btf_type *, uint32_t i);
/* Find a member, also inside anonymous ones; bitoff is from the start of the outer struct. */
bool dt_btf_member_find(const dt_btf_t *, uint32_t sou, const char *name, dt_btf_member_t *);

static inline uint32_t
dt_btf_kind(const struct btf_type *t)
{
	return BTF_INFO_KIND(t->info);
}
static inline uint32_t
dt_btf_vlen(const struct btf_type *t)
{
	return BTF_INFO_VLEN(t->info);
}

#endif
