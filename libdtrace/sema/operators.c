/*
 * operators.c - typing of unary and binary operators, comparisons and ?:
 * (language.md 2.4).  Arithmetic nodes get the type they compute in; comparisons
 * are int, and their dtype is the type the operands are compared in.
 */
#include "sema.h"

#include <string.h>

static void __attribute__((noreturn))
incompatible(dt_compile_t *c, const dt_node_t *at, dt_op_t op, const dt_node_t *a, const dt_node_t *b)
{
	const char *hint = op == DT_OP_ADD && sema_is_string(a->type) && sema_is_string(b->type)
			       ? ": strjoin() joins strings"
			       : "";
	dt_error(c, "D_OP_INCOMPAT", at->src, "operands of %s do not go together: %s and %s%s", dt_op_text(op),
		 sema_tname(c, a->type), sema_tname(c, b->type), hint);
}

void
sema_scalar_operand(dt_compile_t *c, const dt_node_t *n, const char *op)
{
	if (!sema_is_scalar(n->type))
		dt_error(c, "D_OP_SCALAR", n->src, "operand of %s must be an integer or pointer, not %s", op,
			 sema_tname(c, n->type));
}

static void
int_operand(dt_compile_t *c, const dt_node_t *n, dt_op_t op)
{
	if (!sema_is_int(n->type))
		dt_error(c, "D_OP_INT", n->src, "operand of %s must be an integer, not %s", dt_op_text(op),
			 sema_tname(c, n->type));
}

static void
arith_operand(dt_compile_t *c, const dt_node_t *n, dt_op_t op)
{
	if (!sema_is_int(n->type))
		dt_error(c, "D_OP_ARITH", n->src, "operand of %s must be a number D can compute with, not %s",
			 dt_op_text(op), sema_tname(c, n->type));
}

/* Pointer arithmetic: the pointee must have a size. */
static void
check_step(dt_compile_t *c, const dt_node_t *at, dt_op_t op, dt_type_t t)
{
	if (sema_is_string(t))
		return;
	dt_tinfo_t ti = dt_type_info(sema_pointee(c, t));
	if (ti.kind == DT_K_VOID || ti.kind == DT_K_FUNC || ti.size == 0)
		dt_error(c, "D_OP_VFPTR", at->src,
			 "%s on a pointer of type %s: the size of what it points to is not known",
			 dt_op_text(op), sema_tname(c, t));
}

static bool
is_address(dt_type_t t)
{
	return sema_is_ptr(t) || sema_is_string(t);
}

/* E7-E9: type of a + b, a - b. */
dt_type_t
sema_additive(dt_compile_t *c, const dt_node_t *at, dt_op_t op, const dt_node_t *a, const dt_node_t *b)
{
	if (sema_is_int(a->type) && sema_is_int(b->type))
		return sema_common(c, a->type, b->type);
	if (is_address(a->type) && sema_is_int(b->type)) {
		check_step(c, at, op, a->type);
		return sema_decay(c, a->type);
	}
	if (op == DT_OP_ADD && sema_is_int(a->type) && is_address(b->type)) {
		check_step(c, at, op, b->type);
		return sema_decay(c, b->type);
	}
	if (op == DT_OP_SUB && sema_is_ptr(a->type) && sema_is_ptr(b->type) &&
	    sema_pointee_compat(c, a->type, b->type)) {
		check_step(c, at, op, a->type);
		check_step(c, at, op, b->type);
		return dt_basetypes(c->dtp)->ptrdiff;
	}
	incompatible(c, at, op, a, b);
}

/* Type of the result of an arithmetic or bit operator; also used for op=. */
dt_type_t
sema_arith(dt_compile_t *c, const dt_node_t *at, dt_op_t op, const dt_node_t *a, const dt_node_t *b)
{
	switch (op) {
	case DT_OP_ADD:
	case DT_OP_SUB:
		return sema_additive(c, at, op, a, b);
	case DT_OP_MUL:
	case DT_OP_DIV:
		arith_operand(c, a, op);
		arith_operand(c, b, op);
		break;
	default:
		int_operand(c, a, op);
		int_operand(c, b, op);
	}
	if ((op == DT_OP_DIV || op == DT_OP_MOD) && sema_is_zero(b))
		dt_error(c, "D_DIV_ZERO", at->src, "division by zero: the divisor of %s is 0", dt_op_text(op));
	if (op == DT_OP_LSH || op == DT_OP_RSH)
		return sema_promote(c, a->type);
	return sema_common(c, a->type, b->type);
}

