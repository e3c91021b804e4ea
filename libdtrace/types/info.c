/* info.c - what a type is: kind, size, sameness, members, enumerators. */
#include <stdlib.h>
#include <string.h>

#include "types_impl.h"

enum {
	MAXDEPTH = 64
};

static dt_types_t *
store(dt_type_t t)
{
	return ctf_getspecific(t.fp);
}

bool
dt_type_ok(dt_type_t t)
{
	return t.fp != NULL && t.id > 0;
}

/* Through typedefs and qualifiers, stopping at D's own types. */
static ctf_id_t
strip(dt_types_t *ts, ctf_id_t id, bool *is_const)
{
	for (int i = 0; i < MAXDEPTH; i++) {
		int kind = ctf_type_kind(ts->fp, id);
		if (dt_types_side(ts, id)->flags & (DT_SF_DTYPE | DT_SF_SLICE))
			return id;
		if (kind == CTF_K_CONST && is_const)
			*is_const = true;
		if (kind != CTF_K_TYPEDEF && kind != CTF_K_CONST && kind != CTF_K_VOLATILE &&
		    kind != CTF_K_RESTRICT)
			return id;
		id = ctf_type_reference(ts->fp, id);
		if (id <= 0)
			return ts->id_void;
	}
	return id;
}

static dt_tinfo_t
info_number(dt_types_t *ts, ctf_id_t id, dt_kind_t kind)
{
	const dt_side_t *s = dt_types_side(ts, id);
	ctf_encoding_t e = {0};
	ctf_type_encoding(ts->fp, id, &e);
	dt_tinfo_t t = {.kind = kind, .is_signed = (e.cte_format & CTF_INT_SIGNED) != 0};
	if (s->flags & DT_SF_SLICE) {
		t.size = s->size;
		t.align = s->align;
		t.bitoff = (uint8_t)e.cte_offset;
		t.bits = (uint8_t)e.cte_bits;
		return t;
	}
	t.size = t.align = e.cte_bits / 8;
	if (kind == DT_K_FLOAT)
		t.is_signed = true;
	else
		t.is_char = (e.cte_format & CTF_INT_CHAR) && t.size == 1;
	return t;
}

/* Are there, behind pointers and arrays, data of the process? */
static bool
leads_to_user(dt_types_t *ts, ctf_id_t id)
{
	ctf_arinfo_t ar;
	for (int i = 0; i < MAXDEPTH && id > 0; i++) {
		if (dt_types_side(ts, id)->flags & DT_SF_USER)
			return true;
		switch (ctf_type_kind(ts->fp, id)) {
		case CTF_K_POINTER:
		case CTF_K_TYPEDEF:
		case CTF_K_CONST:
		case CTF_K_VOLATILE:
		case CTF_K_RESTRICT:
			id = ctf_type_reference(ts->fp, id);
			break;
		case CTF_K_ARRAY:
			id = ctf_array_info(ts->fp, id, &ar) ? 0 : ar.ctr_contents;
			break;
		default:
			return false;
		}
	}
	return false;
}

static dt_tinfo_t info_of(dt_types_t *ts, ctf_id_t id, int depth);

static dt_tinfo_t
info_array(dt_types_t *ts, ctf_id_t id, int depth)
{
	ctf_arinfo_t ar = {0};
	ctf_array_info(ts->fp, id, &ar);
	dt_tinfo_t e = depth < MAXDEPTH ? info_of(ts, ar.ctr_contents, depth + 1) : (dt_tinfo_t){0};
	uint64_t size = (uint64_t)e.size * ar.ctr_nelems;
	return (dt_tinfo_t){.kind = DT_K_ARRAY,
			    .size = size <= UINT32_MAX ? (uint32_t)size : 0,
			    .align = e.align,
			    .nelem = ar.ctr_nelems};
}

