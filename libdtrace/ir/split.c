/*
 * split.c - a program that is too long becomes two: the first half of its clauses, then the rest.
 *
 * Programs on one tracepoint run in the order they are attached, and BEGIN's and END's in the order of the
 * module, so clauses keep theirs.  What lives for one firing cannot cross: a boundary is only
 * possible where no this-> variable (and no strtok() state) that is used before it is looked
 * at behind it.  A clause that begins by giving the variable a value does not look.
 */
#include <stdlib.h>
#include <string.h>

#include "gen.h"

/* Where a variable of the firing is used, as positions in the unit's list of clauses; -1: nowhere. */
typedef struct span {
	int first;  /* any use */
	int last;   /* use of a value that it may have from an earlier clause */
	int set_at; /* the clause that has given it a value of its own, if it is this one */
} span_t;

enum {
	STRTOK = 0, /* spans[0]; this-> variables follow */
	THIS = 1
};

static void note_uses(const dt_node_t *, span_t *spans, int at);

static void
note_use(span_t *s, int at)
{
	if (s->first < 0)
		s->first = at;
	if (s->set_at != at)
		s->last = at;
}

/* `this->x = value;` as a statement: from here to the end of the clause x is its own. */
static bool
note_assignment(const dt_node_t *stmt, span_t *spans, int at)
{
	const dt_node_t *n = stmt->kind == DN_EXPR_STMT ? stmt->left : NULL;
	if (!n || n->kind != DN_ASSIGN || n->op != DT_OP_ASSIGN || n->left->kind != DN_THIS || !n->left->id)
		return false;
	note_uses(n->right, spans, at);
	span_t *s = &spans[THIS + n->left->id->id];
	if (s->first < 0)
		s->first = at;
	s->set_at = at;
	return true;
}

static void
note_uses(const dt_node_t *n, span_t *spans, int at)
{
	for (; n; n = n->next) {
		if (n->kind == DN_THIS && n->id)
			note_use(&spans[THIS + n->id->id], at);
		else if (n->kind == DN_CALL && n->func == DT_F_STRTOK)
			note_use(&spans[STRTOK], at);
		note_uses(n->left, spans, at);
		note_uses(n->right, spans, at);
		note_uses(n->cond, spans, at);
		note_uses(n->args, spans, at);
		note_uses(n->body, spans, at);
		note_uses(n->orelse, spans, at);
	}
}

static void
note_clause(const dt_clause_t *c, span_t *spans, int at)
{
	note_uses(c->pred, spans, at);
	for (const dt_node_t *s = c->stmts; s; s = s->next) {
		dt_node_t one = *s;
		one.next = NULL;
		if (!note_assignment(&one, spans, at))
			note_uses(&one, spans, at);
	}
}

/* The boundary nearest to the middle: clauses before it go first.  0 when there is none. */
static int
boundary(dt_module_t *m, const int *clause, int n)
{
	int nspans = THIS + dt_idents_count(m->dtp, DT_SC_THIS);
	span_t *spans = dt_xcalloc((size_t)nspans, sizeof(*spans));
	bool *crossed = dt_xcalloc((size_t)n + 1, sizeof(*crossed));
	for (int i = 0; i < nspans; i++)
		spans[i] = (span_t){-1, -1, -1};
	for (int i = 0; i < n; i++)
		note_clause(m->top.p[clause[i]], spans, i);
	for (int i = 0; i < nspans; i++)
		for (int at = spans[i].first + 1; spans[i].first >= 0 && at <= spans[i].last; at++)
			crossed[at] = true;
	int best = 0;
	for (int at = 1; at < n; at++)
		if (!crossed[at] && (!best || abs(at - n / 2) < abs(best - n / 2)))
			best = at;
	free(spans);
	free(crossed);
	return best;
}

static void
insert_unit(dt_module_t *m, int i, dt_unit_t *u)
{
	*dt_vec_push(&m->units) = u;
	memmove(&m->units.p[i + 1], &m->units.p[i], sizeof(*m->units.p) * (size_t)(m->units.n - i - 1));
	m->units.p[i] = u;
}

/* The unit itself, then those that shared its program. */
static void
unshare(dt_module_t *m, int i)
{
	dt_unit_t *v = m->units.p[i]->then;
	m->units.p[i]->then = NULL;
	insert_unit(m, i + 1, v);
}

/* Replace unit i by two: of those that share its program the first and the rest, else with half of its clauses
 * each; false when it cannot be divided. */
bool
split_unit(dt_module_t *m, int i)
{
	dt_unit_t *u = m->units.p[i];
	int *clause = dt_xcalloc((size_t)m->top.n + 1, sizeof(*clause)), n = 0;
	for (int c = u->from; c < u->to; c++)
		if (unit_has_clause(u, m->top.p[c]))
			clause[n++] = c;
	int at = u->then ? 0 : boundary(m, clause, n);
	int middle = at ? clause[at] : 0;
	free(clause);
	if (!at && !u->then)
		return false;
	for (int f = 0; f < u->ir->funcs.n; f++)
		ir_func_free(u->ir->funcs.p[f]);
	dt_vec_free(&u->ir->funcs);
	u->ir = NULL;
	if (u->then) {
		unshare(m, i);
		return true;
	}
	dt_unit_t *v = dt_arena_alloc(m->arena, sizeof(*v));
	*v = *u;
	v->from = u->to = middle;
	v->probes = dt_xcalloc((size_t)u->nprobes, sizeof(*v->probes));
	v->sites = dt_xcalloc((size_t)u->nprobes, sizeof(*v->sites));
	memcpy(v->probes, u->probes, sizeof(*v->probes) * (size_t)u->nprobes);
	memcpy(v->sites, u->sites, sizeof(*v->sites) * (size_t)u->nprobes);
	insert_unit(m, i + 1, v);
	return true;
}