/* E10-E13: what two operands are compared as. */
static dt_type_t
comparison(dt_compile_t *c, const dt_node_t *n)
{
	const dt_node_t *a = n->left, *b = n->right;

	if (sema_is_int(a->type) && sema_is_int(b->type))
		return sema_common(c, a->type, b->type);
	if ((sema_is_string(a->type) || sema_is_string(b->type)) && sema_strcompat(c, a->type) &&
	    sema_strcompat(c, b->type))
		return dt_basetypes(c->dtp)->string;
	if ((sema_is_string(a->type) && sema_is_zero(b)) || (sema_is_zero(a) && sema_is_string(b->type)))
		return dt_basetypes(c->dtp)->voidp;
	if (sema_ptrcompat(c, a, b))
		return sema_decay(c, sema_is_ptr(a->type) ? a->type : b->type);
	incompatible(c, n, n->op, a, b);
}

/* E13: beside an enum, a bare name may be one of its enumerators. */
static void
cook_comparands(dt_compile_t *c, dt_node_t *n)
{
	bool name_left = n->left->kind == DN_IDENT && !n->left->cooked;
	dt_node_t **first = name_left && n->right->kind != DN_IDENT ? &n->right : &n->left;
	dt_node_t **second = first == &n->left ? &n->right : &n->left;

	/* A bare name on the left may be the enumerator itself: look at the right side first. */
	if (name_left && n->right->kind == DN_IDENT && !dt_ident_lookup(c->dtp, DT_SC_GLOBAL, n->left->name)) {
		first = &n->right;
		second = &n->left;
	}
	sema_cook(c, first);
	if (dt_type_info((*first)->type).kind == DT_K_ENUM)
		sema_enumerator(c, second, (*first)->type);
	sema_cook(c, second);
}

static bool
is_call_of(dt_compile_t *c, const dt_node_t *n, dt_fkind_t kind)
{
	const dt_funcdesc_t *f = sema_callee(c, n);
	return f && f->kind == kind;
}

static void
no_actions(dt_compile_t *c, const dt_node_t *n, const char *op)
{
	if (is_call_of(c, n, DT_FK_ACT) || is_call_of(c, n, DT_FK_AGG))
		dt_error(c, "D_OP_ACT", n->src, "%s() is an action: it cannot be an operand of %s",
			 n->left->name, op);
}

/* Operands of , and ?: must have values. */
static void
cook_operand(dt_compile_t *c, dt_node_t **np, const char *op)
{
	dt_src_t src = (*np)->src; /* what an inline expands to stands elsewhere */

	sema_cook_dyn(c, np);
	if (sema_is_dyn(*np))
		dt_error(c, "D_OP_DYN", src, "a translated object cannot be an operand of %s", op);
}

static void
cook_comma(dt_compile_t *c, dt_node_t *n)
{
	no_actions(c, n->left, ",");
	no_actions(c, n->right, ",");
	cook_operand(c, &n->left, ",");
	cook_operand(c, &n->right, ",");
	n->type = n->right->type;
	n->user = n->right->user;
}

/* What is computed of a pointer is where that leads; of numbers, one may be an address. */
static bool
is_user(const dt_node_t *a, const dt_node_t *b)
{
	if (sema_is_ptr(a->type) != sema_is_ptr(b->type))
		return dt_node_is_user(sema_is_ptr(a->type) ? a : b);
	return dt_node_is_user(a) || dt_node_is_user(b);
}

void
sema_binary(dt_compile_t *c, dt_node_t **np)
{
	dt_node_t *n = *np;
	const dt_basetypes_t *base = dt_basetypes(c->dtp);
	int64_t v;

	if (n->op == DT_OP_COMMA) {
		cook_comma(c, n);
		return;
	}
	if (n->op >= DT_OP_LT && n->op <= DT_OP_NE) {
		cook_comparands(c, n);
		n->dtype = comparison(c, n);
		if (sema_is_string(n->dtype)) {
			sema_user_string(c, &n->left);
			sema_user_string(c, &n->right);
		}
		n->type = base->i32;
	} else if (n->op == DT_OP_LAND || n->op == DT_OP_LOR || n->op == DT_OP_LXOR) {
		sema_cook(c, &n->left);
		sema_cook(c, &n->right);
		sema_scalar_operand(c, n->left, dt_op_text(n->op));
		sema_scalar_operand(c, n->right, dt_op_text(n->op));
		n->type = n->dtype = base->i32;
	} else {
		sema_cook(c, &n->left);
		sema_cook(c, &n->right);
		n->type = sema_arith(c, n, n->op, n->left, n->right);
		n->user = is_user(n->left, n->right);
	}
	if (sema_is_const(n->left) && sema_is_const(n->right) && sema_fold_binary(c, n, &v)) {
		*np = sema_int(c, n, v, n->type);
		return;
	}
	/* The left operand alone may decide && and ||. */
	if (sema_is_const(n->left) &&
	    ((n->op == DT_OP_LAND && n->left->ival == 0) || (n->op == DT_OP_LOR && n->left->ival != 0)))
		*np = sema_int(c, n, n->op == DT_OP_LOR, n->type);
}

