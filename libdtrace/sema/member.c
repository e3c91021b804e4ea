/*
 * member.c - typing of what reaches into memory: . -> [] * and &.
 *
 * Kernel and user objects are read-only; D variables held by value are writable
 * in their members and elements; and so is memory that may be the clause's own
 * scratch (what copyin() and alloca() give), where the generated code checks the
 * address before it stores.
 */
#include "../syntax/library.h"
#include "sema.h"

#include <string.h>

bool
sema_is_bitfield(const dt_node_t *n)
{
	return (n->kind == DN_MEMBER || n->kind == DN_PTRMEMBER) && dt_type_info(n->member.type).bits != 0;
}

/* Can the value of this pointer expression be an address in scratch memory? */
static bool
may_be_scratch(const dt_node_t *n)
{
	switch (n->kind) {
	case DN_CALL:
		return n->func == DT_F_COPYIN || n->func == DT_F_ALLOCA;
	case DN_IDENT:
	case DN_SELF:
	case DN_THIS:
		return sema_is_var(n);
	case DN_INDEX:
	case DN_MEMBER:
	case DN_PTRMEMBER: /* scratch memory may hold pointers to scratch memory */
		return sema_is_var(n) || may_be_scratch(n->left);
	case DN_CAST:
		return may_be_scratch(n->left);
	case DN_ASSIGN:
		return may_be_scratch(n->right);
	case DN_COND:
		return may_be_scratch(n->left) || may_be_scratch(n->right);
	case DN_BINARY:
		return may_be_scratch(n->left) || may_be_scratch(n->right);
	case DN_UNARY:
		return (n->op == DT_OP_ADDROF || n->op == DT_OP_DEREF) && may_be_scratch(n->left);
	default:
		return false;
	}
}

static void
set_loaded(dt_node_t *n, dt_type_t type, const dt_node_t *pointer)
{
	n->type = type;
	n->lval = true;
	n->user = dt_node_is_user(pointer);
	n->writable = may_be_scratch(pointer) && !n->user && !dt_type_info(type).is_const;
}

/*
 * A member that the kernel's struct TAG does not have may be another system's name for something: what the
 * translator from struct TAG * to struct __dt_compat_TAG says.
 */
static bool
translate_foreign(dt_compile_t *c, dt_node_t **np, dt_type_t sou)
{
	dt_node_t *n = *np;
	const char *tag = strrchr(sema_tname(c, sou), ' ');
	dt_type_t foreign =
	    tag ? dt_lib_type(c, dt_arena_printf(c->arena, "struct __dt_compat_%s", tag + 1)) : DT_NOTYPE;
	dt_member_t member;

	if (!dt_type_ok(foreign) || !dt_type_member(c->dtp, foreign, n->name, &member))
		return false;
	dt_node_t *x = dt_node_new(c->arena, DN_XLATE, n->src), *object = n->left;
	if (n->kind == DN_MEMBER) {
		object = dt_node_new(c->arena, DN_UNARY, n->src);
		object->op = DT_OP_ADDROF;
		object->left = n->left;
		sema_cook(c, &object);
	}
	x->left = object;
	if (!sema_translate(c, x, n->kind == DN_MEMBER ? foreign : dt_type_pointer(c->dtp, foreign)))
		return false;
	x->cooked = true;
	n->left = x;
	sema_xlate_member(c, np);
	return true;
}

void
sema_member(dt_compile_t *c, dt_node_t **np)
{
	dt_node_t *n = *np;
	const char *op = n->kind == DN_MEMBER ? "." : "->";

	sema_cook_dyn(c, &n->left);
	if (sema_is_dyn(n->left)) {
		sema_xlate_member(c, np);
		return;
	}
	dt_type_t sou = n->left->type;
	if (n->kind == DN_PTRMEMBER) {
		if (!sema_is_ptr(sou))
			dt_error(c, "D_OP_PTR", n->src, "left of -> must be a pointer, not %s%s",
				 sema_tname(c, sou), dt_type_info(sou).kind == DT_K_STRUCT ? ": use ." : "");
		sou = sema_pointee(c, sou);
	}
	dt_kind_t kind = dt_type_info(sou).kind;
	if (kind == DT_K_FWD) {
		sou = dt_type_complete(c->dtp, sou);
		kind = dt_type_info(sou).kind;
	}
	if (kind == DT_K_FWD)
		dt_error(c, "D_OP_INCOMPLETE", n->src,
			 "%s is declared but not defined anywhere: its members are not known",
			 sema_tname(c, sou));
	if (kind != DT_K_STRUCT && kind != DT_K_UNION)
		dt_error(c, "D_OP_SOU", n->src, "left of %s must be a struct or union%s, not %s%s", op,
			 n->kind == DN_MEMBER ? "" : " pointer", sema_tname(c, n->left->type),
			 kind == DT_K_PTR && n->kind == DN_MEMBER ? ": use ->" : "");
	if (!dt_type_member(c->dtp, sou, n->name, &n->member)) {
		if (translate_foreign(c, np, sou))
			return;
		dt_error(c, "D_TYPE_MEMBER", n->src, "%s has no member %s", sema_tname(c, sou), n->name);
	}
	if (n->kind == DN_PTRMEMBER) {
		set_loaded(n, n->member.type, n->left);
		return;
	}
	n->type = n->member.type;
	n->lval = n->left->lval;
	n->writable = n->left->writable && !dt_type_info(n->type).is_const;
	n->user = n->left->user;
}

