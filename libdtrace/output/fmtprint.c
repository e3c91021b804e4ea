/*
 * fmtprint.c - records and aggregation values through a parsed format (language.md
 * part 8, output.md 1.4 and 4.5).
 */
#include "../ir/module.h"
#include "../process/proc.h"
#include "format.h"
#include "output.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	NSEC_PER_SEC = 1000000000,
	SPEC_MAX = 32, /* a host conversion: % flags *.* ll c */
	TEXT_MAX = 1024
};

/* State of one use of a format. */
typedef struct printer {
	dtrace_hdl_t *dtp;
	FILE *fp;
	const dt_fmtarg_t *args;
	int nargs, next;
	dt_aggrow_t *const *rows;
	dt_agginfo_t *const *aggs;
	int naggs, nextagg;
} printer_t;

/* A conversion with its * resolved. */
typedef struct item {
	const dt_conv_t *c;
	int width, prec; /* prec -1: none */
	bool left, zero;
} item_t;

static int
mismatch(printer_t *pr)
{
	return dt_set_errno(pr->dtp, EDT_DMISMATCH);
}

static const dt_fmtarg_t *
next_arg(printer_t *pr)
{
	if (pr->next >= pr->nargs) {
		mismatch(pr);
		return NULL;
	}
	return &pr->args[pr->next++];
}

/* An integer argument at its own width, both ways of reading it. */
static bool
get_int(const dt_fmtarg_t *a, int64_t *s, uint64_t *u)
{
	uint32_t size = a->rec->dtrd_size;
	if (size != 1 && size != 2 && size != 4 && size != 8)
		return false;
	uint64_t v = 0;
	memcpy(&v, a->data, size); /* little-endian, as every BPF host we run on */
	int shift = 64 - 8 * (int)size;
	*u = v;
	*s = (int64_t)(v << shift) >> shift;
	return true;
}

/* -------------------------------------------------------------- output of one item */