static dt_tinfo_t
info_of(dt_types_t *ts, ctf_id_t id, int depth)
{
	bool is_const = false;
	dt_tinfo_t t = {0};
	id = strip(ts, id, &is_const);
	dt_side_t s = *dt_types_side(ts, id);
	if (s.flags & DT_SF_STRING) {
		t = info_array(ts, ts->strarray, depth);
		t.kind = DT_K_STRING;
		t.nelem = 0;
	} else if (s.flags & DT_SF_DTYPE) {
		ctf_id_t ref = ctf_type_reference(ts->fp, id);
		t = info_of(ts, ref, depth);
		t.kind = s.flags & DT_SF_STACK ? DT_K_STACK : DT_K_SYMADDR;
		t.nelem = 0;
		t.is_signed = false;
	} else if (s.flags & DT_SF_SLICE) {
		ctf_id_t base = strip(ts, ctf_type_reference(ts->fp, id), &is_const);
		t = info_number(ts, id, ctf_type_kind(ts->fp, base) == CTF_K_ENUM ? DT_K_ENUM : DT_K_INT);
	} else if (id == ts->id_void) {
		t.kind = DT_K_VOID;
	} else {
		switch (ctf_type_kind(ts->fp, id)) {
		case CTF_K_INTEGER:
			t = info_number(ts, id, DT_K_INT);
			break;
		case CTF_K_FLOAT:
			t = info_number(ts, id, DT_K_FLOAT);
			break;
		case CTF_K_POINTER:
			t = (dt_tinfo_t){.kind = DT_K_PTR, .size = sizeof(void *), .align = sizeof(void *)};
			t.is_user = leads_to_user(ts, id);
			t.is_percpu = s.flags & DT_SF_PERCPU;
			break;
		case CTF_K_ARRAY:
			t = info_array(ts, id, depth);
			break;
		case CTF_K_FUNCTION:
			t.kind = DT_K_FUNC;
			break;
		case CTF_K_FORWARD:
			t.kind = DT_K_FWD;
			break;
		case CTF_K_STRUCT:
		case CTF_K_UNION:
			t.kind = ctf_type_kind(ts->fp, id) == CTF_K_UNION ? DT_K_UNION : DT_K_STRUCT;
			t.size = s.size;
			t.align = s.align;
			break;
		case CTF_K_ENUM:
			t = (dt_tinfo_t){
			    .kind = DT_K_ENUM, .size = s.size, .align = s.align, .is_signed = true};
			break;
		}
	}
	t.is_const = is_const;
	if (!t.align)
		t.align = 1;
	return t;
}

dt_tinfo_t
dt_type_info(dt_type_t t)
{
	return dt_type_ok(t) ? info_of(store(t), t.id, 0) : (dt_tinfo_t){.align = 1};
}

/* A forward becomes the struct it names, in place, when that is found in the kernel. */
static void
promote(dt_types_t *ts, ctf_id_t id)
{
	if (dt_types_side(ts, id)->flags & DT_SF_MISSING)
		return;
	char name[512];
	int kind = ctf_type_kind_forwarded(ts->fp, id);
	dt_ns_t ns = kind == CTF_K_UNION ? DT_NS_UNION : kind == CTF_K_ENUM ? DT_NS_ENUM : DT_NS_STRUCT;
	const char *raw = ctf_type_name_raw(ts->fp, id);
	snprintf(name, sizeof(name), "%s", raw ? raw : "");
	if (!dt_types_kernel(ts, ns, name, true))
		dt_types_side(ts, id)->flags |= DT_SF_MISSING;
}

dt_type_t
dt_type_resolve(dtrace_hdl_t *dtp, dt_type_t t)
{
	if (!dt_type_ok(t))
		return DT_NOTYPE;
	ctf_id_t id = strip(dtp->types, t.id, NULL);
	if (ctf_type_kind(t.fp, id) == CTF_K_FORWARD)
		promote(dtp->types, id);
	return (dt_type_t){t.fp, id};
}

dt_type_t
dt_type_complete(dtrace_hdl_t *dtp, dt_type_t t)
{
	t = dt_type_resolve(dtp, t);
	if (dt_type_ok(t))
		dt_types_fill(dtp->types, t.id);
	return t;
}

dt_type_t
dt_type_ref(dtrace_hdl_t *dtp, dt_type_t t)
{
	t = dt_type_resolve(dtp, t);
	if (!dt_type_ok(t) || dt_types_side(dtp->types, t.id)->flags & DT_SF_DTYPE)
		return DT_NOTYPE;
	ctf_arinfo_t ar;
	ctf_funcinfo_t fi;
	switch (ctf_type_kind(t.fp, t.id)) {
	case CTF_K_POINTER:
		return dt_types_value(dtp->types, ctf_type_reference(t.fp, t.id));
	case CTF_K_ARRAY:
		return ctf_array_info(t.fp, t.id, &ar) ? DT_NOTYPE
						       : dt_types_value(dtp->types, ar.ctr_contents);
	case CTF_K_FUNCTION:
		return ctf_func_type_info(t.fp, t.id, &fi) ? DT_NOTYPE
							   : dt_types_value(dtp->types, fi.ctc_return);
	default:
		return DT_NOTYPE;
	}
}

static bool same(dt_types_t *ts, ctf_id_t a, ctf_id_t b, int depth);

static bool
same_function(dt_types_t *ts, ctf_id_t a, ctf_id_t b, int depth)
{
	enum {
		MAXARGS = 32
	};
	ctf_funcinfo_t fa, fb;
	ctf_id_t aa[MAXARGS], ab[MAXARGS];
	if (ctf_func_type_info(ts->fp, a, &fa) || ctf_func_type_info(ts->fp, b, &fb))
		return false;
	if (fa.ctc_argc != fb.ctc_argc || fa.ctc_flags != fb.ctc_flags || fa.ctc_argc > MAXARGS ||
	    !same(ts, fa.ctc_return, fb.ctc_return, depth + 1))
		return false;
	if (ctf_func_type_args(ts->fp, a, fa.ctc_argc, aa) || ctf_func_type_args(ts->fp, b, fb.ctc_argc, ab))
		return false;
	for (uint32_t i = 0; i < fa.ctc_argc; i++)
		if (!same(ts, aa[i], ab[i], depth + 1))
			return false;
	return true;
}

