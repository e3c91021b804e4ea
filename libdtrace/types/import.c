/*
 * import.c - kernel types, from BTF into the handle's dictionary, one at a time.
 *
 * dt_types_import() makes a type and what it is spelled with (pointees, elements,
 * parameters); structs, unions and enums are shells, so this never goes deep.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "types_impl.h"

#define BTFDIR "/sys/kernel/btf/"

enum {
	MAXDEPTH = 64
};

static void
add_file(dt_types_t *ts, const char *name)
{
	*dt_vec_push(&ts->btf) = (dt_btffile_t){.name = dt_arena_strdup(ts->dtp->arena, name), .fd = -1};
}

bool
dt_types_load(dt_types_t *ts, int file)
{
	dt_btffile_t *f = &ts->btf.p[file];
	if (f->map || (file && !dt_types_vmlinux(ts)))
		return f->btf != NULL;
	char path[300];
	snprintf(path, sizeof(path), BTFDIR "%s", f->name);
	f->btf = dt_btf_open(path, file ? ts->btf.p[0].btf : NULL);
	if (!f->btf)
		dt_debug("cannot read %s: %s\n", path, strerror(errno));
	f->map = dt_xcalloc(f->btf ? dt_btf_count(f->btf) - dt_btf_first(f->btf) : 1, sizeof(*f->map));
	return f->btf != NULL;
}

dt_btffile_t *
dt_types_vmlinux(dt_types_t *ts)
{
	if (!ts->opened) {
		ts->opened = true;
		add_file(ts, "vmlinux");
		if (ts->dtp->oflags & DTRACE_O_NOSYS)
			ts->btf.p[0].map = dt_xcalloc(1, sizeof(uint32_t));
		else
			dt_types_load(ts, 0);
	}
	return ts->btf.p[0].btf ? &ts->btf.p[0] : NULL;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const dt_btffile_t *)a)->name, ((const dt_btffile_t *)b)->name);
}

void
dt_types_modules(dt_types_t *ts)
{
	if (ts->modules || !dt_types_vmlinux(ts))
		return;
	ts->modules = true;
	DIR *d = opendir(BTFDIR);
	if (!d)
		return;
	for (struct dirent *e; (e = readdir(d));)
		if (e->d_name[0] != '.' && strcmp(e->d_name, "vmlinux") != 0)
			add_file(ts, e->d_name);
	closedir(d);
	/* The directory's own order is no order; let the answer be the same every time. */
	qsort(ts->btf.p + 1, (size_t)ts->btf.n - 1, sizeof(*ts->btf.p), by_name);
}

dt_btffile_t *
dt_types_module(dt_types_t *ts, const char *name)
{
	dt_types_modules(ts);
	for (int i = 1; i < ts->btf.n; i++)
		if (!strcmp(ts->btf.p[i].name, name))
			return dt_types_load(ts, i) ? &ts->btf.p[i] : NULL;
	return NULL;
}

uint32_t
dt_types_btfkind(dt_ns_t ns)
{
	static const uint32_t kind[] = {BTF_KIND_TYPEDEF, BTF_KIND_STRUCT, BTF_KIND_UNION, BTF_KIND_ENUM};
	return kind[ns];
}

ctf_id_t
dt_types_kernel(dt_types_t *ts, dt_ns_t ns, const char *name, bool anywhere)
{
	if (!dt_types_vmlinux(ts))
		return 0;
	uint32_t id = dt_btf_find(ts->btf.p[0].btf, dt_types_btfkind(ns), name);
	if (id || !anywhere)
		return id ? dt_types_import(ts, 0, id) : 0;
	dt_types_modules(ts);
	for (int i = 1; i < ts->btf.n; i++) {
		if (!dt_types_load(ts, i))
			continue;
		id = dt_btf_find(ts->btf.p[i].btf, dt_types_btfkind(ns), name);
		if (id)
			return dt_types_import(ts, i, id);
	}
	return 0;
}

static ctf_id_t
import_int(dt_types_t *ts, const dt_btf_t *b, const struct btf_type *t)
{
	ctf_id_t id = dt_types_intrinsic(ts, dt_btf_str(b, t->name_off));
	if (id)
		return id;
	bool is_signed = BTF_INT_ENCODING(*(const uint32_t *)(t + 1)) & BTF_INT_SIGNED;
	if (t->size == 16)
		return dt_types_intrinsic(ts, is_signed ? "__int128" : "unsigned __int128");
	return dt_type_intn(ts->dtp, (int)t->size, is_signed).id;
}

static ctf_id_t
import_float(dt_types_t *ts, const struct btf_type *t)
{
	return dt_types_intrinsic(ts, t->size == 4 ? "float" : t->size == 8 ? "double" : "long double");
}

