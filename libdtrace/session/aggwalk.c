/*
 * aggwalk.c - the public functions over aggregations: walking the rows in some order,
 * doing what the walker answers, printing what printa() has not.
 */
#include "../output/output.h"
#include "aggimpl.h"

#include <errno.h>
#include <stdlib.h>

int
dt_agg_obey(dtrace_hdl_t *dtp, dt_aggrow_t *row, int answer)
{
	dt_row_t *r = (dt_row_t *)row;
	dt_aggstate_t *st = dt_agg_state(dtp, r->pub.agg);
	switch (answer) {
	case DTRACE_AGGWALK_NEXT:
		return 0;
	case DTRACE_AGGWALK_CLEAR:
		return dt_agg_row_clear(dtp->agg, st, r);
	case DTRACE_AGGWALK_REMOVE:
		return dt_agg_row_remove(dtp->agg, st, r);
	case DTRACE_AGGWALK_NORMALIZE:
		/* The callback has put the factor into the row. */
		if (r->pub.data.dtada_normal == 0)
			return dt_set_errno(dtp, EDT_BADNORMAL);
		r->normal = r->pub.data.dtada_normal;
		return 0;
	case DTRACE_AGGWALK_DENORMALIZE:
		r->normal = r->pub.data.dtada_normal = 1;
		return 0;
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
		rc = dt_agg_obey(dtp, rows[i], fn(&rows[i]->data, arg));
	free(rows);
	return rc;
}

/* Aggregation by aggregation, the last first when the order is reversed. */
static int
walk(dtrace_hdl_t *dtp, const dt_aggorder_t *order, dtrace_aggregate_f *fn, void *arg)
{
	struct dt_aggregate *a = dtp->agg;
	if (!fn)
		return dt_set_errno(dtp, EINVAL);
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

/* All rows in one order. */
static int
walk_across(dtrace_hdl_t *dtp, const dt_aggorder_t *order, dtrace_aggregate_f *fn, void *arg)
{
	dt_aggrow_t **rows;
	if (!fn)
		return dt_set_errno(dtp, EINVAL);
	int n = dt_agg_sorted_across(dtp, order, &rows), rc = 0;
	for (int i = 0; i < n && rc == 0; i++)
		rc = dt_agg_obey(dtp, rows[i], fn(&rows[i]->data, arg));
	free(rows);
	return rc;
}

int
dtrace_aggregate_walk_keyvarsorted(dtrace_hdl_t *dtp, dtrace_aggregate_f *fn, void *arg)
{
	return walk_across(dtp, &(dt_aggorder_t){.bykey = true}, fn, arg);
}

int
dtrace_aggregate_walk_valvarsorted(dtrace_hdl_t *dtp, dtrace_aggregate_f *fn, void *arg)
{
	return walk_across(dtp, &(dt_aggorder_t){.bykey = false}, fn, arg);
}

int
dtrace_aggregate_walk_keyvarrevsorted(dtrace_hdl_t *dtp, dtrace_aggregate_f *fn, void *arg)
{
	return walk_across(dtp, &(dt_aggorder_t){.bykey = true, .reverse = true}, fn, arg);
}

int
dtrace_aggregate_walk_valvarrevsorted(dtrace_hdl_t *dtp, dtrace_aggregate_f *fn, void *arg)
{
	return walk_across(dtp, &(dt_aggorder_t){.reverse = true}, fn, arg);
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

/* A walker may hand on a copy of the row it got. */
static int
print_row(const dtrace_aggdata_t *data, void *arg)
{
	const printing_t *p = arg;
	struct dt_aggregate *a = p->dtp->agg;
	dtrace_aggid_t id = data && data->dtada_desc ? data->dtada_desc->dtagd_id : 0;
	if (!a || id < 1 || id > (dtrace_aggid_t)a->n) {
		dt_set_errno(p->dtp, EDT_BADAGGVAR);
		return DTRACE_AGGWALK_ERROR;
	}
	dt_aggrow_t row = {.agg = a->aggs[id - 1].info, .data = *data}, *rows = &row;
	if (row.agg->desc.dtagd_flags & DTRACE_AGD_PRINTED)
		return DTRACE_AGGWALK_NEXT;
	return dt_print_aggrow(p->dtp, p->fp, &rows, &row.agg, 1) < 0 ? DTRACE_AGGWALK_ERROR
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
		if (!(st->info->desc.dtagd_flags & DTRACE_AGD_PRINTED) && dt_print_agg(dtp, fp, st->info) < 0)
			return -1;
	}
	return 0;
}
