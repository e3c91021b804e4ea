/*
 * distribution.c - the tables of quantize, lquantize and llquantize: buckets, their
 * labels, and the rows that are shown (output.md 4.2).
 */
#include "../runtime/llquantize.h"
#include "output.h"

#include <inttypes.h>
#include <stdlib.h>

#define TITLE "------------- Distribution -------------"

static int
lquantize_levels(const int64_t *arg)
{
	return (int)((arg[1] - arg[0]) / arg[2]);
}

int
dt_dist_nbuckets(int aggfunc, const int64_t *arg)
{
	switch (aggfunc) {
	case DTRACEAGG_QUANTIZE:
		return DT_QUANTIZE_NBUCKETS;
	case DTRACEAGG_LQUANTIZE:
		return lquantize_levels(arg) + 2;
	case DTRACEAGG_LLQUANTIZE:
		return (int)dt_ll_nbuckets((dt_u64)arg[0], (dt_u64)arg[1], (dt_u64)arg[2], (dt_u64)arg[3]);
	default:
		return 0;
	}
}

static int64_t
ll_label(const dt_agginfo_t *agg, int bucket, dt_ll_edge_t *edge)
{
	const int64_t *arg = agg->ident->aggarg;
	return dt_ll_label((dt_u64)bucket, (dt_u64)arg[0], (dt_u64)arg[1], (dt_u64)arg[2], (dt_u64)arg[3],
			   edge);
}

int64_t
dt_dist_label(const dt_agginfo_t *agg, int bucket, int *edge)
{
	const int64_t *arg = agg->ident->aggarg;
	*edge = 0;
	switch (agg->ident->aggfunc) {
	case DTRACEAGG_LQUANTIZE: {
		int levels = lquantize_levels(arg);
		if (bucket == 0) {
			*edge = -1;
			return arg[0];
		}
		if (bucket > levels)
			*edge = 1;
		return arg[0] + (bucket - 1) * arg[2];
	}
	case DTRACEAGG_LLQUANTIZE: {
		dt_ll_edge_t e;
		int64_t label = ll_label(agg, bucket, &e);
		*edge = e == DT_LL_BELOW ? -1 : e == DT_LL_ABOVE;
		return e == DT_LL_MIDDLE ? 0 : label;
	}
	default:
		if (bucket == DT_QUANTIZE_ZERO)
			return 0;
		return bucket > DT_QUANTIZE_ZERO ? INT64_C(1) << (bucket - DT_QUANTIZE_ZERO - 1)
						 : -(INT64_C(1) << (DT_QUANTIZE_ZERO - 1 - bucket));
	}
}

dt_distrange_t
dt_dist_range(const dt_agginfo_t *agg, const int64_t *counts)
{
	int n = agg->nbuckets, func = agg->ident->aggfunc;
	int middle = n / 2; /* of llquantize; quantize's zero */
	int from = 0, to = n - 1;
	while (from < n && counts[from] == 0)
		from++;
	while (to >= 0 && counts[to] == 0)
		to--;
	if (from == n) {
		if (func == DTRACEAGG_QUANTIZE)
			return (dt_distrange_t){middle - 1, middle + 1, false};
		if (func == DTRACEAGG_LLQUANTIZE)
			return (dt_distrange_t){middle, middle + 1, false};
		return (dt_distrange_t){0, n > 2 ? 2 : n - 1, false};
	}
	dt_distrange_t r = {.first = from > 0 ? from - 1 : 0, .last = to < n - 1 ? to + 1 : to};
	if (func == DTRACEAGG_LLQUANTIZE) {
		r.mirrored = from < middle;
		if (!r.mirrored && r.first < middle)
			r.first = middle;
	}
	return r;
}

bool
dt_dist_text(const dt_agginfo_t *agg, int bucket, bool mirrored, char *buf, size_t len)
{
	int edge;
	int64_t label = dt_dist_label(agg, bucket, &edge);
	const char *mark = edge < 0 ? "< " : edge > 0 ? ">= " : "";
	if (agg->ident->aggfunc == DTRACEAGG_LLQUANTIZE) {
		dt_ll_edge_t e;
		label = ll_label(agg, bucket, &e);
		if (e == DT_LL_BELOW)
			mark = "<= ";
		else if (e == DT_LL_MIDDLE && !mirrored)
			mark = "< ";
		else if (e == DT_LL_MIDDLE && agg->ident->aggarg[1] == 0)
			label = 0;
		else if (e == DT_LL_MIDDLE)
			mark = "abs() < ";
	}
	snprintf(buf, len, "%s%" PRId64, mark, label);
	return *mark;
}

int64_t
dt_dist_divide(int64_t c, uint64_t normal)
{
	return c < 0 ? (int64_t) - (-(uint64_t)c / normal) : (int64_t)((uint64_t)c / normal);
}

int
dt_print_dist(dtrace_hdl_t *dtp, FILE *fp, const dt_agginfo_t *agg, const int64_t *counts, uint64_t normal)
{
	dt_piece_t pc;
	if (!(fp = dt_piece_begin(dtp, fp, &pc)))
		return -1;
	dt_distrange_t r = dt_dist_range(agg, counts);
	dt_bars_t bars = dt_bars(dtp, counts + r.first, r.last - r.first + 1);
	int rc = dt_out(dtp, fp, "\n%16s %41s %-9s\n", "value", TITLE, "count");
	for (int i = r.first; i <= r.last && rc == 0; i++) {
		char label[64], bar[DT_BAR_BYTES];
		dt_dist_text(agg, i, r.mirrored, label, sizeof(label));
		rc = dt_out(dtp, fp, "%16s %s %-9" PRId64 "\n", label, dt_bar(&bars, counts[i], bar),
			    dt_dist_divide(counts[i], normal ? normal : 1));
	}
	return dt_piece_end(dtp, &pc, rc);
}

int
dt_print_aggdist(dtrace_hdl_t *dtp, FILE *fp, const dt_agginfo_t *agg, const dt_aggrow_t *row)
{
	if (row)
		return dt_print_dist(dtp, fp, agg, dt_agg_buckets(row), row->data.dtada_normal);
	int64_t *none = dt_xcalloc((size_t)agg->nbuckets, sizeof(*none));
	int rc = dt_print_dist(dtp, fp, agg, none, 1);
	free(none);
	return rc;
}
