/*
 * statement.c - the records of one statement through a format: printf(), printa(), system(),
 * freopen(), as the library does them and as consumers ask for them.
 */
#include "../output/format.h"
#include "../output/structured.h"
#include "impl.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAXARGS = 256 /* of one statement */
};

int
dt_stmt_length(const dtrace_recdesc_t *recs, int n)
{
	int len = 1;
	while (len < n && DT_UARG_STMT(recs[len].dtrd_uarg) == DT_UARG_STMT(recs->dtrd_uarg))
		len++;
	return len;
}

dt_agginfo_t *
dt_stmt_agg(dtrace_hdl_t *dtp, const dtrace_recdesc_t *rec)
{
	const dt_module_t *mod = dtp->session ? dtp->session->mod : NULL;
	uint32_t id = DT_UARG_AGG(rec->dtrd_uarg);
	return mod && id >= 1 && id <= (uint32_t)mod->aggs.n ? mod->aggs.p[id - 1] : NULL;
}

/* What a format prints: a statement without arguments still has one record, of size 0. */
typedef struct arguments {
	dt_fmtarg_t v[MAXARGS];
	int n;
} arguments_t;

static void
find_args(const dtrace_recdesc_t *recs, int n, const char *base, arguments_t *args)
{
	args->n = 0;
	for (int i = 0; i < n && args->n < MAXARGS; i++)
		if (recs[i].dtrd_size)
			args->v[args->n++] = (dt_fmtarg_t){base + recs[i].dtrd_offset, &recs[i]};
}

/* The text in memory of its own, for something else than the output; NULL with the error. */
static char *
format(dtrace_hdl_t *dtp, const struct dt_fmt *fmt, const arguments_t *args, size_t *len)
{
	char *text = NULL;
	FILE *mem = open_memstream(&text, len);
	if (!mem) {
		dt_set_errno(dtp, EDT_NOMEM);
		return NULL;
	}
	bool ok = dt_fmt_print(dtp, mem, fmt, args->v, args->n, NULL, NULL, 0) >= 0;
	if (fclose(mem) != 0 && ok) {
		dt_set_errno(dtp, EDT_NOMEM);
		ok = false;
	}
	if (ok)
		return text;
	free(text);
	return NULL;
}

int
dt_stmt_printf(dtrace_hdl_t *dtp, FILE *fp, const struct dt_fmt *fmt, const dtrace_recdesc_t *recs, int n,
	       const char *base)
{
	arguments_t args;
	find_args(recs, n, base, &args);
	if (!dtp->structured)
		return dt_fmt_print(dtp, fp, fmt, args.v, args.n, NULL, NULL, 0) < 0 ? -1 : 0;
	size_t len;
	char *text = format(dtp, fmt, &args, &len);
	int rc = text ? dt_struct_printf(dtp, text, len, fmt, args.v, args.n) : -1;
	free(text);
	return rc;
}

int
dt_stmt_printa(dtrace_hdl_t *dtp, FILE *fp, struct dt_fmt *fmt, const dtrace_recdesc_t *recs, int n,
	       uint64_t time)
{
	dt_agginfo_t *aggs[MAXARGS];
	int naggs = 0;
	for (int i = 0; i < n && naggs < MAXARGS; i++)
		if ((aggs[naggs] = dt_stmt_agg(dtp, &recs[i])) != NULL)
			naggs++;
	if (naggs == 0)
		return dt_set_errno(dtp, EDT_BADAGGVAR);
	if (dt_aggregate_upto(dtp, aggs, naggs, time) != 0)
		return -1;
	return dt_print_printa(dtp, fp, fmt, aggs, naggs) < 0 ? -1 : 0;
}

/* system(), freopen(): what they format is a command, or a file's name. */
int
dt_stmt_formatted(dtrace_hdl_t *dtp, FILE *fp, const struct dt_fmt *fmt, const dtrace_probedata_t *pd,
		  const dtrace_recdesc_t *recs, int n, const char *base, bool is_system)
{
	arguments_t args;
	size_t len;
	find_args(recs, n, base, &args);
	char *text = format(dtp, fmt, &args, &len);
	if (!text)
		return -1;
	int rc = is_system ? dt_do_system(dtp, fp, text)
			   : dt_do_freopen(dtp, fp, pd, strcmp(text, DT_FREOPEN_ORIGINAL) == 0 ? NULL : text);
	free(text);
	return rc;
}

/* --------------------------------------------------------------- public functions */

