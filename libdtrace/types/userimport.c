/*
 * userimport.c - types of a user program's object into the handle's dictionary.
 *
 * As with BTF, a struct, union or enum enters as a shell and is filled when somebody looks inside; here the
 * offset of its entry stands for the BTF id.  All pointers are the process's (DT_SF_USER).
 */
#include <string.h>

#include "typedata.h"
#include "types_impl.h"

enum {
	MAXDEPTH = 64,
	MAXDIMS = 16,
	MAXPARAMS = 32
};

static ctf_id_t import(dt_types_t *ts, int file, uint32_t off, int depth);

static dt_dies_t
children_of(const dt_types_t *ts, int file, uint32_t off)
{
	return ts->user.p[file].data->children(ts->user.p[file].data, off);
}

static ctf_id_t
import_base(dt_types_t *ts, const dt_die_t *d)
{
	const dt_basetypes_t *b = &ts->base;
	bool is_signed = d->encoding == DW_ATE_signed || d->encoding == DW_ATE_signed_char;
	switch (d->encoding) {
	case DW_ATE_boolean:
		return d->size == 1 ? dt_types_intrinsic(ts, "_Bool")
				    : dt_type_intn(ts->dtp, (int)d->size, false).id;
	case DW_ATE_float:
		return dt_types_intrinsic(ts, d->size == 4 ? "float" : d->size == 8 ? "double" : "long double");
	case DW_ATE_signed_char:
	case DW_ATE_unsigned_char:
		if (d->name && !strcmp(d->name, "char"))
			return b->c.id; /* text, whatever its sign */
		break;
	default:
		break;
	}
	ctf_id_t id = d->name ? dt_types_intrinsic(ts, d->name) : 0;
	if (id && dt_type_info(dt_types_value(ts, id)).size == d->size)
		return id;
	if (d->size == 16)
		return dt_types_intrinsic(ts, is_signed ? "__int128" : "unsigned __int128");
	return dt_type_intn(ts->dtp, (int)d->size, is_signed).id;
}

/* The data does not say how a struct is aligned: as its size allows.  Only D structs that hold one ask. */
static uint32_t
alignment(uint64_t size)
{
	uint32_t align = 1;
	while (align < 8 && size && size % (align * 2) == 0)
		align *= 2;
	return align;
}

static ctf_id_t
import_shell(dt_types_t *ts, int file, const dt_die_t *d)
{
	ctf_id_t id =
	    d->tag == DW_TAG_structure_type ? ctf_add_struct_sized(ts->fp, CTF_ADD_NONROOT, d->name, d->size)
	    : d->tag == DW_TAG_union_type   ? ctf_add_union_sized(ts->fp, CTF_ADD_NONROOT, d->name, d->size)
					    : ctf_add_enum(ts->fp, CTF_ADD_NONROOT, d->name);
	if (id == CTF_ERR || d->size > INT32_MAX)
		return 0;
	*dt_types_side(ts, id) = (dt_side_t){.flags = DT_SF_AGG | DT_SF_SHELL | DT_SF_INOBJECT | DT_SF_USER,
					     .size = (uint32_t)d->size,
					     .align = alignment(d->size),
					     .btfid = d->off,
					     .btf = file};
	return id;
}

/* Declared here, perhaps defined in another file of the object; else known by name only. */
static ctf_id_t
import_declared(dt_types_t *ts, int file, const dt_die_t *d, int depth)
{
	dt_typedata_t *data = ts->user.p[file].data;
	uint32_t def = d->name ? data->find(data, d->tag, d->name) : 0;
	if (def)
		return import(ts, file, def, depth + 1);
	uint32_t kind = d->tag == DW_TAG_union_type         ? CTF_K_UNION
			: d->tag == DW_TAG_enumeration_type ? CTF_K_ENUM
							    : CTF_K_STRUCT;
	ctf_id_t id = ctf_add_forward(ts->fp, CTF_ADD_NONROOT, d->name ? d->name : "?", kind);
	if (id == CTF_ERR)
		return 0;
	dt_types_side(ts, id)->flags |= DT_SF_MISSING | DT_SF_USER; /* the kernel's of that name is another */
	return id;
}

static ctf_id_t
import_array(dt_types_t *ts, int file, const dt_die_t *d, int depth)
{
	ctf_id_t id = import(ts, file, d->type, depth + 1);
	dt_dies_t kids = children_of(ts, file, d->off);
	uint32_t dims[MAXDIMS];
	int n = 0;
	for (int i = 0; i < kids.list.n && n < MAXDIMS; i++)
		if (kids.list.p[i].tag == DW_TAG_subrange_type)
			dims[n++] = kids.list.p[i].count <= INT32_MAX ? (uint32_t)kids.list.p[i].count : 0;
	dt_vec_free(&kids.list);
	if (n == 0)
		return dt_types_array(ts, id, 0);
	while (n > 0 && id > 0)
		id = dt_types_array(ts, id, dims[--n]);
	return id;
}

