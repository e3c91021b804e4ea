/*
 * aggjoin.c - dtrace_aggregate_walk_joined(): rows of several aggregations that have one key,
 * with a row of zeros where an aggregation lacks it.
 */
#include "../output/output.h"
#include "aggimpl.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef struct join {
	dtrace_hdl_t *dtp;
	int naggs;
	dt_agginfo_t **aggs;
	dtrace_aggdata_t *zero;         /* by aggregation: the row that stands for a missing one */
	const dtrace_aggdata_t **shown; /* what the callback gets */
} join_t;

static int
open_join(join_t *j, dtrace_hdl_t *dtp, const dtrace_aggvarid_t *vars, int n)
{
	struct dt_aggregate *a = dtp->agg;
	*j = (join_t){.dtp = dtp, .naggs = n};
	j->aggs = dt_xcalloc((size_t)n, sizeof(*j->aggs));
	j->zero = dt_xcalloc((size_t)n, sizeof(*j->zero));
	j->shown = dt_xcalloc((size_t)n + 1, sizeof(*j->shown));
	for (int i = 0; i < n; i++) {
		if (!a || vars[i] < 1 || vars[i] > a->n)
			return dt_set_errno(dtp, EDT_BADAGGVAR);
		dt_aggstate_t *st = &a->aggs[vars[i] - 1];
		dtrace_aggdesc_t *desc = &st->info->desc;
		j->aggs[i] = st->info;
		j->zero[i] = (dtrace_aggdata_t){
		    .dtada_handle = dtp,
		    .dtada_desc = desc,
		    .dtada_edesc = &st->edesc,
		    .dtada_pdesc = &st->pdesc,
		    .dtada_data = dt_xcalloc(1, desc->dtagd_size),
		    .dtada_normal = st->normal,
		    .dtada_size = desc->dtagd_size,
		};
		memset(a->sum, 0, (size_t)st->nwords * 8);
		if (st->info->nbuckets)
			dt_dist_show(st->info, a->sum, j->zero[i].dtada_data + st->valoff);
	}
	return 0;
}

static void
close_join(join_t *j)
{
	for (int i = 0; i < j->naggs; i++)
		free(j->zero[i].dtada_data);
	free(j->aggs);
	free(j->zero);
	free(j->shown);
}

/* Give a row of zeros the key of another row. */
static void
copy_key(dtrace_aggdata_t *to, const dtrace_aggdata_t *from)
{
	int n = to->dtada_desc->dtagd_nrecs < from->dtada_desc->dtagd_nrecs ? to->dtada_desc->dtagd_nrecs
									    : from->dtada_desc->dtagd_nrecs;
	for (int i = 0; i < n - 1; i++) {
		const dtrace_recdesc_t *rt = &to->dtada_desc->dtagd_rec[i];
		const dtrace_recdesc_t *rf = &from->dtada_desc->dtagd_rec[i];
		uint32_t size = rt->dtrd_size < rf->dtrd_size ? rt->dtrd_size : rf->dtrd_size;
		memset(to->dtada_data + rt->dtrd_offset, 0, rt->dtrd_size);
		memcpy(to->dtada_data + rt->dtrd_offset, from->dtada_data + rf->dtrd_offset, size);
	}
}

static int
show(join_t *j, dt_aggrow_t *const *rows, dtrace_aggregate_walk_joined_f *fn, void *arg)
{
	int first = 0, rc = 0;
	while (!rows[first])
		first++;
	j->shown[0] = &rows[first]->data;
	for (int i = 0; i < j->naggs; i++) {
		if (!rows[i])
			copy_key(&j->zero[i], j->shown[0]);
		j->shown[i + 1] = rows[i] ? &rows[i]->data : &j->zero[i];
	}
	int answer = fn(j->shown, j->naggs + 1, arg);
	for (int i = 0; i < j->naggs && rc == 0; i++)
		if (rows[i])
			rc = dt_agg_obey(j->dtp, rows[i], answer);
	return rc;
}

int
dtrace_aggregate_walk_joined(dtrace_hdl_t *dtp, dtrace_aggvarid_t *vars, int n,
			     dtrace_aggregate_walk_joined_f *fn, void *arg)
{
	join_t j;
	dt_aggrow_t **rows = NULL;
	if (!vars || n < 1 || !fn)
		return dt_set_errno(dtp, EINVAL);
	int rc = open_join(&j, dtp, vars, n);
	int nrows = rc == 0 ? dt_aggregate_rows(dtp, j.aggs, n, &rows) : 0;
	if (nrows < 0)
		rc = -1;
	for (int i = 0; i < nrows && rc == 0; i++)
		rc = show(&j, &rows[i * n], fn, arg);
	free(rows);
	close_join(&j);
	return rc;
}
