/* doc.c - see doc.h. */
#include "doc.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../handle/arena.h"

enum {
	MAXDEPTH = 256, /* deeper levels are left out: print() stops long before */
	INDENT = 2,
	ENTRY = 2 /* depth at which entries of an outermost list begin */
};

typedef struct level {
	enum {
		OBJECT,
		LIST,
		ITEM
	} kind;
	const char *name;
	int n; /* entries so far */
} level_t;

struct dt_doc {
	FILE *fp;
	dt_docformat_t format;
	bool pretty;
	int depth, skipped;          /* levels below MAXDEPTH */
	int places;                  /* open levels that show as brackets or elements */
	level_t level[MAXDEPTH + 1]; /* [0]: the document */
};

static void
put(dt_doc_t *d, const char *s)
{
	fputs_unlocked(s, d->fp);
}

static void
new_line(dt_doc_t *d)
{
	if (d->pretty && d->format != DT_DOC_HTML)
		fprintf(d->fp, "\n%*s", (d->places + (d->format == DT_DOC_JSON)) * INDENT, "");
}

/* ------------------------------------------------------------------- text */

/* Bytes of the UTF-8 character at p, 0 when there is none. */
static int
utf8_length(const unsigned char *p, size_t n, uint32_t *c)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	int len = p[0] < 0x80                   ? 1
		  : p[0] >= 0xc2 && p[0] < 0xe0 ? 2
		  : (p[0] & 0xf0) == 0xe0       ? 3
		  : p[0] >= 0xf0 && p[0] < 0xf5 ? 4
						: 0;
	if (!len || (size_t)len > n)
		return 0;
	uint32_t v = len == 1 ? p[0] : p[0] & (0xffU >> (len + 1));
	for (int i = 1; i < len; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		v = v << 6 | (p[i] & 0x3f);
	}
	*c = v;
	return len > 1 && (v < least[len] || v > 0x10ffff || (v >= 0xd800 && v < 0xe000)) ? 0 : len;
}

/* How a character must be written, or NULL: as it is. */
static const char *
json_escape(uint32_t c, char buf[16])
{
	switch (c) {
	case '"':
		return "\\\"";
	case '\\':
		return "\\\\";
	case '\n':
		return "\\n";
	case '\t':
		return "\\t";
	case '\r':
		return "\\r";
	default:
		if (c >= 0x20 && c != 0x7f)
			return NULL;
		sprintf(buf, "\\u%04x", (unsigned)(c & 0xffff));
		return buf;
	}
}

/* XML has no way to write most control characters. */
static const char *
markup_escape(uint32_t c)
{
	static const char replacement[] = "\xef\xbf\xbd";
	switch (c) {
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '&':
		return "&amp;";
	case '\r':
		return "&#13;";
	case '\t':
	case '\n':
		return NULL;
	default:
		return c < 0x20 || c == 0xfffe || c == 0xffff ? replacement : NULL;
	}
}

static void
put_text(dt_doc_t *d, const char *text, size_t len)
{
	const unsigned char *p = (const unsigned char *)text, *end = p + len, *plain = p;
	while (p < end) {
		uint32_t c = 0;
		char buf[16];
		int n = utf8_length(p, (size_t)(end - p), &c);
		const char *esc = n == 0                     ? "\xef\xbf\xbd"
				  : d->format == DT_DOC_JSON ? json_escape(c, buf)
							     : markup_escape(c);
		if (esc) {
			fwrite_unlocked(plain, 1, (size_t)(p - plain), d->fp);
			put(d, esc);
			plain = p + (n ? n : 1);
		}
		p += n ? n : 1;
	}
	fwrite_unlocked(plain, 1, (size_t)(p - plain), d->fp);
}

/* ---------------------------------------------------------------- structure */

static level_t *
top(dt_doc_t *d)
{
	return &d->level[d->depth];
}

/* What comes before any entry of the level that is open: a comma, a line, the name. */
static void
begin_entry(dt_doc_t *d, const char *name)
{
	level_t *l = top(d);
	if (d->format == DT_DOC_JSON && l->n)
		put(d, ",");
	if (d->depth || l->n || d->format == DT_DOC_JSON)
		new_line(d);
	if (d->format == DT_DOC_JSON && l->kind != LIST)
		fprintf(d->fp, d->pretty ? "\"%s\": " : "\"%s\":", name);
	l->n++;
}

/* In XML and HTML a list takes no place of its own: its entries stand where it does. */
static bool
has_place(const dt_doc_t *d, int kind)
{
	return d->format == DT_DOC_JSON || (d->format == DT_DOC_XML && kind != LIST);
}

