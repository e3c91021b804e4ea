/*
 * conv.c - how types relate: promotion, common types, what converts to what
 * (language.md 2.4, rows E1-E18, and 3.5).
 */
#include "sema.h"

#include <string.h>

static bool
is_kind(dt_type_t t, dt_kind_t kind)
{
	return dt_type_ok(t) && dt_type_info(t).kind == kind;
}

bool
sema_is_int(dt_type_t t)
{
	return is_kind(t, DT_K_INT) || is_kind(t, DT_K_ENUM);
}

bool
sema_is_ptr(dt_type_t t)
{
	return is_kind(t, DT_K_PTR) || is_kind(t, DT_K_ARRAY) || is_kind(t, DT_K_FUNC);
}

bool
sema_is_scalar(dt_type_t t)
{
	return sema_is_int(t) || is_kind(t, DT_K_PTR);
}

bool
sema_is_string(dt_type_t t)
{
	return is_kind(t, DT_K_STRING);
}

bool
sema_is_void(dt_type_t t)
{
	return is_kind(t, DT_K_VOID);
}

const char *
sema_tname(dt_compile_t *c, dt_type_t t)
{
	char buf[256];

	if (!dt_type_ok(t))
		return "(unknown type)";
	return dt_arena_strdup(c->arena, dt_type_name(t, buf, sizeof(buf)));
}

/* A name for comparing structs that may come from different dictionaries, or be known by name only. */
static bool
same_tag(dt_type_t a, dt_type_t b)
{
	char na[256], nb[256];

	dt_type_name(a, na, sizeof(na));
	dt_type_name(b, nb, sizeof(nb));
	return strcmp(na, nb) == 0 && !strstr(na, "(anon");
}

bool
sema_same(dt_compile_t *c, dt_type_t a, dt_type_t b)
{
	if (!dt_type_ok(a) || !dt_type_ok(b))
		return false;
	a = dt_type_resolve(c->dtp, a);
	b = dt_type_resolve(c->dtp, b);
	if (dt_type_same(a, b))
		return true;

	dt_tinfo_t ia = dt_type_info(a), ib = dt_type_info(b);
	bool soua = ia.kind == DT_K_STRUCT || ia.kind == DT_K_UNION || ia.kind == DT_K_FWD;
	bool soub = ib.kind == DT_K_STRUCT || ib.kind == DT_K_UNION || ib.kind == DT_K_FWD;

	/* A struct of the process and one of the kernel may have one name. */
	if (soua && soub && ia.size && ib.size && ia.size != ib.size)
		return false;
	if (soua && soub)
		return same_tag(a, b);
	if (ia.kind != ib.kind)
		return false;
	switch (ia.kind) {
	case DT_K_VOID:
	case DT_K_STRING:
		return true;
	case DT_K_INT:
		return ia.size == ib.size && ia.is_signed == ib.is_signed && ia.bits == ib.bits;
	case DT_K_ARRAY:
		return ia.nelem == ib.nelem && sema_same(c, dt_type_ref(c->dtp, a), dt_type_ref(c->dtp, b));
	case DT_K_PTR:
		return sema_same(c, dt_type_ref(c->dtp, a), dt_type_ref(c->dtp, b));
	case DT_K_ENUM:
	case DT_K_FUNC:
		return same_tag(a, b);
	default:
		return false;
	}
}

dt_type_t
sema_pointee(dt_compile_t *c, dt_type_t t)
{
	if (sema_is_string(t))
		return dt_basetypes(c->dtp)->c;
	t = dt_type_ref(c->dtp, dt_type_resolve(c->dtp, t));
	if (is_kind(t, DT_K_FWD))
		t = dt_type_complete(c->dtp, t);
	return t;
}

dt_type_t
sema_decay(dt_compile_t *c, dt_type_t t)
{
	if (is_kind(t, DT_K_ARRAY))
		return dt_type_pointer(c->dtp, dt_type_ref(c->dtp, dt_type_resolve(c->dtp, t)));
	if (is_kind(t, DT_K_FUNC))
		return dt_type_pointer(c->dtp, t);
	return t;
}

