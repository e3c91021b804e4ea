/* lexconst.c - integer, character and string constants: language.md 1.6, 1.7. */
#include <ctype.h>
#include <limits.h>
#include <string.h>

#include "lexer.h"

/* ------------------------------------------------------------------ integers */

typedef struct suffix {
	bool is_unsigned;
	int longs;
} suffix_t;

static bool
parse_suffix(const char *s, size_t len, suffix_t *out)
{
	*out = (suffix_t){0};
	if (len && (*s == 'u' || *s == 'U')) {
		out->is_unsigned = true;
		s++;
		len--;
	}
	for (; len && (*s == 'l' || *s == 'L') && out->longs < 2; s++, len--)
		out->longs++;
	return len == 0;
}

/* L32: the first type of the list that holds the value. */
static dt_type_t
int_type(dtrace_hdl_t *dtp, uint64_t value, bool decimal, suffix_t sfx)
{
	const dt_basetypes_t *b = dt_basetypes(dtp);
	bool is_signed = !sfx.is_unsigned, is_unsigned = sfx.is_unsigned || !decimal;
	if (sfx.longs == 0) {
		if (is_signed && value <= INT_MAX)
			return b->i32;
		if (is_unsigned && value <= UINT_MAX)
			return b->u32;
	}
	if (is_signed && value <= INT64_MAX)
		return sfx.longs == 2 ? b->llong : b->i64;
	if (is_unsigned)
		return sfx.longs == 2 ? b->ullong : b->u64;
	return DT_NOTYPE;
}

static int
digit_value(char ch)
{
	if (isdigit((unsigned char)ch))
		return ch - '0';
	return isxdigit((unsigned char)ch) ? tolower((unsigned char)ch) - 'a' + 10 : -1;
}

dt_intstat_t
dt_lex_parse_int(dtrace_hdl_t *dtp, const char *s, size_t len, bool sign, uint64_t *value, dt_type_t *type)
{
	const char *end = s + len;
	bool negative = false, too_big = false, bad_digit = false;
	unsigned int base = 10;
	suffix_t sfx;
	uint64_t v = 0;

	if (sign && s < end && (*s == '-' || *s == '+'))
		negative = *s++ == '-';
	if (end - s > 2 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X')) {
		base = 16;
		s += 2;
	} else if (s < end && *s == '0') {
		base = 8;
	}
	const char *first = s;
	for (int d; s < end && (d = digit_value(*s)) >= 0 && (base == 16 || d < 10); s++) {
		if ((unsigned int)d >= base)
			bad_digit = true;
		too_big |= __builtin_mul_overflow(v, (uint64_t)base, &v);
		too_big |= __builtin_add_overflow(v, (uint64_t)d, &v);
	}
	if (s == first || !parse_suffix(s, (size_t)(end - s), &sfx))
		return DT_INT_NONE;
	if (bad_digit)
		return DT_INT_BADDIGIT;
	if (negative && v > (uint64_t)INT64_MAX + 1)
		too_big = true;
	if (too_big)
		return DT_INT_TOOBIG;
	if (negative) {
		*type = v <= (uint64_t)INT_MAX + 1 && sfx.longs == 0 ? dt_basetypes(dtp)->i32
								     : dt_basetypes(dtp)->i64;
		*value = -v;
		return DT_INT_OK;
	}
	*type = int_type(dtp, v, base == 10, sfx);
	*value = v;
	return dt_type_ok(*type) ? DT_INT_OK : DT_INT_TOOBIG;
}

static dt_node_t *
int_node(dt_lexer_t *lx, uint64_t value, dt_type_t type)
{
	dt_node_t *n = dt_node_new(lx->c->arena, DN_INT, dt_lex_src(lx));
	n->ival = value;
	n->type = type;
	return n;
}

dt_node_t *
dt_lex_int(dt_lexer_t *lx, const char *text, size_t len)
{
	uint64_t value;
	dt_type_t type;
	switch (dt_lex_parse_int(lx->c->dtp, text, len, false, &value, &type)) {
	case DT_INT_BADDIGIT:
		dt_lex_error(lx, "D_INT_DIGIT", "\"%.*s\": 8 and 9 are no octal digits", (int)len, text);
	case DT_INT_OK:
		return int_node(lx, value, type);
	default:
		dt_lex_error(lx, "D_INT_OFLOW", "integer constant %.*s is larger than its type can hold",
			     (int)(len > 60 ? 60 : len), text);
	}
}

/* ---------------------------------------------------- characters and strings */

/* One escape at *s (after the backslash); appends to out, gives the count. */
static size_t
unescape_one(const char **s, const char *end, char *out)
{
	static const char from[] = "abfnrtv\\\"'?", to[] = "\a\b\f\n\r\t\v\\\"'?";
	const char *p = *s, *k;
	unsigned int v = 0;
	if (*p == '\n') { /* a continued line */
		*s = p + 1;
		return 0;
	}
	if (*p >= '0' && *p <= '7') {
		for (int i = 0; i < 3 && p < end && *p >= '0' && *p <= '7'; i++)
			v = v * 8 + (unsigned int)(*p++ - '0');
		*s = p;
		*out = (char)v;
		return 1;
	}
	if (*p == 'x' && p + 1 < end && isxdigit((unsigned char)p[1])) {
		for (p++; p < end && isxdigit((unsigned char)*p); p++)
			v = (v * 16 + (unsigned int)digit_value(*p)) & 0xff;
		*s = p;
		*out = (char)v;
		return 1;
	}
	*s = p + 1;
	if ((k = memchr(from, *p, sizeof(from) - 1))) {
		*out = to[k - from];
		return 1;
	}
	out[0] = '\\'; /* unknown escapes keep their backslash */
	out[1] = *p;
	return 2;
}

char *
dt_lex_unescape(dt_arena_t *arena, const char *s, size_t len, size_t *outlen)
{
	const char *end = s + len;
	char *buf = dt_arena_alloc(arena, len + 2), *p = buf;
	while (s < end) {
		if (*s == '\\' && s + 1 < end) {
			s++;
			p += unescape_one(&s, end, p);
		} else {
			*p++ = *s++;
		}
	}
	*p = '\0';
	*outlen = (size_t)(p - buf);
	return buf;
}

dt_node_t *
dt_lex_string(dt_lexer_t *lx, const char *text, size_t len)
{
	dt_node_t *n = dt_node_new(lx->c->arena, DN_STR, dt_lex_src(lx));
	n->str = dt_lex_unescape(lx->c->arena, text, len, &n->len);
	return n;
}

/* The first byte written is the most significant (L42). */
dt_node_t *
dt_lex_char(dt_lexer_t *lx, const char *text, size_t len)
{
	size_t n;
	const char *s = dt_lex_unescape(lx->c->arena, text, len, &n);
	uint64_t v = 0;
	if (n == 0)
		dt_lex_error(lx, "D_CHR_NULL", "character constant is empty");
	if (n > 8)
		dt_lex_error(lx, "D_CHR_OFLOW", "character constant holds %zu bytes, at most 8 are possible",
			     n);
	for (size_t i = 0; i < n; i++)
		v = v << 8 | (unsigned char)s[i];
	dt_type_t type = int_type(lx->c->dtp, v, true, (suffix_t){0});
	return int_node(lx, v, dt_type_ok(type) ? type : dt_basetypes(lx->c->dtp)->u64);
}
