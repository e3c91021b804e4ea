/*
 * stmt.c - statements: expressions, aggregations, actions, if/else; and conditional
 * expressions whose arms are actions, which become if/else (idioms.md row 1).
 */
#include "sema.h"

static bool
is_action(dt_compile_t *c, const dt_node_t *n)
{
	if (n->kind == DN_COND)
		return is_action(c, n->left) || is_action(c, n->right);
	if (n->kind == DN_ASSIGN)
		return n->left->kind == DN_AGG;
	const dt_funcdesc_t *f = sema_callee(c, n);
	return f && f->kind != DT_FK_SUBR;
}

static dt_node_t *
as_stmt(dt_compile_t *c, dt_node_t *e)
{
	dt_node_t *s = dt_node_new(c->arena, DN_EXPR_STMT, e->src);
	s->left = e;
	return s;
}

/*
 * An arm that a constant condition rules out never runs.  Its names and types must be right all the same, but
 * its aggregations need not go with those of the program: scripts choose an aggregation's keys by constants.
 */
static void
cook_arm(dt_compile_t *c, dt_node_t **arm, bool dead)
{
	dt_sema_t *s = sema_state(c);
	bool outer = s->dead;

	s->dead = outer || dead;
	sema_stmts(c, arm);
	s->dead = outer;
	if (dead)
		*arm = NULL;
}

static void
cook_if(dt_compile_t *c, dt_node_t *n)
{
	sema_cook(c, &n->cond);
	if (!sema_is_scalar(n->cond->type))
		dt_error(c, "D_PRED_SCALAR", n->cond->src,
			 "the condition of if must be an integer or pointer, not %s",
			 sema_tname(c, n->cond->type));
	bool known = sema_is_const(n->cond);
	cook_arm(c, &n->body, known && !n->cond->ival);
	cook_arm(c, &n->orelse, known && n->cond->ival);
}

/* cond ? a : b, as statements.  A constant condition leaves one arm. */
static void
cook_choice(dt_compile_t *c, dt_node_t **np)
{
	dt_node_t *e = (*np)->left;
	dt_node_t *n = dt_node_new(c->arena, DN_IF, e->src);

	n->next = (*np)->next;
	n->cond = e->cond;
	n->body = as_stmt(c, e->left);
	n->orelse = as_stmt(c, e->right);
	*np = n;
	cook_if(c, n);
	if (sema_is_const(n->cond)) {
		*np = n->cond->ival ? n->body : n->orelse;
		(*np)->next = n->next;
	}
}

static void
cook_stmt(dt_compile_t *c, dt_node_t **np)
{
	dt_node_t *n = *np, *e = n->left;

	if (n->kind == DN_IF) {
		cook_if(c, n);
		return;
	}
	if (e->kind == DN_AGG)
		dt_error(c, "D_AGG_NULL", n->src, "@%s; does nothing: assign it an aggregating function",
			 e->name);
	if (e->kind == DN_COND && !e->cooked && is_action(c, e)) {
		cook_choice(c, np);
		return;
	}
	if (e->kind == DN_ASSIGN && e->left->kind == DN_AGG) {
		if (!e->cooked)
			sema_aggregate(c, e);
		return;
	}
	sema_state(c)->action = e;
	sema_cook(c, &n->left);
	sema_state(c)->action = NULL;
}

void
sema_stmts(dt_compile_t *c, dt_node_t **list)
{
	for (; *list; list = &(*list)->next)
		cook_stmt(c, list);
}
