/*
 * aggwalk.c - the public functions over aggregations: walking the rows in some order,
 * doing what the walker answers, printing what printa() has not.
 */
#include "../output/output.h"
#include "aggimpl.h"

#include <stdlib.h>

/* What the callback wants done with the row it has seen; 0 to go on. */
static int
obey(dtrace_hdl_t *dtp, dt_row_t *r, int answer)
{
	dt_aggstate_t *st = dt_agg_state(dtp, r->pub.agg);
	switch (answer) {
	case DTRACE_AGGWALK_NEXT:
		return 0;
	case DTRACE_AGGWALK_CLEAR:
		return dt_agg_row_clear(dtp->agg, st, r);
	case DTRACE_AGGWALK_REMOVE:
		return dt_agg_row_remove(dtp->agg, st, r);
	case DTRACE_AGGWALK_NORMALIZE:
		/* The callback has put the factor into the row; it holds for the whole aggregation. */
		return dt_aggregate_do_normalize(dtp, st->info, r->pub.data.dtada_normal);
	case DTRACE_AGGWALK_DENORMALIZE:
		return dt_aggregate_do_normalize(dtp, st->info, 1);
	case DTRACE_AGGWALK_ABORT:
		return dt_set_errno(dtp, EDT_DIRABORT);
	case DTRACE_AGGWALK_ERROR:
		return -1;
	default:
		return dt_set_errno(dtp, EDT_BADRVAL);
	}
}

static int
walk_one(dtrace_hdl_t *dtp, dt_aggstate_t *st, const dt_aggorder_t *order, dtrace_aggregate_f *fn, void *arg)
{
	dt_aggrow_t **rows;
	int n = dt_agg_sorted(st, order, &rows), rc = 0;
	for (int i = 0; i < n && rc == 0; i++)
		rc = obey(dtp, (dt_row_t *)rows[i], fn(&rows[i]->data, arg));
	free(rows);
	return rc;
}

/* Aggregation by aggregation, the last first when the order is reversed. */
static int
walk(dtrace_hdl_t *dtp, const dt_aggorder_t *order, dtrace_aggregate_f *fn, void *arg)
{
	struct dt_aggregate *a = dtp->agg;
	for (int i = 0; a && i < a->n; i++)
		if (walk_one(dtp, &a->aggs[order->reverse ? a->n - 1 - i : i], order, fn, arg) != 0)
			return -1;
	return 0;
}

int
dtrace_aggregate_walk(dtrace_hdl_t *dtp, dtrace_aggregate_f *fn, void *arg)
{
	return walk(dtp, &(dt_aggorder_t){0}, fn, arg);
}

int
dtrace_aggregate_walk_sorted(dtrace_hdl_t *dtp, dtrace_aggregate_f *fn, void *arg)
{
	const dt_aggorder_t order = dt_agg_order(dtp);
	return walk(dtp, &order, fn, arg);
}

int
dtrace_aggregate_walk_keysorted(dtrace_hdl_t *dtp, dtrace_aggregate_f *fn, void *arg)
{
	return walk(dtp, &(dt_aggorder_t){.bykey = true}, fn, arg);
}

int
dtrace_aggregate_walk_valsorted(dtrace_hdl_t *dtp, dtrace_aggregate_f *fn, void *arg)
{
	return walk(dtp, &(dt_aggorder_t){.bykey = false}, fn, arg);
}

int
dtrace_aggregate_walk_keyrevsorted(dtrace_hdl_t *dtp, dtrace_aggregate_f *fn, void *arg)
{
	return walk(dtp, &(dt_aggorder_t){.bykey = true, .reverse = true}, fn, arg);
}

int
dtrace_aggregate_walk_valrevsorted(dtrace_hdl_t *dtp, dtrace_aggregate_f *fn, void *arg)
{
	return walk(dtp, &(dt_aggorder_t){.reverse = true}, fn, arg);
}

void
dtrace_aggregate_clear(dtrace_hdl_t *dtp)
{
	struct dt_aggregate *a = dtp->agg;
	for (int i = 0; a && i < a->n; i++)
		dt_aggregate_do_clear(dtp, a->aggs[i].info);
}

/* ---------------------------------------------------------------- printing */

typedef struct printing {
	dtrace_hdl_t *dtp;
	FILE *fp;
} printing_t;

/* The aggdata a walker gets is always that of a row. */
static int
print_row(const dtrace_aggdata_t *data, void *arg)
{
	const printing_t *p = arg;
	dt_aggrow_t *row = (dt_aggrow_t *)(uintptr_t)((const char *)data - offsetof(dt_aggrow_t, data));
	dt_aggstate_t *st = dt_agg_state(p->dtp, row->agg);
	if (st->printed)
		return DTRACE_AGGWALK_NEXT;
	return dt_print_aggrow(p->dtp, p->fp, &row, &row->agg, 1) < 0 ? DTRACE_AGGWALK_ERROR
								      : DTRACE_AGGWALK_NEXT;
}

int
dtrace_aggregate_print(dtrace_hdl_t *dtp, FILE *fp, dtrace_aggregate_walk_f *walker)
{
	struct dt_aggregate *a = dtp->agg;
	if (walker)
		return walker(dtp, print_row, &(printing_t){dtp, fp});
	bool reverse = dt_agg_order(dtp).reverse;
	for (int i = 0; a && i < a->n; i++) {
		dt_aggstate_t *st = &a->aggs[reverse ? a->n - 1 - i : i];
		if (!st->printed && dt_print_agg(dtp, fp, st->info) < 0)
			return -1;
	}
	return 0;
}
