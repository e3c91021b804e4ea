/* interp_run.c - see interp.h: statements, clauses and the firings of BEGIN, END and ERROR. */
#include "interp.h"

#include <stdlib.h>
#include <string.h>

/* -------------------------------------------------------------- statements */

static void
action(interp_t *in, dt_node_t *call)
{
	int n = dt_node_count(call->args), i = 0;
	event_t e = {.kind = EV_CALL, .call = call};
	e.args = dt_arena_alloc(in->arena, sizeof(value_t) * (size_t)(n + 1));
	for (dt_node_t *a = call->args; a; a = a->next, i++) {
		if (a->kind == DN_AGG || (i == 0 && call->func == DT_F_PRINTF))
			continue;
		value_t v = interp_expr(in, a);
		if (interp_is_string(a->type)) {
			const char *s = interp_read(in, v);
			e.args[i] = interp_string(in, s, strlen(s));
		} else {
			e.args[i] = interp_num((uint64_t)interp_cut((int64_t)v.n, a->type));
		}
	}
	*dt_vec_push(&in->pending) = e;
	if (call->func == DT_F_EXIT)
		in->exited = true;
}

static void
commit(interp_t *in, bool record)
{
	if (record)
		*dt_vec_push(&in->events) = (event_t){.kind = EV_RECORD, .n = in->probe};
	for (int i = 0; i < in->pending.n; i++)
		*dt_vec_push(&in->events) = in->pending.p[i];
	if (record)
		*dt_vec_push(&in->events) = (event_t){.kind = EV_END};
	in->pending.n = 0;
}

/* Statements between and inside conditionals make a record each, when they record at all (G22). */
static void
statements(interp_t *in, dt_node_t *s)
{
	for (; s; s = s->next) {
		dt_node_t *e = s->left;
		if (s->kind == DN_IF) {
			commit(in, in->pending.n > 0);
			statements(in, interp_number(in, s->cond) ? s->body : s->orelse);
			continue;
		}
		if (!e)
			continue;
		if (e->kind == DN_ASSIGN && e->left->kind == DN_AGG)
			interp_aggregate(in, e);
		else if (e->kind == DN_CALL && dt_funcdesc((dt_func_t)e->func)->kind == DT_FK_ACT)
			action(in, e);
		else
			interp_expr(in, e);
	}
	commit(in, in->pending.n > 0);
}

static void fire(interp_t *, dtrace_id_t);

static bool
is_on(const dt_clause_t *c, dtrace_id_t probe)
{
	for (int i = 0; i < c->nprobes; i++)
		if (c->probes[i]->id == probe)
			return true;
	return false;
}

static void
faulted(interp_t *in, int clause)
{
	in->pending.n = 0;
	if (in->probe == 3) {
		in->dblerrors++;
		return;
	}
	cell_t *local = in->local;
	dtrace_id_t probe = in->probe;
	jmp_buf *fault = in->fault;
	*dt_vec_push(&in->events) = (event_t){.kind = EV_FAULT,
					      .n = in->code,
					      .addr = in->code == DTRACEFLT_BADADDR ? in->addr : 0,
					      .pred = in->in_pred,
					      .clause = clause};
	in->errargs[3] = UINT64_MAX;
	in->errargs[4] = in->code;
	in->errargs[5] = in->addr;
	fire(in, 3);
	in->local = local;
	in->probe = probe;
	in->fault = fault;
}

/* All clauses of a probe, in program order. */
static void
fire(interp_t *in, dtrace_id_t probe)
{
	volatile int nth = 0;
	jmp_buf fault;
	in->probe = probe;
	in->local = NULL;
	for (dt_clause_t *volatile c = in->clauses; c; c = c->next, nth++) {
		if (!is_on(c, probe))
			continue;
		in->fault = &fault;
		if (setjmp(fault)) {
			faulted(in, nth);
		} else {
			in->in_pred = true;
			bool run = !c->pred || interp_number(in, c->pred);
			in->in_pred = false;
			if (run && !c->stmts)
				commit(in, true);
			else if (run)
				statements(in, c->stmts);
		}
		if (in->exited && probe == 1)
			return;
	}
}

bool
interp_run(interp_t *in, dt_clause_t *clauses)
{
	in->arena = dt_arena_new();
	in->clauses = clauses;
	bool ok = !setjmp(in->unknown);
	if (ok) {
		fire(in, 1);
		fire(in, 2);
		interp_consume(in);
	}
	interp_agg_free(in);
	dt_vec_free(&in->events);
	dt_vec_free(&in->pending);
	dt_arena_free(in->arena);
	return ok;
}
