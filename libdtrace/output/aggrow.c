/*
 * aggrow.c - rows of aggregations: keys and values by the default layout, printa in
 * both forms (output.md 4.1, 4.5).
 */
#include "../ir/module.h"
#include "format.h"
#include "output.h"
#include "structured.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
	KEY_WIDTH = 50 /* column of a text key */
};

/* ----------------------------------------------------------------- values */

static const dtrace_recdesc_t *
value_rec(const dtrace_aggdata_t *d)
{
	return &d->dtada_desc->dtagd_rec[d->dtada_desc->dtagd_nrecs - 1];
}

static int64_t
divide(int64_t v, uint64_t by)
{
	return v < 0 ? (int64_t) - (-(uint64_t)v / by) : (int64_t)((uint64_t)v / by);
}

static uint64_t
square_root(unsigned __int128 v)
{
	uint64_t root = 0;
	for (int bit = 63; bit >= 0; bit--) {
		uint64_t r = root | UINT64_C(1) << bit;
		if ((unsigned __int128)r * r <= v)
			root = r;
	}
	return root;
}

/* Words: count, sum, low and high half of the sum of squares. */
static uint64_t
deviation(const int64_t *w, uint64_t normal)
{
	uint64_t count = (uint64_t)w[0];
	if (count == 0)
		return 0;
	unsigned __int128 squares = (unsigned __int128)(uint64_t)w[3] << 64 | (uint64_t)w[2];
	int64_t mean = divide(divide(w[1], normal), count);
	unsigned __int128 mean_of_squares = squares / normal / normal / count;
	uint64_t m = mean < 0 ? -(uint64_t)mean : (uint64_t)mean;
	unsigned __int128 square_of_mean = (unsigned __int128)m * m;
	return mean_of_squares > square_of_mean ? square_root(mean_of_squares - square_of_mean) : 0;
}

static int64_t
scalar(int func, const void *value, uint64_t normal)
{
	int64_t w[4] = {0};
	size_t words = func == DTRACEAGG_STDDEV ? 4 : func == DTRACEAGG_AVG ? 2 : 1;
	memcpy(w, value, words * sizeof(w[0]));
	if (normal == 0)
		normal = 1;
	switch (func) {
	case DTRACEAGG_AVG:
		return w[0] ? divide(divide(w[1], normal), (uint64_t)w[0]) : 0;
	case DTRACEAGG_STDDEV:
		return (int64_t)deviation(w, normal);
	case DTRACEAGG_COUNT:
		return (int64_t)((uint64_t)w[0] / normal);
	default:
		return divide(w[0], normal);
	}
}

int64_t
dt_agg_scalar(const dtrace_aggdata_t *d)
{
	const dtrace_recdesc_t *rec = value_rec(d);
	return scalar(rec->dtrd_action, d->dtada_data + rec->dtrd_offset, d->dtada_normal);
}

const int64_t *
dt_agg_buckets(const dt_aggrow_t *row)
{
	return (const int64_t *)(const void *)(row->data.dtada_data + value_rec(&row->data)->dtrd_offset +
					       dt_dist_head(row->agg));
}

static int
print_scalar(dtrace_hdl_t *dtp, FILE *fp, int func, int64_t v)
{
	return func == DTRACEAGG_STDDEV ? dt_out(dtp, fp, " %16" PRIu64, (uint64_t)v)
					: dt_out(dtp, fp, " %16" PRId64, v);
}

static int
print_value(dtrace_hdl_t *dtp, FILE *fp, const dt_agginfo_t *agg, const dt_aggrow_t *row)
{
	if (agg->nbuckets)
		return dt_print_aggdist(dtp, fp, agg, row);
	return print_scalar(dtp, fp, agg->recs[agg->nkeys + 1].dtrd_action,
			    row ? dt_agg_scalar(&row->data) : 0);
}

/* Option aggpercpu: what each CPU has contributed. */
static int
print_percpu(dtrace_hdl_t *dtp, FILE *fp, const dt_agginfo_t *agg, const dt_aggrow_t *row)
{
	if (!row || !row->data.dtada_percpu || !dt_opt_on(dtp, DT_OPT_AGGPERCPU) || !dtp->module)
		return 0;
	for (int cpu = 0; cpu < dtp->module->ncpus; cpu++) {
		const char *v = row->data.dtada_percpu[cpu];
		if (!v)
			continue;
		if (dt_out(dtp, fp, "\n    [CPU %d]", cpu) != 0)
			return -1;
		int func = agg->recs[agg->nkeys + 1].dtrd_action;
		uint64_t normal = row->data.dtada_normal;
		int rc = agg->nbuckets
			     ? dt_print_dist(dtp, fp, agg,
					     (const int64_t *)(const void *)(v + dt_dist_head(agg)), normal)
			     : print_scalar(dtp, fp, func, scalar(func, v, normal));
		if (rc != 0)
			return -1;
	}
	return 0;
}

/* ------------------------------------------------------------------- keys */

static int
print_key(dtrace_hdl_t *dtp, FILE *fp, const dtrace_recdesc_t *rec, const char *data)
{
	uint32_t n = rec->dtrd_size;
	bool bytes = (rec->dtrd_arg & DT_RECF_STRING) || (n != 1 && n != 2 && n != 4 && n != 8);
	if (rec->dtrd_action == DTRACEACT_DIFEXPR && bytes)
		return dt_print_bytes(dtp, fp, data, n, KEY_WIDTH, false, false,
				      rec->dtrd_arg & DT_RECF_STRING);
	/* Integers as trace() shows them: by their size alone. */
	return dt_print_trace(dtp, fp, rec, data, false);
}

