/*
 * declare.c - types that D programs declare: tags, members, enumerators, typedefs.
 *
 * Structs are laid out as the System V x86-64 and AAPCS64 ABIs do; size and alignment are
 * right after every member, as nothing tells that the last one was added.
 */
#include <string.h>

#include "types_impl.h"

static dt_ns_t
ns_of(uint32_t kind)
{
	return kind == CTF_K_UNION ? DT_NS_UNION : kind == CTF_K_ENUM ? DT_NS_ENUM : DT_NS_STRUCT;
}

dt_type_t
dt_type_declare_tag(dtrace_hdl_t *dtp, uint32_t kind, const char *name)
{
	dt_types_t *ts = dtp->types;
	if (!name || !*name)
		return DT_NOTYPE;
	dt_tname_t *n = dt_types_name(ts, ns_of(kind), name);
	ctf_id_t id = n ? n->id : dt_types_kernel(ts, ns_of(kind), name, false);
	if (!id) {
		id = ctf_add_forward(ts->fp, CTF_ADD_ROOT, name, kind);
		if (id != CTF_ERR)
			dt_types_setname(ts, ns_of(kind), name, id);
	}
	return dt_types_value(ts, id);
}

/* A new, empty definition; a forward of that name becomes it. */
static ctf_id_t
begin(dt_types_t *ts, uint32_t kind, const char *name)
{
	bool named = name && *name;
	dt_tname_t *n = named ? dt_types_name(ts, ns_of(kind), name) : NULL;
	if (n && ctf_type_kind(ts->fp, n->id) != CTF_K_FORWARD)
		return 0;
	uint32_t flag = named ? CTF_ADD_ROOT : CTF_ADD_NONROOT;
	const char *tag = named ? name : NULL;
	ctf_id_t id = kind == CTF_K_UNION  ? ctf_add_union(ts->fp, flag, tag)
		      : kind == CTF_K_ENUM ? ctf_add_enum(ts->fp, flag, tag)
					   : ctf_add_struct(ts->fp, flag, tag);
	if (id == CTF_ERR)
		return 0;
	if (named && !n)
		dt_types_setname(ts, ns_of(kind), name, id);
	*dt_types_side(ts, id) = (dt_side_t){.flags = DT_SF_AGG, .size = 0, .align = 1};
	return id;
}

dt_type_t
dt_type_begin_sou(dtrace_hdl_t *dtp, uint32_t kind, const char *name)
{
	return dt_types_value(dtp->types, begin(dtp->types, kind, name));
}

static bool
has_member(dtrace_hdl_t *dtp, dt_type_t sou, const char *name)
{
	dt_member_t m;
	return name && *name && dt_type_member(dtp, sou, name, &m);
}

/* Bit offset of a member that follows `at` bits, by the ABI's rules. */
static uint64_t
place(uint64_t at, const dt_tinfo_t *t, int bits)
{
	uint64_t unit = 8ULL * t->size, align = 8ULL * t->align;
	if (bits > 0) /* a bit-field may not cross a boundary of its declared type */
		return at % unit + (uint64_t)bits > unit ? (at + unit - 1) / unit * unit : at;
	return (at + align - 1) / align * align;
}

bool
dt_type_add_member(dtrace_hdl_t *dtp, dt_type_t sou, const char *name, dt_type_t type, int bits)
{
	dt_types_t *ts = dtp->types;
	if (!dt_type_ok(sou) || !dt_type_ok(type) || has_member(dtp, sou, name))
		return false;
	dt_tinfo_t t = dt_type_info(dt_type_resolve(dtp, type));
	bool open_array = t.kind == DT_K_ARRAY && !t.nelem;
	if ((!t.size && !open_array && t.kind != DT_K_STRUCT && t.kind != DT_K_UNION) || t.kind == DT_K_FWD ||
	    dt_type_same(sou, type))
		return false;
	if (bits > 0 && (uint32_t)bits > 8 * t.size)
		return false;
	bool is_union = ctf_type_kind(ts->fp, sou.id) == CTF_K_UNION;
	dt_side_t s = *dt_types_side(ts, sou.id);
	uint64_t at = is_union ? 0 : place(s.bits, &t, bits), unit = at;
	bool named = name && *name;
	ctf_id_t mtype = type.id;
	if (bits > 0)
		mtype = dt_types_bitfield(ts, type.id, at, (uint32_t)bits, &unit);
	/* An unnamed bit-field is only padding. */
	if ((bits < 0 || (bits > 0 && named)) && !dt_types_add_member(ts, sou.id, name, mtype, unit))
		return false;
	uint64_t end = at + (bits >= 0 ? (uint64_t)bits : 8ULL * t.size);
	if ((bits < 0 || named) && t.align > s.align)
		s.align = t.align;
	if (end > s.bits)
		s.bits = (uint32_t)end;
	s.size = ((s.bits + 7) / 8 + s.align - 1) / s.align * s.align;
	*dt_types_side(ts, sou.id) = s;
	return true;
}

dt_type_t
dt_type_begin_enum(dtrace_hdl_t *dtp, const char *name)
{
	dt_types_t *ts = dtp->types;
	ctf_id_t id = begin(ts, CTF_K_ENUM, name);
	if (!id)
		return DT_NOTYPE;
	dt_side_t *s = dt_types_side(ts, id);
	s->size = s->align = sizeof(int);
	*dt_vec_push(&ts->denums) = id;
	return dt_types_value(ts, id);
}

bool
dt_type_add_enumerator(dtrace_hdl_t *dtp, dt_type_t en, const char *name, int value)
{
	return dt_type_ok(en) && ctf_add_enumerator(dtp->types->fp, en.id, name, value) == 0;
}

bool
dt_type_typedef(dtrace_hdl_t *dtp, const char *name, dt_type_t type)
{
	dt_types_t *ts = dtp->types;
	if (!dt_type_ok(type))
		return false;
	dt_tname_t *n = dt_types_name(ts, DT_NS_TYPEDEF, name);
	if (n && !n->weak)
		return ctf_type_kind(ts->fp, n->id) == CTF_K_TYPEDEF &&
		       dt_type_same(dt_types_value(ts, n->id), type);
	ctf_id_t id = ctf_add_typedef(ts->fp, CTF_ADD_ROOT, name, type.id);
	if (id == CTF_ERR)
		return false;
	dt_types_setname(ts, DT_NS_TYPEDEF, name, id);
	return true;
}