static bool
same(dt_types_t *ts, ctf_id_t a, ctf_id_t b, int depth)
{
	a = strip(ts, a, NULL);
	b = strip(ts, b, NULL);
	if (a == b)
		return true;
	dt_tinfo_t ia = info_of(ts, a, 0), ib = info_of(ts, b, 0);
	if (ia.kind != ib.kind || depth > MAXDEPTH)
		return false;
	ctf_arinfo_t ra, rb;
	switch (ia.kind) {
	case DT_K_INT:
	case DT_K_FLOAT:
		return ia.size == ib.size && ia.is_signed == ib.is_signed && ia.bits == ib.bits &&
		       ia.bitoff == ib.bitoff;
	case DT_K_PTR:
		return same(ts, ctf_type_reference(ts->fp, a), ctf_type_reference(ts->fp, b), depth + 1);
	case DT_K_ARRAY:
		return ia.nelem == ib.nelem && !ctf_array_info(ts->fp, a, &ra) &&
		       !ctf_array_info(ts->fp, b, &rb) && same(ts, ra.ctr_contents, rb.ctr_contents, depth + 1);
	case DT_K_FUNC:
		return same_function(ts, a, b, depth);
	default:
		return false;
	}
}

bool
dt_type_same(dt_type_t a, dt_type_t b)
{
	if (!dt_type_ok(a) || !dt_type_ok(b) || a.fp != b.fp)
		return !dt_type_ok(a) && !dt_type_ok(b);
	return same(store(a), a.id, b.id, 0);
}

static bool
member(dtrace_hdl_t *dtp, dt_type_t sou, const char *name, dt_member_t *out, int depth)
{
	sou = dt_type_complete(dtp, sou);
	dt_kind_t kind = dt_type_info(sou).kind;
	if ((kind != DT_K_STRUCT && kind != DT_K_UNION) || depth > MAXDEPTH)
		return false;
	ctf_next_t *it = NULL;
	const char *mname;
	ctf_id_t mtype;
	ssize_t off;
	bool found = false;
	/* Looking into an anonymous member may add types, which an iteration does not survive: note them. */
	DT_VEC(dt_member_t) anon = {0};
	while (!found && (off = ctf_member_next(sou.fp, sou.id, &it, &mname, &mtype, 0)) >= 0) {
		dt_member_t m = {{sou.fp, mtype}, (uint64_t)off, false};
		if (mname && *mname) {
			found = !strcmp(mname, name);
			if (found)
				*out = m;
		} else {
			*dt_vec_push(&anon) = m;
		}
	}
	ctf_next_destroy(it);
	for (int i = 0; i < anon.n && !found; i++) {
		found = member(dtp, anon.p[i].type, name, out, depth + 1);
		if (found)
			out->bitoff += anon.p[i].bitoff;
	}
	dt_vec_free(&anon);
	if (found)
		out->in_union |= kind == DT_K_UNION;
	return found;
}

/* Members of members by dots. */
static bool
member_path(dtrace_hdl_t *dtp, dt_type_t sou, const char *path, dt_member_t *out)
{
	char name[64];
	dt_member_t m = {.type = sou}, in;
	for (const char *p = path; *p; p += strspn(p, ".")) {
		size_t n = strcspn(p, ".");
		snprintf(name, sizeof(name), "%.*s", (int)n, p);
		if (!member(dtp, m.type, name, &in, 0))
			return false;
		m = (dt_member_t){in.type, m.bitoff + in.bitoff, m.in_union || in.in_union};
		p += n;
	}
	*out = m;
	return true;
}

bool
dt_type_member(dtrace_hdl_t *dtp, dt_type_t sou, const char *name, dt_member_t *out)
{
	char sname[128];
	const char *path;
	if (!*name)
		return false;
	if (!member(dtp, sou, name, out, 0) &&
	    (!(path = dt_type_renamed(dt_type_name(dt_type_resolve(dtp, sou), sname, sizeof(sname)), name)) ||
	     !member_path(dtp, sou, path, out)))
		return false;
	out->bitoff += dt_type_info(out->type).bitoff;
	return true;
}

bool
dt_type_enumerator(dtrace_hdl_t *dtp, dt_type_t en, const char *name, int *value)
{
	dt_types_t *ts = dtp->types;
	if (dt_type_ok(en)) {
		en = dt_type_resolve(dtp, en);
		if (dt_types_side(ts, en.id)->flags & DT_SF_SLICE)
			en.id = ctf_type_reference(en.fp, en.id);
		en = dt_type_complete(dtp, en);
		return ctf_type_kind(en.fp, en.id) == CTF_K_ENUM && !ctf_enum_value(en.fp, en.id, name, value);
	}
	for (int i = 0; i < ts->denums.n; i++)
		if (!ctf_enum_value(ts->fp, ts->denums.p[i], name, value))
			return true;
	return false;
}