static void *
create(dtrace_hdl_t *dtp, const char *text, bool is_printa)
{
	const char *tag;
	char err[256];
	if (!text) {
		dt_set_errno(dtp, EINVAL);
		return NULL;
	}
	dt_fmt_t *f = dt_fmt_parse(dtp->arena, text, strlen(text), is_printa, &tag, err, sizeof(err));
	if (!f)
		dt_set_error(dtp, EDT_COMPILER, "%s", err);
	return f;
}

void *
dtrace_printf_create(dtrace_hdl_t *dtp, const char *text)
{
	return create(dtp, text, false);
}

void *
dtrace_printa_create(dtrace_hdl_t *dtp, const char *text)
{
	return create(dtp, text, true);
}

void *
dtrace_format_lookup(dtrace_hdl_t *dtp, int format)
{
	if (format >= 1 && format <= dtp->formats.n)
		return dtp->formats.p[format - 1];
	dt_set_errno(dtp, EINVAL);
	return NULL;
}

size_t
dtrace_printf_format(dtrace_hdl_t *dtp, void *fmt, char *buf, size_t len)
{
	if (fmt)
		return (size_t)snprintf(buf, len, "%s", ((const dt_fmt_t *)fmt)->text);
	dt_set_errno(dtp, EINVAL);
	return 0;
}

/* The records of the first statement, all of them within the data; -1 with the error otherwise. */
static int
first_statement(dtrace_hdl_t *dtp, const dtrace_recdesc_t *recs, uint_t nrecs, const void *data, size_t size)
{
	if (!recs || nrecs == 0 || (!data && size))
		return dt_set_errno(dtp, EINVAL);
	int n = dt_stmt_length(recs, (int)nrecs);
	for (int i = 0; i < n; i++)
		if (recs[i].dtrd_size &&
		    (recs[i].dtrd_offset > size || recs[i].dtrd_size > size - recs[i].dtrd_offset))
			return dt_set_errno(dtp, EDT_DOFFSET);
	return n;
}

int
dtrace_fprintf(dtrace_hdl_t *dtp, FILE *fp, void *fmt, const dtrace_probedata_t *pd,
	       const dtrace_recdesc_t *recs, uint_t nrecs, const void *data, size_t size)
{
	(void)pd;
	if (!fmt)
		return dt_set_errno(dtp, EINVAL);
	/* A format without conversions needs no records. */
	if (nrecs == 0)
		return dt_stmt_printf(dtp, fp, fmt, NULL, 0, NULL);
	int n = first_statement(dtp, recs, nrecs, data, size);
	return n < 0 || dt_stmt_printf(dtp, fp, fmt, recs, n, data) != 0 ? -1 : n;
}

int
dtrace_fprinta(dtrace_hdl_t *dtp, FILE *fp, void *fmt, const dtrace_probedata_t *pd,
	       const dtrace_recdesc_t *recs, uint_t nrecs, const void *data, size_t size)
{
	int n = first_statement(dtp, recs, nrecs, data, size);
	uint64_t time = pd ? pd->dtpda_timestamp : 0;
	return n < 0 || dt_stmt_printa(dtp, fp, fmt, recs, n, time) != 0 ? -1 : n;
}

static int
formatted(dtrace_hdl_t *dtp, FILE *fp, void *fmt, const dtrace_probedata_t *pd, const dtrace_recdesc_t *recs,
	  uint_t nrecs, const void *data, size_t size, bool is_system)
{
	if (!fmt || (!pd && !is_system))
		return dt_set_errno(dtp, EINVAL);
	int n = nrecs ? first_statement(dtp, recs, nrecs, data, size) : 0;
	return n < 0 || dt_stmt_formatted(dtp, fp, fmt, pd, recs, n, data, is_system) != 0 ? -1 : n;
}

int
dtrace_system(dtrace_hdl_t *dtp, FILE *fp, void *fmt, const dtrace_probedata_t *pd,
	      const dtrace_recdesc_t *recs, uint_t nrecs, const void *data, size_t size)
{
	return formatted(dtp, fp, fmt, pd, recs, nrecs, data, size, true);
}

int
dtrace_freopen(dtrace_hdl_t *dtp, FILE *fp, void *fmt, const dtrace_probedata_t *pd,
	       const dtrace_recdesc_t *recs, uint_t nrecs, const void *data, size_t size)
{
	return formatted(dtp, fp, fmt, pd, recs, nrecs, data, size, false);
}
