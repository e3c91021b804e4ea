/* structagg.c - rows of aggregations in a document: keys, and the value or its buckets. */
#include "structured.h"

#include "../ir/module.h"

static const char *
function_name(int func)
{
	static const char *const names[] = {"count", "min", "max", "avg", "sum", "stddev"};
	return func >= DTRACEAGG_COUNT && func <= DTRACEAGG_STDDEV ? names[func - DTRACEAGG_COUNT] : "value";
}

static void
put_buckets(dt_doc_t *d, const dt_agginfo_t *agg, const dt_aggrow_t *row)
{
	const int64_t *counts = dt_agg_buckets(row);
	uint64_t normal = row->data.dtada_normal ? row->data.dtada_normal : 1;
	dt_distrange_t r = dt_dist_range(agg, counts);
	dt_doc_list(d, "buckets");
	for (int i = r.first; i <= r.last; i++) {
		char label[64];
		int edge;
		int64_t value = dt_dist_label(agg, i, &edge);
		dt_doc_item(d);
		if (dt_dist_text(agg, i, r.mirrored, label, sizeof(label)))
			dt_doc_str(d, "value", label);
		else
			dt_doc_int(d, "value", value);
		dt_doc_int(d, "count", dt_dist_divide(counts[i], normal));
		dt_doc_close(d);
	}
	dt_doc_close(d);
}

static void
put_row(dtrace_hdl_t *dtp, const dt_agginfo_t *agg, const dt_aggrow_t *row)
{
	dt_doc_t *d = dtp->structured->doc;
	int func = agg->recs[agg->nkeys + 1].dtrd_action;
	dt_doc_item(d);
	dt_doc_list(d, "keys");
	for (int i = 1; i <= agg->nkeys; i++) {
		const dtrace_recdesc_t *rec = &agg->recs[i];
		dt_struct_value(dtp, NULL, rec, row->data.dtada_data + rec->dtrd_offset);
	}
	dt_doc_close(d);
	if (agg->nbuckets)
		put_buckets(d, agg, row);
	else if (func == DTRACEAGG_STDDEV)
		dt_doc_uint(d, function_name(func), (uint64_t)dt_agg_scalar(&row->data));
	else
		dt_doc_int(d, function_name(func), dt_agg_scalar(&row->data));
	dt_doc_close(d);
}

int
dt_struct_rows(dtrace_hdl_t *dtp, const dt_agginfo_t *agg, dt_aggrow_t *const *rows, int nrows)
{
	dt_structured_t *st = dtp->structured;
	bool own = !st->in_probe;
	if (own)
		dt_struct_begin_internal(dtp, "AGGREGATION");
	dt_doc_item(st->doc);
	dt_doc_list(st->doc, "aggregation-data");
	for (int i = 0; i < nrows; i++)
		put_row(dtp, agg, rows[i]);
	dt_doc_close(st->doc);
	dt_doc_str(st->doc, "aggregation-name", agg->desc.dtagd_name);
	dt_doc_close(st->doc);
	return own ? dt_struct_end(dtp) : 0;
}