static void
push(dt_doc_t *d, int kind, const char *name)
{
	if (d->depth == MAXDEPTH) {
		d->skipped++;
		return;
	}
	bool place = has_place(d, kind);
	if (place)
		begin_entry(d, name);
	if (d->format == DT_DOC_JSON)
		put(d, kind == LIST ? "[" : "{");
	else if (place)
		fprintf(d->fp, "<%s>", name);
	else if (d->format == DT_DOC_HTML && kind == ITEM && d->depth == ENTRY)
		put(d, "<div class=\"line\">");
	d->places += place;
	d->depth++;
	*top(d) = (level_t){kind, name, 0};
}

dt_doc_t *
dt_doc_new(FILE *fp, dt_docformat_t format, bool pretty)
{
	dt_doc_t *d = dt_xcalloc(1, sizeof(*d));
	d->fp = fp;
	d->format = format;
	d->pretty = pretty;
	if (format == DT_DOC_JSON)
		put(d, "{");
	return d;
}

void
dt_doc_free(dt_doc_t *d)
{
	if (!d)
		return;
	dt_doc_close_to(d, 0);
	if (d->format == DT_DOC_JSON && d->level[0].n)
		put(d, d->pretty ? "\n" : "");
	put(d, d->format == DT_DOC_JSON ? "}\n" : "\n");
	free(d);
}

void
dt_doc_object(dt_doc_t *d, const char *name)
{
	push(d, OBJECT, name);
}

void
dt_doc_list(dt_doc_t *d, const char *name)
{
	push(d, LIST, name);
}

void
dt_doc_item(dt_doc_t *d)
{
	push(d, ITEM, top(d)->name);
}

void
dt_doc_close(dt_doc_t *d)
{
	if (d->skipped) {
		d->skipped--;
		return;
	}
	if (d->depth == 0)
		return;
	level_t l = *top(d);
	d->depth--;
	bool place = has_place(d, l.kind);
	d->places -= place;
	if (l.n && place)
		new_line(d);
	else
		top(d)->n += l.n;
	if (d->format == DT_DOC_JSON)
		put(d, l.kind == LIST ? "]" : "}");
	else if (place)
		fprintf(d->fp, "</%s>", l.name);
	else if (d->format == DT_DOC_HTML && l.kind == ITEM && d->depth == ENTRY)
		put(d, "</div>");
	/* Readers that go by lines get one entry a line. */
	if (l.kind == ITEM && d->depth == ENTRY && !d->pretty)
		put(d, "\n");
}

int
dt_doc_depth(const dt_doc_t *d)
{
	return d->depth + d->skipped;
}

void
dt_doc_close_to(dt_doc_t *d, int depth)
{
	while (dt_doc_depth(d) > depth)
		dt_doc_close(d);
}

/* ------------------------------------------------------------------- values */

static void
value(dt_doc_t *d, const char *name, const char *text, size_t len, bool quoted)
{
	if (d->skipped)
		return;
	if (top(d)->kind == LIST)
		name = top(d)->name;
	begin_entry(d, name);
	if (d->format == DT_DOC_XML)
		fprintf(d->fp, "<%s>", name);
	else if (d->format == DT_DOC_HTML)
		fprintf(d->fp, "<div class=\"data\" data-tag=\"%s\">", name);
	else if (quoted)
		put(d, "\"");
	put_text(d, text, len);
	if (d->format == DT_DOC_XML)
		fprintf(d->fp, "</%s>", name);
	else if (d->format == DT_DOC_HTML)
		put(d, "</div>");
	else if (quoted)
		put(d, "\"");
}

void
dt_doc_text(dt_doc_t *d, const char *name, const char *text, size_t len)
{
	value(d, name, text, len, true);
}

void
dt_doc_str(dt_doc_t *d, const char *name, const char *text)
{
	value(d, name, text, strlen(text), true);
}

void
dt_doc_int(dt_doc_t *d, const char *name, int64_t v)
{
	char text[32];
	value(d, name, text, (size_t)sprintf(text, "%" PRId64, v), false);
}

void
dt_doc_uint(dt_doc_t *d, const char *name, uint64_t v)
{
	char text[32];
	value(d, name, text, (size_t)sprintf(text, "%" PRIu64, v), false);
}

void
dt_doc_real(dt_doc_t *d, const char *name, long double v)
{
	char text[64];
	/* Digits enough to read the same value back. */
	int n = snprintf(text, sizeof(text), (long double)(double)v == v ? "%.17Lg" : "%.21Lg", v);
	value(d, name, text, (size_t)n, !isfinite(v));
}
