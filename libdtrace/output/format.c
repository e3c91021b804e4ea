/*
 * format.c - the format language of printf and printa: parsing, and which argument
 * types a conversion takes (language.md part 8).
 */
#include "format.h"

#include <ctype.h>
#include <string.h>

enum {
	WIDTH_MAX = 4096, /* of a number in a format: more is a slip of the pen */
	ADDR_DIGITS = 16  /* %?: hex digits of an address */
};

/* Conversions and the size letters they take, "" among them. */
static const struct conv_kind {
	const char *convs;
	const char *sizes[5];
} kinds[] = {
    {"diouxX", {"", "h", "l", "ll"}},
    {"cs", {"", "l", "w"}},
    {"eEfgG", {"", "L"}},
    {"CSpaAkTYPI", {""}},
};

typedef struct parser {
	dt_arena_t *arena;
	const char *p, *end;
	bool is_printa;
	int nconv; /* conversions seen, for messages */
	const char **tag;
	char *err;
	size_t errlen;
} parser_t;

static bool __attribute__((format(printf, 3, 4))) fail(parser_t *ps, const char *tag, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	*ps->tag = tag;
	vsnprintf(ps->err, ps->errlen, fmt, ap);
	va_end(ap);
	return false;
}

static bool
size_fits(const dt_conv_t *c)
{
	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
		if (!strchr(kinds[k].convs, c->conv))
			continue;
		for (int i = 0; kinds[k].sizes[i]; i++)
			if (strcmp(kinds[k].sizes[i], c->size) == 0)
				return true;
	}
	return false;
}

static bool
known_conv(char c)
{
	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
		if (c && strchr(kinds[k].convs, c))
			return true;
	return false;
}

static bool
number(parser_t *ps, int *out)
{
	int v = 0;
	while (ps->p < ps->end && isdigit((unsigned char)*ps->p)) {
		v = v * 10 + (*ps->p++ - '0');
		if (v > WIDTH_MAX)
			return fail(ps, "D_SYNTAX", "format conversion #%d: width or precision is over %d",
				    ps->nconv, WIDTH_MAX);
	}
	if (ps->p < ps->end && *ps->p == '$')
		return fail(ps, "D_SYNTAX",
			    "format conversion #%d: positional arguments (%%n$) are not supported", ps->nconv);
	*out = v;
	return true;
}

/* Flags, width, precision: everything before the size letter.  Flags may stand on both sides of a width. */
static bool
modifiers(parser_t *ps, dt_conv_t *c)
{
	bool dot = false;
	for (; ps->p < ps->end; ps->p++) {
		switch (*ps->p) {
		case '-':
			c->left = true;
			continue;
		case '+':
			c->sign = true;
			continue;
		case ' ':
			c->blank = true;
			continue;
		case '#':
			c->alt = true;
			continue;
		case '\'':
			c->thousands = true;
			continue;
		case '@':
			if (!ps->is_printa)
				return fail(ps, "D_PRINTF_AGG_CONV",
					    "format conversion #%d: %%@ takes the value of an aggregation and "
					    "is only allowed in printa()",
					    ps->nconv);
			c->agg = true;
			continue;
		case '?':
			c->width = ADDR_DIGITS;
			continue;
		case '.':
			if (dot)
				return fail(ps, "D_SYNTAX", "format conversion #%d: more than one precision",
					    ps->nconv);
			dot = true;
			c->prec = 0;
			continue;
		case '*':
			if (dot ? c->dynprec || c->prec > 0 : c->dynwidth)
				return fail(ps, "D_SYNTAX", "format conversion #%d: more than one * in the %s",
					    ps->nconv, dot ? "precision" : "width");
			*(dot ? &c->dynprec : &c->dynwidth) = true;
			continue;
		case '0':
			if (!dot) {
				c->zero = true;
				continue;
			}
			break;
		default:
			break;
		}
		if (!isdigit((unsigned char)*ps->p))
			return true;
		if (!number(ps, dot ? &c->prec : &c->width))
			return false;
		ps->p--;
	}
	return true;
}

/* One conversion; ps->p is just after its percent sign. */
static bool
conversion(parser_t *ps, dt_conv_t *c)
{
	ps->nconv++;
	if (!modifiers(ps, c))
		return false;
	size_t n = 0;
	while (ps->p < ps->end && strchr("hlLw", *ps->p) && *ps->p && n < sizeof(c->size) - 1)
		c->size[n++] = *ps->p++;
	if (ps->p == ps->end || !*ps->p)
		return fail(ps, "D_SYNTAX", "format ends in the middle of conversion #%d", ps->nconv);
	c->conv = *ps->p++;
	if (c->conv == '%')
		return fail(ps, "D_SYNTAX", "format conversion #%d: %%%% takes no flags or width", ps->nconv);
	if (!known_conv(c->conv))
		return fail(ps, "D_SYNTAX", "format conversion #%d: unknown conversion %%%s%c", ps->nconv,
			    c->size, c->conv);
	if (!size_fits(c))
		return fail(ps, "D_SYNTAX", "format conversion #%d: %%%c does not take the size \"%s\"",
			    ps->nconv, c->conv, c->size);
	if (c->left)
		c->zero = false;
	return true;
}