static char *
host_spec(char *buf, const item_t *it, const char *size, char conv)
{
	char *p = buf;
	*p++ = '%';
	if (it->left)
		*p++ = '-';
	if (it->c->sign)
		*p++ = '+';
	if (it->c->blank)
		*p++ = ' ';
	if (it->c->alt)
		*p++ = '#';
	if (it->zero)
		*p++ = '0';
	if (it->c->thousands)
		*p++ = '\'';
	*p++ = '*';
	*p++ = '.';
	*p++ = '*';
	p = stpcpy(p, size);
	*p++ = conv;
	*p = '\0';
	return buf;
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
/* A number as it is, without printf()'s machinery: most of what is ever printed. */
static int
put_plain(printer_t *pr, char conv, unsigned long long v)
{
	char text[24], *end = text + sizeof(text), *o = end;
	bool negative = conv == 'd' && (long long)v < 0;
	unsigned long long u = negative ? -v : v;
	unsigned base = conv == 'x' ? 16 : 10;
	do
		*--o = "0123456789abcdef"[u % base];
	while ((u /= base) != 0);
	if (negative)
		*--o = '-';
	return dt_out_write(pr->dtp, pr->fp, o, (size_t)(end - o));
}

static bool
is_plain(const item_t *it)
{
	const dt_conv_t *c = it->c;
	return it->width == 0 && it->prec <= 0 && !c->sign && !c->blank && !c->alt && !c->thousands;
}

static int
put_int(printer_t *pr, const item_t *it, char conv, unsigned long long v)
{
	char spec[SPEC_MAX];
	if ((conv == 'd' || conv == 'u' || conv == 'x') && is_plain(it))
		return put_plain(pr, conv, v);
	/* A precision of 0 is ignored for integers: language.md P3. */
	return dt_out(pr->dtp, pr->fp, host_spec(spec, it, "ll", conv), it->width, it->prec > 0 ? it->prec : -1,
		      v);
}

static int
put_double(printer_t *pr, const item_t *it, const dt_fmtarg_t *a)
{
	char spec[SPEC_MAX];
	int prec = it->prec > 0 ? it->prec : -1;
	switch (a->rec->dtrd_size) {
	case sizeof(float): {
		float f;
		memcpy(&f, a->data, sizeof(f));
		return dt_out(pr->dtp, pr->fp, host_spec(spec, it, "", it->c->conv), it->width, prec,
			      (double)f);
	}
	case sizeof(double): {
		double d;
		memcpy(&d, a->data, sizeof(d));
		return dt_out(pr->dtp, pr->fp, host_spec(spec, it, "", it->c->conv), it->width, prec, d);
	}
	case sizeof(long double): {
		long double ld;
		memcpy(&ld, a->data, sizeof(ld));
		return dt_out(pr->dtp, pr->fp, host_spec(spec, it, "L", it->c->conv), it->width, prec, ld);
	}
	default:
		return mismatch(pr);
	}
}
#pragma GCC diagnostic pop

static int
put_text(printer_t *pr, const item_t *it, const char *text)
{
	return dt_out(pr->dtp, pr->fp, it->left ? "%-*s" : "%*s", it->width, text);
}

/* ------------------------------------------------------------------ characters */

static char *
escape(char *o, unsigned char c)
{
	static const char names[] = "abtnvfr";
	if (c >= 0x20 && c <= 0x7e) {
		*o++ = (char)c;
	} else if (c == 0) {
		o = stpcpy(o, "\\0");
	} else if (c >= '\a' && c <= '\r') {
		*o++ = '\\';
		*o++ = names[c - '\a'];
	} else {
		o += sprintf(o, "\\%03o", c);
	}
	return o;
}

static char *
utf8(char *o, uint32_t c)
{
	if (c < 0x80) {
		*o++ = (char)c;
	} else if (c < 0x800) {
		*o++ = (char)(0xc0 | c >> 6);
		*o++ = (char)(0x80 | (c & 0x3f));
	} else if (c < 0x10000) {
		*o++ = (char)(0xe0 | c >> 12);
		*o++ = (char)(0x80 | (c >> 6 & 0x3f));
		*o++ = (char)(0x80 | (c & 0x3f));
	} else if (c < 0x110000) {
		*o++ = (char)(0xf0 | c >> 18);
		*o++ = (char)(0x80 | (c >> 12 & 0x3f));
		*o++ = (char)(0x80 | (c >> 6 & 0x3f));
		*o++ = (char)(0x80 | (c & 0x3f));
	} else {
		*o++ = '?';
	}
	return o;
}

static int
print_char(printer_t *pr, const item_t *it, const dt_fmtarg_t *a)
{
	int64_t s;
	uint64_t u;
	if (!get_int(a, &s, &u))
		return mismatch(pr);
	char text[8] = {0};
	if (it->c->conv == 'C') {
		*escape(text, (unsigned char)u) = '\0';
		return put_text(pr, it, text);
	}
	if (it->c->size[0] && u) {
		*utf8(text, (uint32_t)u) = '\0';
		return put_text(pr, it, text);
	}
	return dt_out(pr->dtp, pr->fp, it->left ? "%-*c" : "%*c", it->width, (int)(unsigned char)u);
}

static bool
is_symbol(dtrace_actkind_t act)
{
	return act == DTRACEACT_SYM || act == DTRACEACT_MOD || act == DTRACEACT_USYM || act == DTRACEACT_UMOD ||
	       act == DTRACEACT_UADDR;
}

static int
print_symbol(printer_t *pr, const item_t *it, const dt_fmtarg_t *a)
{
	char text[TEXT_MAX];
	dt_sym_text(pr->dtp, a->rec->dtrd_action, a->data, text, sizeof(text));
	return put_text(pr, it, text);
}

static int
print_string(printer_t *pr, const item_t *it, const dt_fmtarg_t *a)
{
	if (is_symbol(a->rec->dtrd_action))
		return print_symbol(pr, it, a);
	size_t limit = a->rec->dtrd_size, n;
	if (it->c->size[0]) {
		uint32_t w;
		char *wide = dt_xcalloc(limit + 1, 1), *o = wide;
		for (n = 0; n + sizeof(w) <= limit && (it->prec < 0 || n / sizeof(w) < (size_t)it->prec);
		     n += sizeof(w)) {
			memcpy(&w, (const char *)a->data + n, sizeof(w));
			if (!w)
				break;
			o = utf8(o, w);
		}
		int rc = put_text(pr, it, wide);
		free(wide);
		return rc;
	}
	if (it->prec >= 0 && (size_t)it->prec < limit)
		limit = (size_t)it->prec;
	n = strnlen(a->data, limit);
	if (it->c->conv == 's' && it->width == 0)
		return dt_out_write(pr->dtp, pr->fp, a->data, n);
	if (it->c->conv == 's')
		return dt_out(pr->dtp, pr->fp, it->left ? "%-*.*s" : "%*.*s", it->width, (int)n,
			      (const char *)a->data);
	char *text = dt_xcalloc(4 * n + 1, 1), *o = text;
	for (size_t i = 0; i < n; i++)
		o = escape(o, ((const unsigned char *)a->data)[i]);
	int rc = put_text(pr, it, text);
	free(text);
	return rc;
}

/* ------------------------------------------------------------ addresses and names */

static int
print_addr(printer_t *pr, const item_t *it, const dt_fmtarg_t *a)
{
	int64_t s;
	uint64_t u;
	char text[TEXT_MAX];
	if (is_symbol(a->rec->dtrd_action))
		return print_symbol(pr, it, a);
	if (!get_int(a, &s, &u))
		return mismatch(pr);
	if (it->c->conv == 'a')
		dtrace_addr2str(pr->dtp, u, text, sizeof(text));
	else
		dtrace_uaddr2str(pr->dtp, dt_procs_target(pr->dtp), u, text, sizeof(text));
	return put_text(pr, it, text);
}

static int
print_stack(printer_t *pr, const item_t *it, const dt_fmtarg_t *a)
{
	dtrace_actkind_t act = a->rec->dtrd_action;
	if (act != DTRACEACT_STACK && act != DTRACEACT_USTACK && act != DTRACEACT_JSTACK)
		return mismatch(pr);
	return dt_print_stackrec(pr->dtp, pr->fp, a->rec, a->data, it->left ? it->width : 0,
				 it->left ? 0 : it->width);
}

static int
print_time(printer_t *pr, const item_t *it, const dt_fmtarg_t *a)
{
	int64_t s;
	uint64_t u;
	struct tm tm;
	char text[TEXT_MAX];
	if (!get_int(a, &s, &u))
		return mismatch(pr);
	time_t sec = (time_t)(u / NSEC_PER_SEC);
	localtime_r(&sec, &tm);
	if (it->c->conv == 'Y')
		strftime(text, sizeof(text), "%Y %b %e %T", &tm);
	else
		strftime(text, sizeof(text), "%a, %d %b %G %T %Z", &tm);
	return put_text(pr, it, text);
}

static int
print_port(printer_t *pr, const item_t *it, const dt_fmtarg_t *a)
{
	int64_t s;
	uint64_t u;
	if (!get_int(a, &s, &u))
		return mismatch(pr);
	struct servent *sv = u <= UINT16_MAX ? getservbyport(htons((uint16_t)u), "tcp") : NULL;
	char text[TEXT_MAX];
	if (sv)
		snprintf(text, sizeof(text), "%s", sv->s_name);
	else
		snprintf(text, sizeof(text), "%llu", (unsigned long long)u);
	return put_text(pr, it, text);
}

static int
print_host(printer_t *pr, const item_t *it, const dt_fmtarg_t *a)
{
	char text[TEXT_MAX], host[NI_MAXHOST];
	snprintf(text, sizeof(text), "%.*s", (int)strnlen(a->data, a->rec->dtrd_size), (const char *)a->data);
	struct sockaddr_in in4 = {.sin_family = AF_INET};
	struct sockaddr_in6 in6 = {.sin6_family = AF_INET6};
	bool found = false;
	if (inet_pton(AF_INET, text, &in4.sin_addr) == 1)
		found = getnameinfo((struct sockaddr *)&in4, sizeof(in4), host, sizeof(host), NULL, 0,
				    NI_NAMEREQD) == 0;
	else if (inet_pton(AF_INET6, text, &in6.sin6_addr) == 1)
		found = getnameinfo((struct sockaddr *)&in6, sizeof(in6), host, sizeof(host), NULL, 0,
				    NI_NAMEREQD) == 0;
	return put_text(pr, it, found ? host : text);
}

/* ------------------------------------------------------------------ conversions */

static int
print_int(printer_t *pr, const item_t *it, const dt_fmtarg_t *a)
{
	int64_t s;
	uint64_t u;
	if (!get_int(a, &s, &u))
		return mismatch(pr);
	switch (it->c->conv) {
	case 'd':
		return a->rec->dtrd_arg & DT_RECF_SIGNED ? put_int(pr, it, 'd', (unsigned long long)s)
							 : put_int(pr, it, 'u', u);
	case 'i':
		return put_int(pr, it, 'd', (unsigned long long)s);
	case 'p':
		return put_int(pr, it, 'x', u);
	default:
		return put_int(pr, it, it->c->conv, u);
	}
}

/* %@: the value of the next aggregation, the last one over and over. */
static int
print_agg(printer_t *pr, const item_t *it)
{
	if (pr->naggs == 0)
		return mismatch(pr);
	int i = pr->nextagg < pr->naggs ? pr->nextagg++ : pr->naggs - 1;
	const dt_aggrow_t *row = pr->rows[i];
	const dt_agginfo_t *agg = pr->aggs[i];
	int func = agg->recs[agg->nkeys + 1].dtrd_action;
	if (agg->nbuckets)
		return dt_print_aggdist(pr->dtp, pr->fp, agg, row);
	int64_t v = row ? dt_agg_scalar(&row->data) : 0;
	switch (it->c->conv) {
	case 'd':
		return put_int(pr, it, func == DTRACEAGG_COUNT || func == DTRACEAGG_STDDEV ? 'u' : 'd',
			       (unsigned long long)v);
	case 'i':
		return put_int(pr, it, 'd', (unsigned long long)v);
	case 'o':
	case 'u':
	case 'x':
	case 'X':
		return put_int(pr, it, it->c->conv, (unsigned long long)v);
	case 'p':
		return put_int(pr, it, 'x', (unsigned long long)v);
	default:
		return mismatch(pr);
	}
}

static int
print_conv(printer_t *pr, const dt_conv_t *c)
{
	item_t it = {.c = c, .width = c->width > 0 ? c->width : 0, .prec = c->prec, .left = c->left};
	int64_t s;
	uint64_t u;
	const dt_fmtarg_t *a;
	if (c->dynwidth) {
		if (!(a = next_arg(pr)))
			return -1;
		if (!get_int(a, &s, &u) || s <= INT32_MIN || s > INT32_MAX)
			return mismatch(pr);
		it.left |= s < 0;
		it.width = (int)(s < 0 ? -s : s);
	}
	if (c->dynprec) {
		if (!(a = next_arg(pr)))
			return -1;
		if (!get_int(a, &s, &u) || s > INT32_MAX)
			return mismatch(pr);
		it.prec = s < 0 ? -1 : (int)s;
	}
	it.zero = c->zero && !it.left;
	if (c->agg)
		return print_agg(pr, &it);
	if (!(a = next_arg(pr)))
		return -1;
	switch (c->conv) {
	case 'c':
	case 'C':
		return print_char(pr, &it, a);
	case 's':
	case 'S':
		return print_string(pr, &it, a);
	case 'a':
	case 'A':
		return print_addr(pr, &it, a);
	case 'k':
		return print_stack(pr, &it, a);
	case 'e':
	case 'E':
	case 'f':
	case 'g':
	case 'G':
		return put_double(pr, &it, a);
	case 'T':
	case 'Y':
		return print_time(pr, &it, a);
	case 'P':
		return print_port(pr, &it, a);
	case 'I':
		return print_host(pr, &it, a);
	default:
		return print_int(pr, &it, a);
	}
}

static int
print_item(printer_t *pr, const dt_conv_t *c)
{
	int rc = c->prefixlen ? dt_out_write(pr->dtp, pr->fp, c->prefix, c->prefixlen) : 0;
	return rc == 0 && c->conv ? print_conv(pr, c) : rc;
}

/* A row for the buffered handler: each conversion, with the text before it, alone. */
static int
print_parts(printer_t *pr, const dt_fmt_t *fmt)
{
	static const dt_conv_t end;
	int rc = 0;
	bool last = false;
	for (int i = 0; rc == 0 && !last; i++) {
		const dt_conv_t *c = i < fmt->nconv ? &fmt->conv[i] : &end;
		const dtrace_recdesc_t *rec = NULL;
		dt_piece_t pc;
		last = !c->conv;
		if (!(pr->fp = dt_piece_begin(pr->dtp, NULL, &pc)))
			return -1;
		if (c->agg) {
			const dt_agginfo_t *agg =
			    pr->aggs[pr->nextagg < pr->naggs ? pr->nextagg : pr->naggs - 1];
			rec = &agg->recs[agg->nkeys + 1];
		}
		rc = print_item(pr, c);
		if (c->conv && !c->agg && pr->next > 0)
			rec = pr->args[pr->next - 1].rec;
		rc = dt_part_end(pr->dtp, &pc, rc,
				 DTRACE_BUFDATA_AGGFORMAT | (last     ? DTRACE_BUFDATA_AGGLAST
							     : c->agg ? DTRACE_BUFDATA_AGGVAL
								      : DTRACE_BUFDATA_AGGKEY),
				 rec);
	}
	return rc;
}

int
dt_fmt_print(dtrace_hdl_t *dtp, FILE *fp, const dt_fmt_t *fmt, const dt_fmtarg_t *args, int nargs,
	     dt_aggrow_t *const *rows, dt_agginfo_t *const *aggs, int naggs)
{
	dt_piece_t pc;
	printer_t pr = {
	    .dtp = dtp, .fp = fp, .args = args, .nargs = nargs, .rows = rows, .aggs = aggs, .naggs = naggs};
	if (!fp && naggs)
		return print_parts(&pr, fmt);
	if (!(pr.fp = dt_piece_begin(dtp, fp, &pc)))
		return -1;
	int rc = 0;
	for (int i = 0; i < fmt->nconv && rc == 0; i++)
		rc = print_item(&pr, &fmt->conv[i]);
	return dt_piece_end(dtp, &pc, rc);
}
