/* derive.c - types made from others: pointers, qualifiers, arrays, functions, bit-fields. */
#include <stdlib.h>

#include "types_impl.h"

static dt_memo_t **
memo_slot(dt_types_t *ts, uint32_t kind, uint64_t a, uint64_t b)
{
	uint64_t h = (a * 31 + b) * 0x9e3779b97f4a7c15ULL + kind;
	return &ts->memo[(h >> 32) % DT_TYPES_HASH];
}

ctf_id_t
dt_types_memo(dt_types_t *ts, uint32_t kind, uint64_t a, uint64_t b)
{
	for (dt_memo_t *m = *memo_slot(ts, kind, a, b); m; m = m->next)
		if (m->kind == kind && m->a == a && m->b == b)
			return m->id;
	return 0;
}

ctf_id_t
dt_types_remember(dt_types_t *ts, uint32_t kind, uint64_t a, uint64_t b, ctf_id_t id)
{
	if (id == CTF_ERR)
		return 0;
	dt_memo_t **slot = memo_slot(ts, kind, a, b), *m = dt_arena_alloc(ts->dtp->arena, sizeof(*m));
	*m = (dt_memo_t){*slot, kind, a, b, id};
	*slot = m;
	return id;
}

ctf_id_t
dt_types_derive(dt_types_t *ts, uint32_t kind, ctf_id_t ref)
{
	ctf_id_t id = dt_types_memo(ts, kind, (uint64_t)ref, 0);
	if (id)
		return id;
	switch (kind) {
	case CTF_K_POINTER:
		id = ctf_add_pointer(ts->fp, CTF_ADD_ROOT, ref);
		break;
	case CTF_K_CONST:
		id = ctf_add_const(ts->fp, CTF_ADD_ROOT, ref);
		break;
	case CTF_K_VOLATILE:
		id = ctf_add_volatile(ts->fp, CTF_ADD_ROOT, ref);
		break;
	default:
		id = ctf_add_restrict(ts->fp, CTF_ADD_ROOT, ref);
		break;
	}
	return dt_types_remember(ts, kind, (uint64_t)ref, 0, id);
}

ctf_id_t
dt_types_array(dt_types_t *ts, ctf_id_t elem, uint32_t n)
{
	ctf_id_t id = dt_types_memo(ts, CTF_K_ARRAY, (uint64_t)elem, n);
	if (id)
		return id;
	ctf_arinfo_t ar = {.ctr_contents = elem, .ctr_index = ts->base.i32.id, .ctr_nelems = n};
	return dt_types_remember(ts, CTF_K_ARRAY, (uint64_t)elem, n, ctf_add_array(ts->fp, CTF_ADD_ROOT, &ar));
}

ctf_id_t
dt_types_bitfield(dt_types_t *ts, ctf_id_t base, uint64_t bitoff, uint32_t bits, uint64_t *unit)
{
	uint32_t size = 8;
	while (size < 64 && bitoff % size + bits > size)
		size *= 2;
	uint32_t in = (uint32_t)(bitoff % size);
	*unit = bitoff - in;
	uint64_t key = (uint64_t)size << 16 | in << 8 | bits;
	ctf_id_t id = dt_types_memo(ts, CTF_K_SLICE, (uint64_t)base, key);
	if (id)
		return id;
	/* A bit-field of an enum has no sign: two bits hold enumerators 0 to 3. */
	dt_tinfo_t t = dt_type_info(dt_types_value(ts, base));
	ctf_encoding_t e = {.cte_format = t.is_signed && t.kind == DT_K_INT ? CTF_INT_SIGNED : 0,
			    .cte_offset = in,
			    .cte_bits = bits};
	id = dt_types_remember(ts, CTF_K_SLICE, (uint64_t)base, key,
			       ctf_add_slice(ts->fp, CTF_ADD_NONROOT, base, &e));
	if (id) {
		dt_side_t *s = dt_types_side(ts, id);
		s->flags |= DT_SF_SLICE;
		s->size = s->align = size / 8;
	}
	return id;
}

bool
dt_types_add_member(dt_types_t *ts, ctf_id_t sou, const char *name, ctf_id_t type, uint64_t bitoff)
{
	if (bitoff && ctf_member_count(ts->fp, sou) == 0 &&
	    ctf_add_member_offset(ts->fp, sou, NULL, dt_types_array(ts, ts->base.c.id, 0), 0) < 0)
		return false;
	return ctf_add_member_offset(ts->fp, sou, name && *name ? name : NULL, type, bitoff) == 0;
}

static dt_type_t
derive(dtrace_hdl_t *dtp, uint32_t kind, dt_type_t t)
{
	return dt_type_ok(t) ? dt_types_value(dtp->types, dt_types_derive(dtp->types, kind, t.id)) : DT_NOTYPE;
}

dt_type_t
dt_type_pointer(dtrace_hdl_t *dtp, dt_type_t t)
{
	return derive(dtp, CTF_K_POINTER, t);
}

dt_type_t
dt_type_const(dtrace_hdl_t *dtp, dt_type_t t)
{
	return dt_type_info(t).is_const ? t : derive(dtp, CTF_K_CONST, t);
}

dt_type_t
dt_type_volatile(dtrace_hdl_t *dtp, dt_type_t t)
{
	return derive(dtp, CTF_K_VOLATILE, t);
}

dt_type_t
dt_type_array(dtrace_hdl_t *dtp, dt_type_t elem, uint32_t n)
{
	return dt_type_ok(elem) ? dt_types_value(dtp->types, dt_types_array(dtp->types, elem.id, n))
				: DT_NOTYPE;
}

dt_type_t
dt_type_function(dtrace_hdl_t *dtp, dt_type_t ret, const dt_type_t *argv, int argc, bool varargs)
{
	dt_types_t *ts = dtp->types;
	if (!dt_type_ok(ret))
		return DT_NOTYPE;
	ctf_id_t *ids = dt_xcalloc((size_t)argc, sizeof(*ids));
	bool ok = true;
	for (int i = 0; i < argc; i++) {
		ids[i] = argv[i].id;
		ok = ok && dt_type_ok(argv[i]);
	}
	ctf_funcinfo_t fi = {ret.id, (uint32_t)argc, varargs ? CTF_FUNC_VARARG : 0};
	ctf_id_t id = ok ? ctf_add_function(ts->fp, CTF_ADD_ROOT, &fi, ids) : CTF_ERR;
	free(ids);
	return dt_types_value(ts, id);
}

dt_type_t
dt_type_intn(dtrace_hdl_t *dtp, int size, bool is_signed)
{
	const dt_basetypes_t *b = dt_basetypes(dtp);
	switch (size) {
	case 1:
		return is_signed ? b->i8 : b->u8;
	case 2:
		return is_signed ? b->i16 : b->u16;
	case 4:
		return is_signed ? b->i32 : b->u32;
	case 8:
		return is_signed ? b->i64 : b->u64;
	default:
		return DT_NOTYPE;
	}
}