static ctf_id_t
import_function(dt_types_t *ts, int file, const dt_die_t *d, int depth)
{
	dt_type_t argv[MAXPARAMS];
	int n = 0;
	bool varargs = false;
	dt_type_t ret = dt_types_value(ts, import(ts, file, d->type, depth + 1));
	dt_dies_t kids = children_of(ts, file, d->off);
	for (int i = 0; i < kids.list.n; i++) {
		varargs |= kids.list.p[i].tag == DW_TAG_unspecified_parameters;
		if (kids.list.p[i].tag == DW_TAG_formal_parameter && n < MAXPARAMS)
			argv[n++] = dt_types_value(ts, import(ts, file, kids.list.p[i].type, depth + 1));
	}
	dt_vec_free(&kids.list);
	return dt_type_function(ts->dtp, ret, argv, n, varargs).id;
}

static ctf_id_t
import_kind(dt_types_t *ts, int file, const dt_die_t *d, int depth)
{
	switch (d->tag) {
	case DW_TAG_base_type:
		return import_base(ts, d);
	case DW_TAG_structure_type:
	case DW_TAG_union_type:
	case DW_TAG_enumeration_type:
		return d->declaration ? import_declared(ts, file, d, depth) : import_shell(ts, file, d);
	case DW_TAG_array_type:
		return import_array(ts, file, d, depth);
	case DW_TAG_subroutine_type:
	case DW_TAG_subprogram:
		return import_function(ts, file, d, depth);
	default:
		break;
	}
	ctf_id_t to = import(ts, file, d->type, depth + 1);
	switch (d->tag) {
	case DW_TAG_pointer_type:
	case DW_TAG_reference_type:
	case DW_TAG_rvalue_reference_type:
		return dt_types_userptr(ts, to);
	case DW_TAG_typedef:
		return ctf_add_typedef(ts->fp, CTF_ADD_NONROOT, d->name ? d->name : "?", to);
	case DW_TAG_const_type:
		return dt_types_derive(ts, CTF_K_CONST, to);
	case DW_TAG_volatile_type:
		return dt_types_derive(ts, CTF_K_VOLATILE, to);
	case DW_TAG_restrict_type:
		return dt_types_derive(ts, CTF_K_RESTRICT, to);
	default: /* _Atomic and what else stands before a type */
		return to;
	}
}

static ctf_id_t
import(dt_types_t *ts, int file, uint32_t off, int depth)
{
	dt_typedata_t *data = ts->user.p[file].data;
	dt_die_t d;
	if (!off || depth > MAXDEPTH)
		return ts->id_void;
	ctf_id_t id = dt_types_memo(ts, DT_MEMO_USER, (uint64_t)file, off);
	if (id)
		return id;
	id = data->die(data, off, &d) ? import_kind(ts, file, &d, depth) : 0;
	return dt_types_remember(ts, DT_MEMO_USER, (uint64_t)file, off, id > 0 ? id : ts->id_void);
}

ctf_id_t
dt_types_user(dt_types_t *ts, int file, uint32_t off)
{
	return import(ts, file, off, 0);
}

static void
add_member(dt_types_t *ts, ctf_id_t id, int file, const dt_die_t *m)
{
	if (m->tag != DW_TAG_member && m->tag != DW_TAG_inheritance)
		return;
	ctf_id_t type = import(ts, file, m->type, 0);
	uint64_t at = m->bitoff > 0 ? (uint64_t)m->bitoff : 0;
	dt_tinfo_t t = dt_type_info(dt_types_value(ts, type));
	if (m->declaration || at + m->bits > 8ULL * dt_types_side(ts, id)->size)
		return; /* a static member; or nonsense */
	if (m->bits && (t.kind == DT_K_INT || t.kind == DT_K_ENUM))
		type = dt_types_bitfield(ts, type, at, m->bits, &at);
	/* What a class inherits is in it without a name. */
	const char *name = m->tag == DW_TAG_member ? m->name : NULL;
	if (type > 0 && !dt_types_add_member(ts, id, name, type, at))
		dt_debug("member %s: %s\n", name ? name : "(none)", ctf_errmsg(ctf_errno(ts->fp)));
}

void
dt_types_user_fill(dt_types_t *ts, ctf_id_t id, int file, uint32_t off)
{
	dt_dies_t kids = children_of(ts, file, off);
	bool is_enum = ctf_type_kind(ts->fp, id) == CTF_K_ENUM;
	for (int i = 0; i < kids.list.n; i++) {
		const dt_die_t *k = &kids.list.p[i];
		if (!is_enum)
			add_member(ts, id, file, k);
		else if (k->tag == DW_TAG_enumerator && k->name && k->value >= INT32_MIN &&
			 k->value <= UINT32_MAX)
			ctf_add_enumerator(ts->fp, id, k->name, (int)k->value);
	}
	dt_vec_free(&kids.list);
}
