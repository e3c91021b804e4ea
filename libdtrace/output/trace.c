/*
 * trace.c - one recorded value by the default layout: integers by size, text in its
 * column, everything else as a hex dump (output.md 1.2, 1.3).
 */
#include "../ir/module.h"
#include "output.h"
#include "structured.h"

#include <ctype.h>
#include <string.h>

enum {
	TRACE_WIDTH = 33, /* column of a traced text */
	DUMP_LINE = 16    /* bytes a line of a hex dump */
};

/* Bytes from `known` on show as 0: what follows the end of a string in its record is undefined. */
static int
hexdump(dtrace_hdl_t *dtp, FILE *fp, const unsigned char *p, size_t len, size_t known)
{
	char line[128];
	char *o = line;
	for (int i = 0; i < DUMP_LINE; i++)
		o += sprintf(o, "  %x", (unsigned)i);
	if (dt_out(dtp, fp, "\n           %s  0123456789abcdef\n", line) != 0)
		return -1;
	for (size_t at = 0; at < len; at += DUMP_LINE) {
		size_t n = len - at < DUMP_LINE ? len - at : DUMP_LINE;
		o = line;
		for (size_t i = 0; i < DUMP_LINE; i++)
			o += i < n ? sprintf(o, " %02x", at + i < known ? p[at + i] : 0u) : sprintf(o, "   ");
		*o++ = ' ';
		*o++ = ' ';
		for (size_t i = 0; i < n; i++) {
			unsigned char c = at + i < known ? p[at + i] : 0;
			*o++ = c >= 0x20 && c <= 0x7e ? (char)c : '.';
		}
		*o = '\0';
		if (dt_out(dtp, fp, "     %5zx:%s\n", at, line) != 0)
			return -1;
	}
	return 0;
}

bool
dt_bytes_are_text(const void *data, size_t len)
{
	const unsigned char *p = data;
	size_t n = 0;
	while (n < len && ((p[n] >= 0x20 && p[n] <= 0x7e) || (p[n] >= '\a' && p[n] <= '\r')))
		n++;
	if (n == len)
		return len > 0;
	if (n == 0)
		return false;
	while (n < len && p[n] == '\0')
		n++;
	return n == len;
}

int
dt_print_bytes(dtrace_hdl_t *dtp, FILE *fp, const void *data, size_t len, int width, bool quiet, bool forceraw,
	       bool forcetext)
{
	dt_piece_t pc;
	if (!(fp = dt_piece_begin(dtp, fp, &pc)))
		return -1;
	size_t n = strnlen(data, len);
	int rc;
	if (forceraw || dt_opt_on(dtp, DT_OPT_RAWBYTES) || (!forcetext && !dt_bytes_are_text(data, len)))
		rc = hexdump(dtp, fp, data, len, forcetext ? n : len);
	else if (quiet && (forcetext || n < len))
		rc = dt_out_write(dtp, fp, data, n);
	else
		rc = dt_out(dtp, fp, "  %-*.*s", width, (int)n, (const char *)data);
	return dt_piece_end(dtp, &pc, rc);
}

int
dt_print_tracemem(dtrace_hdl_t *dtp, FILE *fp, const dtrace_recdesc_t *rec, const void *data)
{
	dt_piece_t pc;
	if (dtp->structured)
		return dt_struct_tracemem(dtp, data, rec->dtrd_size);
	if (!(fp = dt_piece_begin(dtp, fp, &pc)))
		return -1;
	return dt_piece_end(dtp, &pc, hexdump(dtp, fp, data, rec->dtrd_size, rec->dtrd_size));
}

static int
print_value(dtrace_hdl_t *dtp, FILE *fp, const dtrace_recdesc_t *rec, const void *data, bool quiet)
{
	if (rec->dtrd_arg & DT_RECF_STRING)
		return dt_print_bytes(dtp, fp, data, rec->dtrd_size, TRACE_WIDTH, quiet, false, true);
	/* By the size alone: what has an integer's is shown as one, a struct too. */
	switch (rec->dtrd_size) {
	case 8: {
		int64_t v;
		memcpy(&v, data, sizeof(v));
		return dt_out(dtp, fp, quiet ? "%lld" : " %16lld", (long long)v);
	}
	case 4: {
		int32_t v;
		memcpy(&v, data, sizeof(v));
		return dt_out(dtp, fp, quiet ? "%d" : " %8d", v);
	}
	case 2: {
		uint16_t v;
		memcpy(&v, data, sizeof(v));
		return dt_out(dtp, fp, quiet ? "%d" : " %5d", v);
	}
	case 1:
		return dt_out(dtp, fp, quiet ? "%d" : " %3d", *(const uint8_t *)data);
	default:
		return dt_print_bytes(dtp, fp, data, rec->dtrd_size, TRACE_WIDTH, quiet, false, false);
	}
}

int
dt_print_trace(dtrace_hdl_t *dtp, FILE *fp, const dtrace_recdesc_t *rec, const void *data, bool quiet)
{
	if (dtp->structured)
		return dt_struct_trace(dtp, rec, data);
	switch (rec->dtrd_action) {
	case DTRACEACT_STACK:
	case DTRACEACT_USTACK:
	case DTRACEACT_JSTACK:
		return dt_print_stackrec(dtp, fp, rec, data, (int)dtp->opt[DT_OPT_STACKINDENT], 0);
	case DTRACEACT_SYM:
	case DTRACEACT_MOD:
	case DTRACEACT_USYM:
	case DTRACEACT_UMOD:
	case DTRACEACT_UADDR:
		return dt_print_sym(dtp, fp, rec->dtrd_action, data, NULL);
	case DTRACEACT_TRACEMEM:
		return dt_print_tracemem(dtp, fp, rec, data);
	default:
		return print_value(dtp, fp, rec, data, quiet);
	}
}
