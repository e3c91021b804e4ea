/*
 * order.c - what may stand after what in a clause: records, aggregations, speculate(),
 * commit() (language.md 2.6).  Each part of a clause that if/else makes is judged by
 * itself, as it is the part that records and that speculate() sends elsewhere.
 */
#include "sema.h"

typedef struct order {
	bool data, speculate, commit;
} order_t;

/* A destructive function is called somewhere in the expression. */
static bool
is_destructive(const dt_node_t *n)
{
	for (; n; n = n->next) {
		if (n->kind == DN_CALL && n->func && dt_funcdesc(n->func)->destructive)
			return true;
		if (is_destructive(n->left) || is_destructive(n->right) || is_destructive(n->cond) ||
		    is_destructive(n->args) || is_destructive(n->body) || is_destructive(n->orelse))
			return true;
	}
	return false;
}

static void
speculate(dt_compile_t *c, order_t *o, dt_src_t at)
{
	if (o->speculate)
		dt_error(c, "D_SPEC_SPEC", at, "a clause can speculate only once");
	if (o->commit)
		dt_error(c, "D_SPEC_COMM", at, "speculate() cannot follow commit()");
	if (o->data)
		dt_error(c, "D_SPEC_DREC", at, "speculate() must come before whatever records data");
	o->speculate = true;
}

static void
commit(dt_compile_t *c, order_t *o, dt_src_t at)
{
	/* What a speculation has recorded before is committed with it. */
	if (o->data && !o->speculate)
		dt_error(c, "D_COMM_DREC", at, "commit() cannot follow what records data");
	o->commit = true;
}

static void
destructive(dt_compile_t *c, const order_t *o, dt_src_t at)
{
	if (o->speculate)
		dt_error(c, "D_ACT_SPEC", at, "a destructive action cannot follow speculate()");
}

static void
data(dt_compile_t *c, order_t *o, const dt_node_t *call)
{
	if (call->func == DT_F_EXIT && o->speculate)
		dt_error(c, "D_EXIT_SPEC", call->src, "exit() cannot follow speculate()");
	if (dt_funcdesc(call->func)->destructive)
		destructive(c, o, call->src);
	if (o->commit)
		dt_error(c, "D_DREC_COMM", call->src, "%s() cannot follow commit(): it records data",
			 call->left->name);
	o->data = true;
}

static void
action(dt_compile_t *c, order_t *o, const dt_node_t *call)
{
	switch (call->func) {
	case DT_F_SPECULATE:
		speculate(c, o, call->src);
		break;
	case DT_F_COMMIT:
		commit(c, o, call->src);
		break;
	case DT_F_DISCARD:
		break;
	case DT_F_STOP:
	case DT_F_RAISE:
	case DT_F_BREAKPOINT:
	case DT_F_PANIC:
	case DT_F_CHILL:
		destructive(c, o, call->src);
		break;
	default:
		data(c, o, call);
	}
}

static void
aggregation(dt_compile_t *c, order_t *o, dt_src_t at)
{
	if (o->speculate)
		dt_error(c, "D_AGG_SPEC", at, "an aggregation cannot follow speculate()");
	if (o->commit)
		dt_error(c, "D_AGG_COMM", at, "an aggregation cannot follow commit()");
	o->data = true;
}

void
sema_check_order(dt_compile_t *c, const dt_node_t *list)
{
	order_t o = {0};

	for (const dt_node_t *n = list; n; n = n->next) {
		const dt_node_t *e = n->left;
		if (n->kind == DN_IF) {
			sema_check_order(c, n->body);
			sema_check_order(c, n->orelse);
			o = (order_t){0};
		} else if (!e) {
			continue;
		} else if (e->kind == DN_ASSIGN && e->left->kind == DN_AGG) {
			aggregation(c, &o, e->src);
		} else if (e->kind == DN_CALL && dt_funcdesc(e->func)->kind == DT_FK_ACT) {
			action(c, &o, e);
		} else {
			dt_node_t alone = *e;
			alone.next = NULL;
			if (is_destructive(&alone))
				destructive(c, &o, e->src);
		}
	}
}