static void
fold_unary(dt_compile_t *c, dt_node_t **np)
{
	dt_node_t *n = *np;
	uint64_t v = n->left->ival;

	if (!sema_is_const(n->left))
		return;
	*np = sema_int(c, n,
		       (int64_t)(n->op == DT_OP_NEG    ? 0 - v
				 : n->op == DT_OP_BNEG ? ~v
				 : n->op == DT_OP_NOT  ? (uint64_t)!v
						       : v),
		       n->type);
}

static void
cook_stringof(dt_compile_t *c, dt_node_t **np)
{
	dt_node_t *n = *np;

	sema_cook(c, &n->left);
	if (!sema_is_scalar(n->left->type) && !sema_strcompat(c, n->left->type))
		dt_error(c, "D_STRINGOF_TYPE", n->src,
			 "stringof needs a pointer, an integer or a char array, not %s",
			 sema_tname(c, n->left->type));
	if (sema_is_string(n->left->type)) {
		n->left->lval = n->left->writable = false;
		*np = n->left;
		return;
	}
	if (dt_node_is_user(n->left) && !sema_is_int(n->left->type)) {
		*np = n->left;
		sema_copyinstr(c, np);
		return;
	}
	n->type = dt_basetypes(c->dtp)->string;
}

void
sema_unary(dt_compile_t *c, dt_node_t **np)
{
	dt_node_t *n = *np;

	switch (n->op) {
	case DT_OP_NEG:
	case DT_OP_PLUS:
		sema_cook(c, &n->left);
		arith_operand(c, n->left, n->op);
		n->type = sema_promote(c, n->left->type);
		fold_unary(c, np);
		break;
	case DT_OP_BNEG:
		sema_cook(c, &n->left);
		int_operand(c, n->left, n->op);
		n->type = sema_promote(c, n->left->type);
		fold_unary(c, np);
		break;
	case DT_OP_NOT:
		sema_cook(c, &n->left);
		sema_scalar_operand(c, n->left, "!");
		n->type = dt_basetypes(c->dtp)->i32;
		fold_unary(c, np);
		break;
	case DT_OP_DEREF:
		sema_deref(c, np);
		break;
	case DT_OP_ADDROF:
		sema_addrof(c, np);
		break;
	case DT_OP_STRINGOF:
		cook_stringof(c, np);
		break;
	default:
		sema_incdec(c, n);
	}
}

/* E15: common type of the two values of ?:. */
static dt_type_t
branches(dt_compile_t *c, const dt_node_t *n)
{
	const dt_node_t *a = n->left, *b = n->right;

	if (sema_is_int(a->type) && sema_is_int(b->type))
		return sema_common(c, a->type, b->type);
	if (sema_is_string(a->type) || sema_is_string(b->type)) {
		if ((sema_strcompat(c, a->type) || sema_is_zero(a)) &&
		    (sema_strcompat(c, b->type) || sema_is_zero(b)))
			return dt_basetypes(c->dtp)->string;
	} else if (sema_same(c, a->type, b->type)) {
		return a->type;
	} else if (sema_ptrcompat(c, a, b)) {
		dt_type_t pa = sema_decay(c, a->type), pb = sema_decay(c, b->type);
		return !sema_is_ptr(pa) || (sema_is_ptr(pb) && sema_is_void(sema_pointee(c, pa))) ? pb : pa;
	}
	dt_error(c, "D_OP_INCOMPAT", n->src, "the two values of ?: do not go together: %s and %s",
		 sema_tname(c, a->type), sema_tname(c, b->type));
}

void
sema_cond(dt_compile_t *c, dt_node_t **np)
{
	dt_node_t *n = *np;

	no_actions(c, n->left, "?: where its value is used");
	no_actions(c, n->right, "?: where its value is used");
	sema_cook(c, &n->cond);
	sema_scalar_operand(c, n->cond, "?:");
	cook_operand(c, &n->left, "?:");
	cook_operand(c, &n->right, "?:");
	n->type = branches(c, n);
	n->user = is_user(n->left, n->right);
	if (sema_is_string(n->type)) {
		sema_user_string(c, &n->left);
		sema_user_string(c, &n->right);
	}
	if (sema_is_const(n->cond)) {
		dt_node_t *arm = n->cond->ival ? n->left : n->right;
		*np = sema_cast_to(c, arm, n->type);
	}
}