/* Literal text up to the next conversion or the end. */
static void
literal(parser_t *ps, dt_conv_t *c)
{
	char *out = dt_arena_alloc(ps->arena, (size_t)(ps->end - ps->p) + 1);
	c->prefix = out;
	while (ps->p < ps->end) {
		if (*ps->p == '%') {
			if (ps->end - ps->p < 2 || ps->p[1] != '%')
				break;
			ps->p++;
		}
		*out++ = *ps->p++;
	}
	c->prefixlen = (size_t)(out - c->prefix);
}

dt_fmt_t *
dt_fmt_parse(dt_arena_t *arena, const char *text, size_t len, bool is_printa, const char **tag, char *err,
	     size_t errlen)
{
	parser_t ps = {.arena = arena,
		       .p = text,
		       .end = text + len,
		       .is_printa = is_printa,
		       .tag = tag,
		       .err = err,
		       .errlen = errlen};
	if (len == 0) {
		fail(&ps, "D_PRINTF_FMT_EMPTY", "format string is empty");
		return NULL;
	}
	size_t max = 1;
	for (const char *p = ps.p; p < ps.end; p++)
		max += *p == '%';
	dt_fmt_t *f = dt_arena_alloc(arena, sizeof(*f));
	f->text = dt_arena_strndup(arena, text, len);
	f->is_printa = is_printa;
	f->conv = dt_arena_alloc(arena, max * sizeof(*f->conv));
	while (ps.p < ps.end) {
		dt_conv_t *c = &f->conv[f->nconv++];
		*c = (dt_conv_t){.width = -1, .prec = -1};
		literal(&ps, c);
		if (ps.p == ps.end)
			break;
		ps.p++;
		if (!conversion(&ps, c))
			return NULL;
	}
	return f;
}

/* ------------------------------------------------------------ argument types */

/* Element of an array type; DT_K_NONE of anything else. */
static dt_tinfo_t
element(dt_type_t t)
{
	ctf_arinfo_t ar;
	ctf_id_t id = t.fp ? ctf_type_resolve(t.fp, t.id) : CTF_ERR;
	if (id == CTF_ERR || ctf_array_info(t.fp, id, &ar) != 0)
		return (dt_tinfo_t){.kind = DT_K_NONE};
	return dt_type_info((dt_type_t){t.fp, ar.ctr_contents});
}

const char *
dt_fmt_want(const dt_conv_t *c, dt_type_t type)
{
	dt_tinfo_t t = dt_type_info(type);
	bool is_int = t.kind == DT_K_INT || t.kind == DT_K_ENUM;
	bool is_addr = is_int || t.kind == DT_K_PTR;
	switch (c->conv) {
	case 'd':
	case 'i':
	case 'o':
	case 'u':
	case 'x':
	case 'X':
		if (c->size[0] == 'h')
			return is_int && t.size == 2 ? NULL : "a 16-bit integer";
		if (c->size[0] == 'l')
			return is_int && t.size == 8 ? NULL : "a 64-bit integer";
		return is_int ? NULL : "an integer";
	case 'c':
	case 'C':
		if (c->size[0])
			return is_int && t.size == 4 ? NULL : "a 32-bit character";
		return is_int && t.size <= 4 ? NULL : "a character (integer of at most 4 bytes)";
	case 's':
	case 'S':
	case 'I':
		if (c->size[0]) {
			dt_tinfo_t e = element(type);
			return e.kind == DT_K_INT && e.size == 4 ? NULL : "an array of 32-bit characters";
		}
		return t.kind == DT_K_STRING || (t.kind == DT_K_ARRAY && element(type).is_char) ? NULL
												: "a string";
	case 'p':
		return is_addr ? NULL : "a pointer or an integer";
	case 'a':
	case 'A':
		return is_addr || t.kind == DT_K_SYMADDR ? NULL : "an address";
	case 'k':
		return t.kind == DT_K_STACK ? NULL : "a stack";
	case 'e':
	case 'E':
	case 'f':
	case 'g':
	case 'G':
		if (c->size[0])
			return t.kind == DT_K_FLOAT && t.size == 16 ? NULL : "a long double";
		return t.kind == DT_K_FLOAT ? NULL : "a floating-point value";
	case 'T':
	case 'Y':
		return is_int && t.size == 8 ? NULL : "a 64-bit integer (nanoseconds since 1970)";
	case 'P':
		return is_int ? NULL : "an integer (port number)";
	default:
		return NULL;
	}
}
