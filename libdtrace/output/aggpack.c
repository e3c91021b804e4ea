/*
 * aggpack.c - aggregations with one line a row: bars for count() and sum() (option
 * agghist), one character a bucket for quantize() and lquantize() (option aggpack).
 * output.md 4.3.
 */
#include "../ir/module.h"
#include "../runtime/rt.h"
#include "output.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define TITLE "------------- Distribution -------------"

enum {
	TEXT_KEY = 16, /* column of a text key */
	LABEL_MIN = 4, /* least width of a quantize label */
	TEXT_MAX = 1024
};

/* ------------------------------------------------------------------- keys */

/* Column of a key; 0 when it does not fit on a line. */
static int
key_width(const dtrace_recdesc_t *rec)
{
	switch (rec->dtrd_action) {
	case DTRACEACT_SYM:
	case DTRACEACT_MOD:
	case DTRACEACT_USYM:
	case DTRACEACT_UMOD:
	case DTRACEACT_UADDR:
		return TEXT_KEY;
	case DTRACEACT_DIFEXPR:
		break;
	default:
		return 0;
	}
	if (rec->dtrd_arg & DT_RECF_STRING)
		return TEXT_KEY;
	return rec->dtrd_size == 8   ? 16
	       : rec->dtrd_size == 4 ? 8
	       : rec->dtrd_size == 2 ? 5
	       : rec->dtrd_size == 1 ? 3
				     : 0;
}

static int
keys_width(const dt_agginfo_t *agg)
{
	int sum = 0;
	for (int i = 1; i <= agg->nkeys; i++)
		sum += key_width(&agg->recs[i]) + 1;
	return sum;
}

static int
print_key(dtrace_hdl_t *dtp, FILE *fp, const dtrace_recdesc_t *rec, const char *data)
{
	char text[TEXT_MAX];
	if (rec->dtrd_action != DTRACEACT_DIFEXPR) {
		dt_sym_text(dtp, rec->dtrd_action, data, text, sizeof(text));
		return dt_out(dtp, fp, " %*s", TEXT_KEY, text);
	}
	if (rec->dtrd_arg & DT_RECF_STRING)
		return dt_out(dtp, fp, " %*.*s", TEXT_KEY, (int)strnlen(data, rec->dtrd_size), data);
	return dt_print_trace(dtp, fp, rec, data, false);
}

static int
print_keys(dtrace_hdl_t *dtp, FILE *fp, const dt_aggrow_t *row)
{
	int rc = 0;
	for (int i = 1; i <= row->agg->nkeys && rc == 0; i++) {
		const dtrace_recdesc_t *rec = &row->agg->recs[i];
		rc = print_key(dtp, fp, rec, row->data.dtada_data + rec->dtrd_offset);
	}
	return rc;
}

bool
dt_packable(dtrace_hdl_t *dtp, const dt_agginfo_t *agg)
{
	for (int i = 1; i <= agg->nkeys; i++)
		if (key_width(&agg->recs[i]) == 0)
			return false;
	switch (agg->recs[agg->nkeys + 1].dtrd_action) {
	case DTRACEAGG_COUNT:
	case DTRACEAGG_SUM:
		return dt_opt_on(dtp, DT_OPT_AGGHIST);
	case DTRACEAGG_QUANTIZE:
	case DTRACEAGG_LQUANTIZE:
		return dt_opt_on(dtp, DT_OPT_AGGPACK);
	default:
		return false;
	}
}

/* ---------------------------------------------------------------- agghist */

static int
print_hist(dtrace_hdl_t *dtp, FILE *fp, const dt_agginfo_t *agg, dt_aggrow_t *const *rows, int nrows)
{
	int64_t *raw = dt_xcalloc((size_t)nrows, sizeof(*raw));
	for (int i = 0; i < nrows; i++) {
		dtrace_aggdata_t d = rows[i]->data;
		d.dtada_normal = 1;
		raw[i] = dt_agg_scalar(&d);
	}
	dt_bars_t bars = dt_bars(dtp, raw, nrows);
	int rc = dt_out(dtp, fp, "\n%*s %41s %-9s\n", agg->nkeys ? keys_width(agg) : TEXT_KEY,
			agg->nkeys ? "key" : "value", TITLE, "count");
	for (int i = 0; i < nrows && rc == 0; i++) {
		char bar[DT_BAR_BYTES];
		int64_t v = dt_agg_scalar(&rows[i]->data);
		rc = agg->nkeys ? print_keys(dtp, fp, rows[i]) : dt_out(dtp, fp, "%16" PRId64, v);
		if (rc == 0)
			rc = dt_out(dtp, fp, " %s %-9" PRId64 "\n", dt_bar(&bars, raw[i], bar), v);
	}
	free(raw);
	return rc;
}