static ctf_id_t import(dt_types_t *ts, int file, uint32_t btfid, int depth);

/* __user, __percpu and __rcu stand between the pointer and what it points to. */
static ctf_id_t
import_pointer(dt_types_t *ts, int file, const struct btf_type *t, int depth)
{
	const dt_btf_t *b = ts->btf.p[file].btf;
	uint32_t flags = 0, ref = t->type;
	for (int i = 0; i < MAXDEPTH; i++) {
		const struct btf_type *to = dt_btf_type(b, ref);
		if (dt_btf_kind(to) != BTF_KIND_TYPE_TAG)
			break;
		const char *tag = dt_btf_str(b, to->name_off);
		flags |= !strcmp(tag, "user")                            ? DT_SF_USER
			 : !strcmp(tag, "percpu") || !strcmp(tag, "rcu") ? DT_SF_PERCPU
									 : 0;
		ref = to->type;
	}
	ctf_id_t to = import(ts, file, ref, depth + 1);
	if (!flags)
		return dt_types_derive(ts, CTF_K_POINTER, to);
	/* A pointer of its own: the plain one must not get the tag. */
	ctf_id_t id = ctf_add_pointer(ts->fp, CTF_ADD_NONROOT, to);
	if (id == CTF_ERR)
		return 0;
	dt_types_side(ts, id)->flags |= flags;
	return id;
}

static ctf_id_t
import_shell(dt_types_t *ts, int file, uint32_t btfid, const struct btf_type *t)
{
	const dt_btf_t *b = ts->btf.p[file].btf;
	uint32_t kind = dt_btf_kind(t);
	const char *name = t->name_off ? dt_btf_str(b, t->name_off) : NULL;
	ctf_id_t id = kind == BTF_KIND_STRUCT  ? ctf_add_struct_sized(ts->fp, CTF_ADD_NONROOT, name, t->size)
		      : kind == BTF_KIND_UNION ? ctf_add_union_sized(ts->fp, CTF_ADD_NONROOT, name, t->size)
					       : ctf_add_enum(ts->fp, CTF_ADD_NONROOT, name);
	if (id == CTF_ERR)
		return 0;
	uint32_t align = dt_btf_alignof(b, btfid);
	dt_side_t *s = dt_types_side(ts, id);
	*s = (dt_side_t){DT_SF_AGG | DT_SF_SHELL, t->size, align ? align : 1, btfid, file, 0};
	return id;
}

/* Declared and not defined there: perhaps defined in this file or another under that name. */
static ctf_id_t
import_fwd(dt_types_t *ts, int file, const struct btf_type *t, int depth)
{
	const dt_btf_t *b = ts->btf.p[file].btf;
	bool is_union = BTF_INFO_KFLAG(t->info);
	const char *name = dt_btf_str(b, t->name_off);
	uint32_t def = dt_btf_find(b, is_union ? BTF_KIND_UNION : BTF_KIND_STRUCT, name);
	if (def)
		return import(ts, def < dt_btf_first(b) ? 0 : file, def, depth + 1);
	return dt_type_declare_tag(ts->dtp, is_union ? CTF_K_UNION : CTF_K_STRUCT, name).id;
}

static ctf_id_t
import_function(dt_types_t *ts, int file, const struct btf_type *t, int depth)
{
	const struct btf_param *p = (const struct btf_param *)(t + 1);
	uint32_t n = dt_btf_vlen(t);
	bool varargs = n && !p[n - 1].type && !p[n - 1].name_off;
	n -= varargs;
	dt_type_t *argv = dt_xcalloc(n, sizeof(*argv));
	dt_type_t ret = dt_types_value(ts, import(ts, file, t->type, depth + 1));
	for (uint32_t i = 0; i < n; i++)
		argv[i] = dt_types_value(ts, import(ts, file, p[i].type, depth + 1));
	ctf_id_t id = dt_type_function(ts->dtp, ret, argv, (int)n, varargs).id;
	free(argv);
	return id;
}

