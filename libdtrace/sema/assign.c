/*
 * assign.c - typing of =, op=, ++ and -- (language.md E17-E20).  The node has the type
 * of its target; for op= dtype is the type the operator computes in.
 */
#include "sema.h"

#include <string.h>

static void
check_writable(dt_compile_t *c, const dt_node_t *n, const char *op)
{
	if (n->kind == DN_STR || n->kind == DN_INT || (!n->lval && !n->id))
		dt_error(c, "D_OP_LVAL", n->src, "operand of %s must be a variable or an object in memory", op);
	if (!n->writable)
		dt_error(c, "D_OP_WRITE", n->src, "operand of %s is read-only%s%s", op, n->name ? ": " : "",
			 n->name ? n->name : "");
}

static void
check_value(dt_compile_t *c, const dt_node_t *n)
{
	const dt_node_t *l = n->left, *r = n->right;

	bool array = dt_type_info(l->type).kind == DT_K_ARRAY;

	/* A constant 0 is a pointer, but no array. */
	if (sema_assignable(c, l->type, r) && !(array && sema_is_int(r->type)))
		return;
	if (array)
		dt_error(c, "D_OP_ARRFUN", n->src, "an array of type %s cannot be assigned a value of type %s",
			 sema_tname(c, l->type), sema_tname(c, r->type));
	dt_error(c, "D_OP_INCOMPAT", n->src, "operands of = do not go together: %s = %s",
		 sema_tname(c, l->type), sema_tname(c, r->type));
}

static bool
is_unknown_name(dt_compile_t *c, const dt_node_t *n)
{
	return n->kind == DN_IDENT && !n->cooked && !sema_global(c, n->name);
}

static bool
mentions(const dt_node_t *n, const dt_node_t *var)
{
	for (; n; n = n->next)
		if ((n->kind == var->kind && n->name && strcmp(n->name, var->name) == 0) ||
		    mentions(n->left, var) || mentions(n->right, var) || mentions(n->cond, var) ||
		    mentions(n->args, var))
			return true;
	return false;
}

/* a[k] = ... a[k] ..., and a is not known: its elements are integers, as those of a[k]++ are. */
static bool
reads_new_array(dt_compile_t *c, const dt_node_t *n)
{
	return n->left->kind == DN_INDEX && sema_is_new_target(c, n->left) && mentions(n->right, n->left->left);
}

/* A variable that is given a pointer into the process remembers whose it is. */
static dt_type_t
value_type(dt_compile_t *c, const dt_node_t *v)
{
	bool pointer = dt_type_info(v->type).kind == DT_K_PTR;
	return pointer && dt_node_is_user(v) ? dt_type_userland(c->dtp, v->type) : v->type;
}

static void
cook_simple(dt_compile_t *c, dt_node_t *n)
{
	if (reads_new_array(c, n))
		sema_target(c, &n->left, dt_basetypes(c->dtp)->i64);
	else if (is_unknown_name(c, n->right) && !sema_is_new_target(c, n->left)) {
		/* It may be an enumerator of the target's type. */
		sema_cook(c, &n->left);
		if (dt_type_info(n->left->type).kind == DT_K_ENUM)
			sema_enumerator(c, &n->right, n->left->type);
	}
	sema_cook(c, &n->right);
	if (!n->left->cooked)
		sema_target(c, &n->left, value_type(c, n->right));
	if (sema_is_string(n->left->type))
		sema_user_string(c, &n->right);
	check_writable(c, n->left, "=");
	check_value(c, n);
	n->type = n->left->type;
	n->user = n->right->user;
}

static void
cook_compound(dt_compile_t *c, dt_node_t *n)
{
	sema_cook(c, &n->left);
	check_writable(c, n->left, dt_op_text(n->op));
	sema_cook(c, &n->right);
	n->type = n->left->type;
	n->dtype = sema_arith(c, n, n->op, n->left, n->right);
	if (sema_is_int(n->type) != sema_is_int(n->dtype) ||
	    (!sema_is_int(n->type) && !sema_is_scalar(n->type)))
		dt_error(c, "D_OP_INCOMPAT", n->src, "operands of %s= do not go together: %s and %s",
			 dt_op_text(n->op), sema_tname(c, n->type), sema_tname(c, n->right->type));
}

void
sema_assign(dt_compile_t *c, dt_node_t **np)
{
	dt_node_t *n = *np;

	if (n->left->kind == DN_AGG)
		dt_error(c, "D_OP_LVAL", n->src,
			 "@%s = ... must be a statement of its own, not part of an expression", n->left->name);
	if (n->op == DT_OP_ASSIGN)
		cook_simple(c, n);
	else
		cook_compound(c, n);
}

void
sema_incdec(dt_compile_t *c, dt_node_t *n)
{
	const char *op = n->op == DT_OP_PREINC || n->op == DT_OP_POSTINC ? "++" : "--";

	if (n->left->kind == DN_AGG)
		dt_error(c, "D_OP_LVAL", n->src, "an aggregation cannot be the operand of %s", op);
	sema_target(c, &n->left, dt_basetypes(c->dtp)->i64);
	check_writable(c, n->left, op);
	sema_scalar_operand(c, n->left, op);
	if (sema_is_ptr(n->left->type)) {
		dt_tinfo_t ti = dt_type_info(sema_pointee(c, n->left->type));
		if (ti.kind == DT_K_VOID || ti.kind == DT_K_FUNC || ti.size == 0)
			dt_error(c, "D_OP_VFPTR", n->src,
				 "%s on a pointer of type %s: the size of what it points to is not known", op,
				 sema_tname(c, n->left->type));
	}
	n->type = n->left->type;
	n->user = n->left->user;
}
