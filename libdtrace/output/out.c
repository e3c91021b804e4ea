/*
 * out.c - where text goes: the consumer's FILE, or the buffered handler when there is
 * none.  A piece (one datum, one part of a row) reaches the handler in one call.
 */
#include "output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int
deliver(dtrace_hdl_t *dtp, const char *text)
{
	if (!dtp->handlers.buffered)
		return dt_set_errno(dtp, EDT_NOBUFFERED);
	dtrace_bufdata_t bd = dtp->outctx;
	bd.dtbda_handle = dtp;
	bd.dtbda_buffered = text;
	if (dtp->handlers.buffered(&bd, dtp->handlers.bufarg) == DTRACE_HANDLE_ABORT)
		return dt_set_errno(dtp, EDT_DIRABORT);
	return 0;
}

int
dt_out(dtrace_hdl_t *dtp, FILE *fp, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	int rc = 0;
	if (fp) {
		if (vfprintf(fp, fmt, ap) < 0)
			rc = dt_set_errno(dtp, EDT_FIO);
	} else {
		char *text;
		if (vasprintf(&text, fmt, ap) < 0) {
			rc = dt_set_errno(dtp, EDT_NOMEM);
		} else {
			rc = deliver(dtp, text);
			free(text);
		}
	}
	va_end(ap);
	return rc;
}

int
dt_out_write(dtrace_hdl_t *dtp, FILE *fp, const void *data, size_t len)
{
	if (!fp)
		return dt_out(dtp, fp, "%.*s", (int)len, (const char *)data);
	return fwrite(data, 1, len, fp) == len ? 0 : dt_set_errno(dtp, EDT_FIO);
}

FILE *
dt_piece_begin(dtrace_hdl_t *dtp, FILE *fp, dt_piece_t *pc)
{
	*pc = (dt_piece_t){0};
	if (fp)
		return fp;
	if (!dtp->handlers.buffered) {
		dt_set_errno(dtp, EDT_NOBUFFERED);
		return NULL;
	}
	pc->mem = open_memstream(&pc->text, &pc->len);
	if (!pc->mem)
		dt_set_errno(dtp, EDT_NOMEM);
	return pc->mem;
}

int
dt_piece_end(dtrace_hdl_t *dtp, dt_piece_t *pc, int rc)
{
	if (!pc->mem)
		return rc;
	bool ok = fclose(pc->mem) == 0;
	if (rc >= 0 && !ok)
		rc = dt_set_errno(dtp, EDT_NOMEM);
	else if (rc >= 0 && deliver(dtp, pc->text) != 0)
		rc = -1;
	free(pc->text);
	return rc;
}

int
dt_part_end(dtrace_hdl_t *dtp, dt_piece_t *pc, int rc, uint32_t flags, const dtrace_recdesc_t *rec)
{
	const dtrace_recdesc_t *outer = dtp->outctx.dtbda_recdesc;
	dtp->outctx.dtbda_flags = flags;
	dtp->outctx.dtbda_recdesc = rec;
	rc = dt_piece_end(dtp, pc, rc);
	dtp->outctx.dtbda_flags = 0;
	dtp->outctx.dtbda_recdesc = outer;
	return rc;
}
