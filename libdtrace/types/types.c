/* types.c - the type store of a handle: opening, closing, names. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "types_impl.h"

int
dt_types_open(dtrace_hdl_t *dtp)
{
	int err = 0;
	ctf_dict_t *fp = ctf_create(&err);
	if (!fp)
		return dt_set_error(dtp, EDT_CTF, "cannot make a type dictionary: %s", ctf_errmsg(err));
	dt_types_t *ts = dt_xcalloc(1, sizeof(*ts));
	ts->dtp = dtp;
	ts->fp = fp;
	ctf_setspecific(fp, ts);
	dtp->types = ts;
	dt_types_intrinsics(ts);
	return 0;
}

void
dt_types_close(dtrace_hdl_t *dtp)
{
	dt_types_t *ts = dtp->types;
	if (!ts)
		return;
	for (int i = ts->btf.n; i-- > 0;) { /* modules before what they stand on */
		dt_btf_close(ts->btf.p[i].btf);
		free(ts->btf.p[i].map);
		if (ts->btf.p[i].fd >= 0)
			close(ts->btf.p[i].fd);
	}
	dt_types_user_close(ts);
	ctf_dict_close(ts->fp);
	dt_vec_free(&ts->btf);
	dt_vec_free(&ts->side);
	dt_vec_free(&ts->denums);
	free(ts);
	dtp->types = NULL;
}

const dt_basetypes_t *
dt_basetypes(dtrace_hdl_t *dtp)
{
	return &dtp->types->base;
}

void
dt_types_set_strsize(dtrace_hdl_t *dtp, uint32_t size)
{
	dt_types_t *ts = dtp->types;
	ctf_arinfo_t ar;
	if (ctf_array_info(ts->fp, ts->strarray, &ar) == 0) {
		ar.ctr_nelems = size;
		ctf_set_array(ts->fp, ts->strarray, &ar);
	}
}

/* The pointer is valid until the next type is made. */
dt_side_t *
dt_types_side(dt_types_t *ts, ctf_id_t id)
{
	while (ts->side.n <= (int)id)
		*dt_vec_push(&ts->side) = (dt_side_t){0};
	return &ts->side.p[id];
}

uint32_t
dt_types_hash(uint32_t h, const char *s)
{
	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 16777619U;
	return (h ^ (h >> 13)) % DT_TYPES_HASH;
}

dt_tname_t *
dt_types_name(dt_types_t *ts, dt_ns_t ns, const char *name)
{
	for (dt_tname_t *n = ts->names[dt_types_hash(ns, name)]; n; n = n->next)
		if (n->ns == ns && !strcmp(n->name, name))
			return n;
	return ns == DT_NS_TYPEDEF ? dt_types_compat(ts, name) : NULL;
}

dt_tname_t *
dt_types_setname(dt_types_t *ts, dt_ns_t ns, const char *name, ctf_id_t id)
{
	uint32_t h = dt_types_hash(ns, name);
	dt_tname_t *n = dt_arena_alloc(ts->dtp->arena, sizeof(*n));
	*n = (dt_tname_t){ts->names[h], dt_arena_strdup(ts->dtp->arena, name), ns, id, false};
	return ts->names[h] = n;
}