/* ---------------------------------------------------------------- aggpack */

static bool
use_utf8(const dtrace_hdl_t *dtp)
{
	if (dtp->encoding != DT_ENC_UNSET)
		return dtp->encoding == DT_ENC_UTF8;
	const char *term = getenv("TERM");
	return !term ||
	       (strcmp(term, "sun") != 0 && strcmp(term, "sun-color") != 0 && strcmp(term, "dumb") != 0);
}

/* The buckets packed: of all rows together, one empty one on each side, but none below a first zero bucket. */
static void
find_range(const dt_agginfo_t *agg, dt_aggrow_t *const *rows, int nrows, int *first, int *last)
{
	int n = agg->nbuckets, from = n, to = -1;
	*first = 0;
	*last = n - 1;
	if (agg->ident->aggfunc == DTRACEAGG_LQUANTIZE)
		return;
	for (int r = 0; r < nrows; r++) {
		const int64_t *counts = dt_agg_buckets(rows[r]);
		for (int i = 0; i < n; i++) {
			if (counts[i] == 0)
				continue;
			from = i < from ? i : from;
			to = i > to ? i : to;
		}
	}
	if (to < 0)
		from = to = DT_QUANTIZE_ZERO;
	*first = from == 0 || from == DT_QUANTIZE_ZERO ? from : from - 1;
	*last = to == n - 1 ? to : to + 1;
}

static const char *
cell(int64_t count, double total, bool utf8, char buf[4])
{
	if (count == 0)
		return " ";
	double share = total > 0 ? (count < 0 ? -(double)count : (double)count) / total : 0;
	if (count < 0)
		snprintf(buf, 4, "%c", "vvvvVV"[(int)(share * 5 + 0.5)]);
	else if (!utf8)
		snprintf(buf, 4, "%c", "__xxxxXX"[(int)(share * 7 + 0.5)]);
	else
		snprintf(buf, 4, "\xe2\x96%c", (char)(0x81 + (int)(share * 7 + 0.5))); /* U+2581 .. U+2588 */
	return buf;
}

static int
print_pack(dtrace_hdl_t *dtp, FILE *fp, const dt_agginfo_t *agg, dt_aggrow_t *const *rows, int nrows)
{
	int first, last, edge;
	find_range(agg, rows, nrows, &first, &last);
	bool linear = agg->ident->aggfunc == DTRACEAGG_LQUANTIZE, utf8 = use_utf8(dtp);
	char low[32], high[32], dashes[256 * 256 + 2];
	snprintf(low, sizeof(low), "%s%" PRId64, linear ? "< " : "", dt_dist_label(agg, first, &edge));
	snprintf(high, sizeof(high), "%s%" PRId64, linear ? ">= " : "", dt_dist_label(agg, last, &edge));
	int lw = linear ? 7 : (int)strlen(low), hw = linear ? 8 : (int)strlen(high);
	lw = lw < LABEL_MIN ? LABEL_MIN : lw;
	hw = hw < LABEL_MIN ? LABEL_MIN : hw;
	memset(dashes, '-', (size_t)(last - first + 1));
	dashes[last - first + 1] = '\0';
	int rc = dt_out(dtp, fp, "\n%*s %*s .%s. %-*s | count\n", keys_width(agg), agg->nkeys ? "key" : "", lw,
			"min", dashes, hw, "max");
	for (int r = 0; r < nrows && rc == 0; r++) {
		const int64_t *counts = dt_agg_buckets(rows[r]);
		dt_bars_t bars = dt_bars(dtp, counts, agg->nbuckets);
		uint64_t total = 0; /* wraps rather than overflows */
		rc = print_keys(dtp, fp, rows[r]);
		if (rc == 0) /* a linear label is one column wider than its header: the blank before it */
			rc = dt_out(dtp, fp, linear ? "%*s :" : " %*s :", linear ? lw + 1 : lw, low);
		for (int i = first; i <= last && rc == 0; i++) {
			char buf[4];
			total += (uint64_t)counts[i];
			rc = dt_out(dtp, fp, "%s", cell(counts[i], bars.total, utf8, buf));
		}
		if (rc == 0)
			rc = dt_out(dtp, fp, ": %-*s | %" PRId64 "\n", hw, high, (int64_t)total);
	}
	return rc;
}

int
dt_print_packed(dtrace_hdl_t *dtp, FILE *fp, const dt_agginfo_t *agg, dt_aggrow_t *const *rows, int nrows)
{
	dt_piece_t pc;
	if (!(fp = dt_piece_begin(dtp, fp, &pc)))
		return -1;
	return dt_piece_end(dtp, &pc,
			    agg->nbuckets ? print_pack(dtp, fp, agg, rows, nrows)
					  : print_hist(dtp, fp, agg, rows, nrows));
}