static ctf_id_t
import_kind(dt_types_t *ts, int file, uint32_t btfid, int depth)
{
	const dt_btf_t *b = ts->btf.p[file].btf;
	const struct btf_type *t = dt_btf_type(b, btfid);
	const struct btf_array *ar = (const struct btf_array *)(t + 1);
	ctf_id_t id;
	switch (dt_btf_kind(t)) {
	case BTF_KIND_INT:
		return import_int(ts, b, t);
	case BTF_KIND_FLOAT:
		return import_float(ts, t);
	case BTF_KIND_PTR:
		return import_pointer(ts, file, t, depth);
	case BTF_KIND_ARRAY:
		return dt_types_array(ts, import(ts, file, ar->type, depth + 1), ar->nelems);
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
	case BTF_KIND_ENUM:
	case BTF_KIND_ENUM64:
		return import_shell(ts, file, btfid, t);
	case BTF_KIND_FWD:
		return import_fwd(ts, file, t, depth);
	case BTF_KIND_TYPEDEF:
		id = import(ts, file, t->type, depth + 1);
		return ctf_add_typedef(ts->fp, CTF_ADD_NONROOT, dt_btf_str(b, t->name_off), id);
	case BTF_KIND_CONST:
		return dt_types_derive(ts, CTF_K_CONST, import(ts, file, t->type, depth + 1));
	case BTF_KIND_VOLATILE:
		return dt_types_derive(ts, CTF_K_VOLATILE, import(ts, file, t->type, depth + 1));
	case BTF_KIND_RESTRICT:
		return dt_types_derive(ts, CTF_K_RESTRICT, import(ts, file, t->type, depth + 1));
	case BTF_KIND_FUNC_PROTO:
		return import_function(ts, file, t, depth);
	case BTF_KIND_FUNC:
	case BTF_KIND_VAR:
	case BTF_KIND_TYPE_TAG:
		return import(ts, file, t->type, depth + 1);
	default:
		return ts->id_void;
	}
}

static ctf_id_t
import(dt_types_t *ts, int file, uint32_t btfid, int depth)
{
	if (btfid && btfid < dt_btf_first(ts->btf.p[file].btf))
		file = 0;
	const dt_btf_t *b = ts->btf.p[file].btf;
	if (!btfid || btfid >= dt_btf_count(b) || depth > MAXDEPTH)
		return ts->id_void;
	uint32_t slot = btfid - dt_btf_first(b);
	if (!ts->btf.p[file].map[slot]) {
		ctf_id_t id = import_kind(ts, file, btfid, depth);
		ts->btf.p[file].map[slot] = (uint32_t)(id > 0 ? id : ts->id_void);
	}
	return ts->btf.p[file].map[slot];
}

ctf_id_t
dt_types_import(dt_types_t *ts, int file, uint32_t btfid)
{
	return import(ts, file, btfid, 0);
}

static void
fill_sou(dt_types_t *ts, ctf_id_t id, int file, const struct btf_type *t)
{
	for (uint32_t i = 0; i < dt_btf_vlen(t); i++) {
		dt_btf_member_t m = dt_btf_member(ts->btf.p[file].btf, t, i);
		ctf_id_t type = import(ts, file, m.type, 0);
		uint64_t at = m.bitoff;
		if (m.bits)
			type = dt_types_bitfield(ts, type, m.bitoff, m.bits, &at);
		if (type > 0 && !dt_types_add_member(ts, id, m.name, type, at))
			dt_debug("member %s: %s\n", m.name, ctf_errmsg(ctf_errno(ts->fp)));
	}
}

/* CTF enumerators are ints: values of 64-bit enums that are none cannot be named. */
static void
fill_enum(dt_types_t *ts, ctf_id_t id, const dt_btf_t *b, const struct btf_type *t)
{
	const struct btf_enum *e = (const struct btf_enum *)(t + 1);
	const struct btf_enum64 *e64 = (const struct btf_enum64 *)(t + 1);
	bool wide = dt_btf_kind(t) == BTF_KIND_ENUM64;
	for (uint32_t i = 0; i < dt_btf_vlen(t); i++) {
		if (wide) {
			int64_t v = (int64_t)((uint64_t)e64[i].val_hi32 << 32 | e64[i].val_lo32);
			if (v >= INT32_MIN && v <= UINT32_MAX)
				ctf_add_enumerator(ts->fp, id, dt_btf_str(b, e64[i].name_off), (int)v);
		} else {
			ctf_add_enumerator(ts->fp, id, dt_btf_str(b, e[i].name_off), e[i].val);
		}
	}
}

void
dt_types_fill(dt_types_t *ts, ctf_id_t id)
{
	dt_side_t *s = dt_types_side(ts, id);
	if (!(s->flags & DT_SF_SHELL))
		return;
	s->flags &= ~(uint32_t)DT_SF_SHELL;
	int file = s->btf;
	if (s->flags & DT_SF_INOBJECT) {
		dt_types_user_fill(ts, id, file, s->btfid);
		return;
	}
	const dt_btf_t *b = ts->btf.p[file].btf;
	const struct btf_type *t = dt_btf_type(b, s->btfid);
	uint32_t kind = dt_btf_kind(t);
	if (kind == BTF_KIND_STRUCT || kind == BTF_KIND_UNION)
		fill_sou(ts, id, file, t);
	else
		fill_enum(ts, id, b, t);
}
