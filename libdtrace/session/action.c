/*
 * action.c - what the library does by itself with a piece of a record: printing values,
 * printf and printa, and the actions that change aggregations or options.
 */
#include "../output/format.h"
#include "../output/output.h"
#include "../output/structured.h"
#include "impl.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAXARGS = 256 /* of one printf */
};

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

/* Pieces that belong to the same statement as piece i, from it on. */
static int
group(const dt_clause_t *c, int i)
{
	int n = 1;
	while (i + n < c->nrecs && DT_UARG_STMT(c->recs[i + n].dtrd_uarg) == DT_UARG_STMT(c->recs[i].dtrd_uarg))
		n++;
	return n;
}

static dt_agginfo_t *
agg_of(dtrace_hdl_t *dtp, const dtrace_recdesc_t *rec)
{
	const dt_module_t *mod = dtp->session->mod;
	uint32_t id = DT_UARG_AGG(rec->dtrd_uarg);
	return id >= 1 && id <= (uint32_t)mod->aggs.n ? mod->aggs.p[id - 1] : NULL;
}

/* The arguments of a format.  A statement without any still has one piece, of size 0. */
typedef struct formatted {
	struct dt_fmt *fmt;
	dt_fmtarg_t args[MAXARGS];
	int nargs;
} formatted_t;

static int
find_args(dtrace_hdl_t *dtp, const dt_recview_t *v, int i, int n, formatted_t *f)
{
	const dtrace_recdesc_t *recs = &v->clause->recs[i];
	if (recs->dtrd_format == 0 || recs->dtrd_format > (uint32_t)dtp->formats.n)
		return dt_set_errno(dtp, EDT_DMISMATCH);
	f->fmt = dtp->formats.p[recs->dtrd_format - 1];
	f->nargs = 0;
	for (int j = 0; j < n && f->nargs < MAXARGS; j++)
		if (recs[j].dtrd_size)
			f->args[f->nargs++] = (dt_fmtarg_t){v->base + recs[j].dtrd_offset, &recs[j]};
	return 0;
}

static int
format_args(dtrace_hdl_t *dtp, FILE *fp, const formatted_t *f)
{
	return dt_fmt_print(dtp, fp, f->fmt, f->args, f->nargs, NULL, NULL, 0) < 0 ? -1 : 0;
}

/* Text for something else than the output: a command, a file's name, a value in a document. */
static int
do_formatted(dtrace_hdl_t *dtp, FILE *fp, const dt_recview_t *v, int i, const formatted_t *f)
{
	char *text = NULL;
	size_t len;
	FILE *mem = open_memstream(&text, &len);
	if (!mem)
		return dt_set_errno(dtp, EDT_NOMEM);
	int rc = format_args(dtp, mem, f);
	if (fclose(mem) != 0 && rc == 0)
		rc = dt_set_errno(dtp, EDT_NOMEM);
	dtrace_actkind_t act = v->clause->recs[i].dtrd_action;
	if (rc == 0 && act == DTRACEACT_PRINTF)
		rc = dt_struct_printf(dtp, text, len, f->fmt, f->args, f->nargs);
	else if (rc == 0 && act == DTRACEACT_SYSTEM)
		rc = dt_do_system(dtp, fp, text);
	else if (rc == 0)
		rc = dt_do_freopen(dtp, fp, &v->data, strcmp(text, DT_FREOPEN_ORIGINAL) == 0 ? NULL : text);
	free(text);
	return rc;
}

static int
do_format(dtrace_hdl_t *dtp, FILE *fp, const dt_recview_t *v, int i, int n)
{
	formatted_t f;
	if (find_args(dtp, v, i, n, &f) != 0)
		return -1;
	bool as_text = v->clause->recs[i].dtrd_action == DTRACEACT_PRINTF && !dtp->structured;
	return as_text ? format_args(dtp, fp, &f) : do_formatted(dtp, fp, v, i, &f);
}

static int
do_printa(dtrace_hdl_t *dtp, FILE *fp, const dt_recview_t *v, int i, int n)
{
	const dtrace_recdesc_t *recs = &v->clause->recs[i];
	dt_agginfo_t *aggs[MAXARGS];
	int naggs = 0;
	for (int j = 0; j < n && naggs < MAXARGS; j++)
		if ((aggs[naggs] = agg_of(dtp, &recs[j])) != NULL)
			naggs++;
	if (naggs == 0 || recs->dtrd_format > (uint32_t)dtp->formats.n)
		return dt_set_errno(dtp, EDT_BADAGGVAR);
	if (dt_aggregate_upto(dtp, aggs, naggs, v->time) != 0)
		return -1;
	struct dt_fmt *fmt = recs->dtrd_format ? dtp->formats.p[recs->dtrd_format - 1] : NULL;
	return dt_print_printa(dtp, fp, fmt, aggs, naggs) < 0 ? -1 : 0;
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
	dt_agginfo_t *agg = agg_of(dtp, rec);
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
	int n = group(v->clause, i);
	*used = n;
	switch (rec->dtrd_action) {
	case DTRACEACT_PRINTF:
	case DTRACEACT_SYSTEM:
	case DTRACEACT_FREOPEN:
		return do_format(dtp, fp, v, i, n);
	case DTRACEACT_PRINT:
		return dt_print_typed(dtp, fp, rec, v->base + rec->dtrd_offset);
	case DTRACEACT_PRINTA:
		return do_printa(dtp, fp, v, i, n);
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
