/*
 * gen_known.c - an element that the predicate has read is not looked up again in the body.
 *
 *   io:::done /start[arg0]/ { @ = quantize(timestamp - start[arg0]); start[arg0] = 0; }
 *
 * One element a clause, a number, whose keys no statement can change.  It is known when the body runs only
 * because the predicate has read it on every way there: it is one of the operands of &&.  Storing to any
 * variable forgets it.  Besides the time, two values of one element, with another CPU's store between them, are
 * not seen.
 */
#include "../sema/ident.h"
#include "gen.h"

/* Does it have one value as long as the clause runs? */
static bool
is_fixed(const dt_node_t *n)
{
	if (n->kind == DN_INT)
		return true;
	if (n->kind != DN_IDENT || !n->id || n->id->kind != DT_ID_BUILTIN)
		return false;
	switch (n->id->builtin) {
	case DT_BV_ARG:
	case DT_BV_CPU:
	case DT_BV_CURTHREAD:
	case DT_BV_PID:
	case DT_BV_TID:
		return true;
	default:
		return false;
	}
}

static bool
same_keys(const dt_node_t *a, const dt_node_t *b)
{
	for (; a && b; a = a->next, b = b->next)
		if (a->kind != b->kind || !is_fixed(a) || !is_fixed(b) || a->id != b->id || a->ival != b->ival)
			return false;
	return !a && !b;
}

static bool
is_conjunct(const dt_node_t *predicate, const dt_node_t *n)
{
	while (predicate != n && predicate->kind == DN_BINARY && predicate->op == DT_OP_LAND) {
		if (is_conjunct(predicate->right, n))
			return true;
		predicate = predicate->left;
	}
	return predicate == n;
}

void
gen_known_note(gen_t *g, const dt_node_t *n, int value)
{
	if (!g->in_pred || g->known || n->kind != DN_INDEX || !is_conjunct(g->clause->pred, n) ||
	    !same_keys(n->args, n->args))
		return;
	g->known = n;
	g->knownval = value;
}

int
gen_known_value(const gen_t *g, const dt_node_t *n)
{
	const dt_node_t *k = g->known;
	return k && n->kind == DN_INDEX && k->left->id == n->left->id && same_keys(k->args, n->args)
		   ? g->knownval
		   : -1;
}

void
gen_known_forget(gen_t *g)
{
	g->known = NULL;
}
