/* typewalk.c - see typewalk.h. */
#include "typewalk.h"

#include "../process/ksyms.h"

#include <stdlib.h>
#include <string.h>

bool
dt_walk_load(const char *p, uint32_t size, uint64_t *v)
{
	*v = 0;
	if (size != 1 && size != 2 && size != 4 && size != 8)
		return false;
	memcpy(v, p, size); /* little-endian */
	return true;
}

uint64_t
dt_walk_bits(const char *base, const char *end, uint64_t bit, unsigned bits)
{
	/* The unit may reach beyond the struct: byte by byte. */
	uint64_t v = 0;
	for (unsigned i = 0; i < bits; i++, bit++)
		if (base + bit / 8 < end && (base[bit / 8] >> (bit % 8)) & 1)
			v |= 1ULL << i;
	return v;
}

const char *
dt_walk_enum(dtrace_hdl_t *dtp, dt_type_t t, uint32_t size, const char *p, int *n)
{
	uint64_t v;
	*n = 0;
	if (!dt_walk_load(p, size, &v))
		return NULL;
	t = dt_type_complete(dtp, t);
	*n = size == 8 ? (int)v : (int)((int64_t)(v << (64 - 8 * size)) >> (64 - 8 * size));
	return ctf_enum_name(t.fp, t.id, *n);
}

bool
dt_walk_is_text(const char *p, uint32_t size)
{
	uint32_t n = 0;
	while (n < size && p[n] >= 0x20 && p[n] <= 0x7e)
		n++;
	return n > 0 && n < size && p[n] == '\0';
}

bool
dt_walk_is_code(dtrace_hdl_t *dtp, dt_type_t ptr, uint64_t addr)
{
	return dt_type_info(dt_type_ref(dtp, ptr)).kind == DT_K_FUNC && dt_ksym_byaddr(dtp, addr);
}

typedef struct named {
	char *name;
	dt_member_t m;
} named_t;

/* Looking at a member may add types, which an iteration does not survive: first all, then each. */
int
dt_walk_members(dt_type_t t, dt_walk_member_f *fn, void *arg)
{
	DT_VEC(named_t) all = {0};
	ctf_next_t *it = NULL;
	const char *name;
	ctf_id_t type;
	ssize_t off;
	int rc = 0;
	while ((off = ctf_member_next(t.fp, t.id, &it, &name, &type, 0)) >= 0)
		*dt_vec_push(&all) =
		    (named_t){dt_xstrdup(name ? name : ""), {{t.fp, type}, (uint64_t)off, false}};
	for (int i = 0; i < all.n; i++) {
		/* Members that only keep a distance are not the program's. */
		dt_tinfo_t info = dt_type_info(all.p[i].m.type);
		bool filler = !*all.p[i].name && info.kind == DT_K_ARRAY;
		all.p[i].m.bitoff += info.bitoff; /* the member's own is that of a bit-field's unit */
		if (rc == 0 && !filler)
			rc = fn(arg, all.p[i].name, &all.p[i].m);
		free(all.p[i].name);
	}
	dt_vec_free(&all);
	return rc;
}