/* The first aggregation that has the key of a joined row. */
static const dt_aggrow_t *
row_of(dt_aggrow_t *const *rows, int naggs)
{
	for (int i = 0; i < naggs; i++)
		if (rows[i])
			return rows[i];
	return NULL;
}

/* ------------------------------------------------------------------- rows */

static int
print_row(dtrace_hdl_t *dtp, FILE *fp, const dt_aggrow_t *keys, dt_aggrow_t *const *rows,
	  dt_agginfo_t *const *aggs, int naggs)
{
	int rc = 0;
	dt_piece_t pc;
	FILE *out;
	for (int i = 1; i <= keys->agg->nkeys && rc == 0; i++) {
		const dtrace_recdesc_t *rec = &keys->agg->recs[i];
		if (!(out = dt_piece_begin(dtp, fp, &pc)))
			return -1;
		rc = print_key(dtp, out, rec, keys->data.dtada_data + rec->dtrd_offset);
		rc = dt_part_end(dtp, &pc, rc, DTRACE_BUFDATA_AGGKEY, rec);
	}
	for (int i = 0; i < naggs && rc == 0; i++) {
		if (!(out = dt_piece_begin(dtp, fp, &pc)))
			return -1;
		rc = print_value(dtp, out, aggs[i], rows[i]);
		rc = dt_part_end(dtp, &pc, rc, DTRACE_BUFDATA_AGGVAL, &aggs[i]->recs[aggs[i]->nkeys + 1]);
	}
	if (rc != 0 || !(out = dt_piece_begin(dtp, fp, &pc)))
		return -1;
	for (int i = 0; i < naggs && rc == 0; i++)
		rc = print_percpu(dtp, out, aggs[i], rows[i]);
	if (rc == 0)
		rc = dt_out(dtp, out, "\n");
	return dt_part_end(dtp, &pc, rc, DTRACE_BUFDATA_AGGLAST, NULL);
}

int
dt_print_aggrow(dtrace_hdl_t *dtp, FILE *fp, dt_aggrow_t *const *rows, dt_agginfo_t *const *aggs, int naggs)
{
	const dt_aggrow_t *keys = row_of(rows, naggs);
	if (!keys)
		return 0;
	if (dtp->structured) {
		for (int i = 0; i < naggs; i++)
			if (rows[i] && dt_struct_rows(dtp, aggs[i], &rows[i], 1) != 0)
				return -1;
		return 0;
	}
	dtp->outctx.dtbda_aggdata = &keys->data;
	int rc = print_row(dtp, fp, keys, rows, aggs, naggs);
	dtp->outctx.dtbda_aggdata = NULL;
	return rc;
}

static int
print_formatted(dtrace_hdl_t *dtp, FILE *fp, const dt_fmt_t *fmt, dt_aggrow_t *const *rows,
		dt_agginfo_t *const *aggs, int naggs)
{
	const dt_aggrow_t *keys = row_of(rows, naggs);
	dt_fmtarg_t args[DT_MAXKEYS];
	if (!keys)
		return 0;
	int n = keys->agg->nkeys;
	for (int i = 0; i < n; i++) {
		const dtrace_recdesc_t *rec = &keys->agg->recs[i + 1];
		args[i] = (dt_fmtarg_t){keys->data.dtada_data + rec->dtrd_offset, rec};
	}
	dtp->outctx.dtbda_aggdata = &keys->data;
	int rc = dt_fmt_print(dtp, fp, fmt, args, n, rows, aggs, naggs);
	dtp->outctx.dtbda_aggdata = NULL;
	return rc;
}

/* Rows of these aggregations, with a format or without; the number of rows. */
static int
print_rows(dtrace_hdl_t *dtp, FILE *fp, const dt_fmt_t *fmt, dt_agginfo_t *const *aggs, int naggs)
{
	dt_aggrow_t **rows = NULL;
	int n = dt_aggregate_rows(dtp, aggs, naggs, &rows), rc = 0;
	if (n >= 0 && dtp->structured) {
		rc = dt_struct_rows(dtp, aggs[0], rows, n);
	} else if (n > 0 && !fmt && naggs == 1 && dt_packable(dtp, aggs[0])) {
		rc = dt_print_packed(dtp, fp, aggs[0], rows, n);
	} else {
		for (int i = 0; i < n && rc == 0; i++) {
			dt_aggrow_t *const *r = &rows[i * naggs];
			rc = fmt ? print_formatted(dtp, fp, fmt, r, aggs, naggs)
				 : dt_print_aggrow(dtp, fp, r, aggs, naggs);
		}
	}
	free(rows);
	return rc == 0 ? n : -1;
}

int
dt_print_agg(dtrace_hdl_t *dtp, FILE *fp, dt_agginfo_t *agg)
{
	return print_rows(dtp, fp, NULL, &agg, 1);
}

int
dt_print_printa(dtrace_hdl_t *dtp, FILE *fp, struct dt_fmt *fmt, dt_agginfo_t *const *aggs, int naggs)
{
	int n = 0;
	if (dtp->structured) {
		/* Columns of one table are lists side by side there. */
		for (int i = 0; i < naggs && n >= 0; i++) {
			int rows = print_rows(dtp, fp, fmt, &aggs[i], 1);
			n = rows < 0 ? -1 : n + rows;
		}
	} else if (fmt || dt_out(dtp, fp, "\n") == 0) {
		n = print_rows(dtp, fp, fmt, aggs, naggs);
	} else {
		n = -1;
	}
	for (int i = 0; i < naggs && n > 0; i++)
		dt_aggregate_printed(dtp, aggs[i]);
	return n < 0 ? -1 : 0;
}