bool
sema_strcompat(dt_compile_t *c, dt_type_t t)
{
	if (sema_is_string(t))
		return true;
	if (!is_kind(t, DT_K_PTR) && !is_kind(t, DT_K_ARRAY))
		return false;
	t = dt_type_ref(c->dtp, dt_type_resolve(c->dtp, t));
	return dt_type_ok(t) && dt_type_info(t).is_char;
}

bool
sema_pointee_compat(dt_compile_t *c, dt_type_t a, dt_type_t b)
{
	a = dt_type_ref(c->dtp, dt_type_resolve(c->dtp, sema_decay(c, a)));
	b = dt_type_ref(c->dtp, dt_type_resolve(c->dtp, sema_decay(c, b)));
	if (sema_is_void(a) || sema_is_void(b) || sema_same(c, a, b))
		return true;
	if (is_kind(a, DT_K_FUNC) && is_kind(b, DT_K_FUNC))
		return true;

	/* char * and unsigned char *, long * and unsigned long * go together. */
	dt_tinfo_t ia = dt_type_info(a), ib = dt_type_info(b);
	return ia.kind == DT_K_INT && ib.kind == DT_K_INT && ia.size == ib.size;
}

bool
sema_ptrcompat(dt_compile_t *c, const dt_node_t *a, const dt_node_t *b)
{
	if (sema_is_ptr(a->type))
		return sema_is_zero(b) || (sema_is_ptr(b->type) && sema_pointee_compat(c, a->type, b->type));
	return sema_is_ptr(b->type) && sema_is_zero(a);
}

/* Integers narrower than int, and bit-fields an int can hold, compute as int; enums do too. */
dt_type_t
sema_promote(dt_compile_t *c, dt_type_t t)
{
	const dt_basetypes_t *b = dt_basetypes(c->dtp);
	dt_tinfo_t ti = dt_type_info(t);

	if (ti.kind == DT_K_ENUM)
		return b->i32;
	if (ti.kind != DT_K_INT)
		return t;
	if (ti.bits != 0)
		return ti.bits < 32 || (ti.bits == 32 && ti.is_signed) ? b->i32
		       : ti.bits == 32                                 ? b->u32
		       : ti.is_signed                                  ? b->i64
								       : b->u64;
	if (ti.size < 4)
		return b->i32;
	return ti.is_const ? dt_type_resolve(c->dtp, t) : t;
}

dt_type_t
sema_common(dt_compile_t *c, dt_type_t a, dt_type_t b)
{
	a = sema_promote(c, a);
	b = sema_promote(c, b);
	dt_tinfo_t ia = dt_type_info(a), ib = dt_type_info(b);

	if (ia.size != ib.size)
		return ia.size > ib.size ? a : b;
	return !ia.is_signed || ib.is_signed ? a : b;
}

/* W3: the variable takes the type of the value, without qualifiers or bit-fields' width. */
dt_type_t
sema_vartype(dt_compile_t *c, dt_type_t t)
{
	dt_tinfo_t ti = dt_type_info(t);

	if (ti.bits != 0)
		return sema_promote(c, t);
	if (ti.kind == DT_K_FUNC)
		return sema_decay(c, t);
	return ti.is_const ? dt_type_resolve(c->dtp, t) : t;
}

/* E18, T32, W11: may the value be assigned to something of this type? */
bool
sema_assignable(dt_compile_t *c, dt_type_t t, const dt_node_t *v)
{
	dt_tinfo_t ti = dt_type_info(t);

	if (!dt_type_ok(v->type) || sema_is_void(v->type))
		return false;
	switch (ti.kind) {
	case DT_K_INT:
	case DT_K_ENUM:
		return sema_is_int(v->type);
	case DT_K_PTR:
		if (sema_is_ptr(v->type))
			return sema_pointee_compat(c, t, v->type);
		return sema_is_zero(v) || (sema_is_string(v->type) && sema_strcompat(c, t));
	case DT_K_STRING:
		return sema_strcompat(c, v->type) || sema_is_zero(v);
	case DT_K_ARRAY:
		return sema_same(c, t, v->type) || sema_is_zero(v) ||
		       (sema_strcompat(c, t) && sema_strcompat(c, v->type));
	default:
		return sema_same(c, t, v->type) || sema_is_zero(v);
	}
}