static dt_type_t
pointee(dt_compile_t *c, const dt_node_t *at, const dt_node_t *p)
{
	if (!sema_is_ptr(p->type) && !sema_is_string(p->type))
		dt_error(c, "D_DEREF_NONPTR", at->src,
			 "cannot dereference a value of type %s: it is no pointer or array",
			 sema_tname(c, p->type));

	dt_type_t t = sema_pointee(c, p->type);
	dt_tinfo_t ti = dt_type_info(t);
	if (ti.kind == DT_K_VOID || !dt_type_ok(t))
		dt_error(c, "D_DEREF_VOID", at->src,
			 "cannot dereference a void pointer: cast it to the type it points to");
	if (ti.kind == DT_K_FUNC)
		dt_error(c, "D_DEREF_FUNC", at->src, "cannot dereference a function pointer");
	if (ti.kind == DT_K_FWD)
		dt_error(c, "D_OP_INCOMPLETE", at->src, "%s is declared but not defined anywhere",
			 sema_tname(c, t));
	return t;
}

void
sema_deref(dt_compile_t *c, dt_node_t **np)
{
	dt_node_t *n = *np;

	sema_cook_dyn(c, &n->left);
	if (sema_is_dyn(n->left) && sema_is_ptr(n->left->type)) {
		*np = n->left;
		(*np)->type = sema_pointee(c, n->left->type);
		return;
	}
	if (n->left->kind == DN_UNARY && n->left->op == DT_OP_ADDROF) {
		*np = n->left->left;
		return;
	}
	set_loaded(n, pointee(c, n, n->left), n->left);
	if (dt_type_info(n->left->type).kind == DT_K_ARRAY || sema_is_string(n->left->type))
		n->writable = n->left->writable;
}

void
sema_element(dt_compile_t *c, dt_node_t *n)
{
	dt_node_t *i = n->args;
	dt_tinfo_t ti = dt_type_info(n->left->type);

	if (!i || i->next)
		dt_error(c, "D_ARR_BADREF", n->src, "%s is no associative array: it takes one index",
			 n->left->name ? n->left->name : "this");
	sema_cook(c, &n->args);
	i = n->args;
	dt_type_t elem = pointee(c, n, n->left);
	if (!sema_is_int(i->type))
		dt_error(c, "D_OP_INCOMPAT", i->src, "an array index must be an integer, not %s",
			 sema_tname(c, i->type));
	if (ti.kind == DT_K_ARRAY && ti.nelem > 1 && sema_is_const(i) && i->ival >= ti.nelem)
		dt_error(c, "D_ARR_BOUNDS", n->src, "index %lld is outside of %s", (long long)i->ival,
			 sema_tname(c, n->left->type));
	if (dt_type_info(elem).size == 0)
		dt_error(c, "D_OP_INCOMPLETE", n->src, "elements of %s have no known size",
			 sema_tname(c, n->left->type));
	set_loaded(n, elem, n->left);
	if (ti.kind == DT_K_ARRAY || ti.kind == DT_K_STRING)
		n->writable = n->left->writable && !dt_type_info(elem).is_const;
}

/* Is the object a D variable, or a part of one held by value? */
bool
sema_in_variable(const dt_node_t *n)
{
	if (sema_is_var(n))
		return true;
	if (n->kind == DN_MEMBER)
		return sema_in_variable(n->left);
	return n->kind == DN_INDEX && !sema_is_ptr(n->left->type)
		   ? sema_in_variable(n->left)
		   : n->kind == DN_INDEX && dt_type_info(n->left->type).kind == DT_K_ARRAY &&
			 sema_in_variable(n->left);
}

void
sema_addrof(dt_compile_t *c, dt_node_t **np)
{
	dt_node_t *n = *np;

	if (n->left->kind == DN_AGG)
		dt_error(c, "D_ADDROF_VAR", n->src, "cannot take the address of an aggregation");
	if (sema_symbol_addr(c, np))
		return;
	sema_cook_dyn(c, &n->left);
	if (sema_is_dyn(n->left))
		dt_error(c, "D_ADDROF_VAR", n->src, "cannot take the address of a translated object");
	if (sema_in_variable(n->left))
		dt_error(c, "D_ADDROF_VAR", n->src, "cannot take the address of a D variable");
	if (n->left->kind == DN_UNARY && n->left->op == DT_OP_DEREF) {
		*np = n->left->left;
		(*np)->lval = (*np)->writable = false;
		return;
	}
	if (!n->left->lval)
		dt_error(c, "D_ADDROF_LVAL", n->src,
			 "cannot take the address of a value: & needs an object in memory");
	if (sema_is_bitfield(n->left))
		dt_error(c, "D_ADDROF_BITFIELD", n->src, "cannot take the address of bit-field %s",
			 n->left->name);
	n->type = dt_type_pointer(c->dtp, n->left->type);
	if (!dt_type_ok(n->type))
		dt_error(c, "D_TYPE_ERR", n->src, "cannot make a pointer to %s", sema_tname(c, n->left->type));
	n->user = n->left->user;
}
