/*
 * action.c - what the library does by itself with a piece of a record: printing values,
 * printf and printa, and the actions that change aggregations or options.
 */
#include "../output/format.h"
#include "../output/output.h"
#include "impl.h"

#include <stdlib.h>
#include <string.h>

static int64_t
integer(const char *p, uint32_t size)
{
	int8_t b;
	int16_t h;
	int32_t w;
	int64_t d = 0;
	switch (size) {
	case 1:
		memcpy(&b, p, sizeof(b));
		return b;
	case 2:
		memcpy(&h, p, sizeof(h));
		return h;
	case 4:
		memcpy(&w, p, sizeof(w));
		return w;
	case 8:
		memcpy(&d, p, sizeof(d));
		return d;
	default:
		return 0;
	}
}

struct dt_fmt *
dt_format_of(dtrace_hdl_t *dtp, const dtrace_recdesc_t *rec)
{
	return rec->dtrd_format >= 1 && rec->dtrd_format <= (uint32_t)dtp->formats.n
		   ? dtp->formats.p[rec->dtrd_format - 1]
		   : NULL;
}

/* printf(), system(), freopen(). */
static int
do_formatted(dtrace_hdl_t *dtp, FILE *fp, const dt_recview_t *v, int i, int n)
{
	const dtrace_recdesc_t *recs = &v->clause->recs[i];
	const struct dt_fmt *fmt = dt_format_of(dtp, recs);
	if (!fmt)
		return dt_set_errno(dtp, EDT_DMISMATCH);
	if (recs->dtrd_action == DTRACEACT_PRINTF)
		return dt_stmt_printf(dtp, fp, fmt, recs, n, v->base);
	return dt_stmt_formatted(dtp, fp, fmt, &v->data, recs, n, v->base,
				 recs->dtrd_action == DTRACEACT_SYSTEM);
}

/* setopt(): the name, and the value if one was given. */
static int
do_setopt(dtrace_hdl_t *dtp, const dt_recview_t *v, int i, int n)
{
	const dtrace_recdesc_t *recs = &v->clause->recs[i];
	const char *text[2] = {NULL, NULL};
	int ntext = 0;
	for (int j = 0; j < n && ntext < 2; j++)
		if (recs[j].dtrd_size)
			text[ntext++] = v->base + recs[j].dtrd_offset;
	if (!text[0])
		return dt_set_errno(dtp, EDT_BADSETOPT);
	dtrace_setoptdata_t data = {.dtsda_handle = dtp, .dtsda_probe = &v->data, .dtsda_option = text[0]};
	if (dt_setopt_dynamic(dtp, text[0], text[1], &data.dtsda_oldval, &data.dtsda_newval) != 0)
		return dt_fault_library(dtp, &v->data, "couldn't set option \"%s\" to \"%s\": %s", text[0],
					text[1] ? text[1] : "<unset>", dtrace_errmsg(dtp, dtrace_errno(dtp)));
	if (dtp->handlers.setopt && dtp->handlers.setopt(&data, dtp->handlers.setoptarg) == DTRACE_HANDLE_ABORT)
		return dt_set_errno(dtp, EDT_DIRABORT);
	return 0;
}

static int
do_libact(dtrace_hdl_t *dtp, FILE *fp, const dt_recview_t *v, int i, int n)
{
	const dtrace_recdesc_t *rec = &v->clause->recs[i];
	if (rec->dtrd_arg == DT_ACT_FTRUNCATE)
		return dt_do_ftruncate(dtp, fp);
	if (rec->dtrd_arg == DT_ACT_SETOPT)
		return do_setopt(dtp, v, i, n);
	dt_agginfo_t *agg = dt_stmt_agg(dtp, rec);
	if (!agg)
		return dt_set_errno(dtp, EDT_BADAGGVAR);
	int64_t value = integer(v->base + rec->dtrd_offset, rec->dtrd_size);
	switch (rec->dtrd_arg) {
	case DT_ACT_CLEAR:
		return dt_aggregate_upto(dtp, &agg, 1, v->time) != 0 ? -1 : dt_aggregate_do_clear(dtp, agg);
	case DT_ACT_TRUNC:
		return dt_aggregate_upto(dtp, &agg, 1, v->time) != 0 ? -1
								     : dt_aggregate_do_trunc(dtp, agg, value);
	case DT_ACT_NORMALIZE:
		if (value == 0)
			return dt_fault_library(dtp, &v->data, "@%s cannot be normalized by 0: %s",
						agg->desc.dtagd_name, dtrace_errmsg(dtp, EDT_BADNORMAL));
		return dt_aggregate_do_normalize(dtp, agg, (uint64_t)value);
	case DT_ACT_DENORMALIZE:
		return dt_aggregate_do_normalize(dtp, agg, 1);
	default:
		return dt_set_errno(dtp, EDT_BADRVAL);
	}
}

/* tracemem() with a size of its own: that many bytes, all of them when it is 0 or too large.  And printm(). */
static int
do_tracemem(dtrace_hdl_t *dtp, FILE *fp, const dt_recview_t *v, int i, int n)
{
	const dtrace_recdesc_t *rec = NULL;
	uint64_t size = 0;
	bool exact = false;
	for (int j = i; j < i + n; j++) {
		const dtrace_recdesc_t *r = &v->clause->recs[j];
		if (r->dtrd_action == DTRACEACT_TRACEMEM_DYNSIZE)
			exact = r->dtrd_arg == DT_TRACEMEM_EXACT,
			size = (uint64_t)integer(v->base + r->dtrd_offset, r->dtrd_size);
		else if (r->dtrd_action == DTRACEACT_TRACEMEM)
			rec = r;
	}
	if (!rec)
		return dt_set_errno(dtp, EDT_DMISMATCH);
	dtrace_recdesc_t part = *rec;
	if ((size || exact) && size < part.dtrd_size)
		part.dtrd_size = (uint32_t)size;
	return dt_print_tracemem(dtp, fp, &part, v->base + rec->dtrd_offset);
}

int
dt_action_do(dtrace_hdl_t *dtp, FILE *fp, dt_recview_t *v, int i, int *used)
{
	const dtrace_recdesc_t *rec = &v->clause->recs[i];
	int n = dt_stmt_length(rec, v->clause->nrecs - i);
	*used = n;
	switch (rec->dtrd_action) {
	case DTRACEACT_PRINTF:
	case DTRACEACT_SYSTEM:
	case DTRACEACT_FREOPEN:
		return do_formatted(dtp, fp, v, i, n);
	case DTRACEACT_PRINT:
		return dt_print_typed(dtp, fp, rec, v->base + rec->dtrd_offset);
	case DTRACEACT_PRINTA:
		return dt_stmt_printa(dtp, fp, dt_format_of(dtp, rec), rec, n, v->time);
	case DTRACEACT_LIBACT:
		return do_libact(dtp, fp, v, i, n);
	case DTRACEACT_TRACEMEM_DYNSIZE:
	case DTRACEACT_TRACEMEM:
		return do_tracemem(dtp, fp, v, i, n);
	case DTRACEACT_EXIT:
		return 0;
	default:
		*used = 1;
		return dt_print_trace(dtp, fp, rec, v->base + rec->dtrd_offset,
				      dt_optval(dtp, DT_OPT_QUIET, 0) != 0) < 0
			   ? -1
			   : 0;
	}
}
