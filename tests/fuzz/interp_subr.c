/* interp_subr.c - the subroutines, from language.md 5.2 and 5.3.  A new one: its case here, and in detgen.c's
 * tables. */
#include "interp.h"

#include <ctype.h>
#include <string.h>

static value_t
text(interp_t *in, const char *s)
{
	return interp_string(in, s, strlen(s));
}

static value_t
substr(interp_t *in, const char *s, int64_t i, bool has_n, int64_t n)
{
	int64_t len = (int64_t)strlen(s), from = i < 0 ? len + i : i, to = len;
	if (has_n)
		to = n < 0 ? len + n : from + n;
	if (from < 0)
		from = 0;
	if (to > len)
		to = len;
	return to > from ? interp_string(in, s + from, (size_t)(to - from)) : text(in, "");
}

static int64_t
find_first(const char *s, const char *t, int64_t from)
{
	int64_t len = (int64_t)strlen(s);
	if (from < 0)
		from = 0;
	if (from >= len)
		return *t ? -1 : len;
	const char *at = strstr(s + from, t);
	return at ? at - s : -1;
}

static int64_t
find_last(const char *s, const char *t, int64_t from)
{
	int64_t len = (int64_t)strlen(s), n = (int64_t)strlen(t);
	if (from < 0)
		return n ? -1 : 0;
	for (int64_t i = from < len ? from : len; i >= 0; i--)
		if (strncmp(s + i, t, (size_t)n) == 0)
			return i;
	return -1;
}

/* A suffix of the argument itself. */
static value_t
suffix(value_t whole, const char *s, const char *at)
{
	if (!at)
		return (value_t){.is_str = true};
	if (whole.s)
		whole.s += at - s;
	return whole;
}

static value_t
base_name(interp_t *in, const char *s)
{
	size_t end = strlen(s), from;
	if (end == 0)
		return text(in, ".");
	while (end > 1 && s[end - 1] == '/')
		end--;
	if (end == 1 && *s == '/')
		return text(in, "/");
	for (from = end; from > 0 && s[from - 1] != '/';)
		from--;
	return interp_string(in, s + from, end - from);
}

static value_t
dir_name(interp_t *in, const char *s)
{
	size_t end = strlen(s);
	while (end > 1 && s[end - 1] == '/')
		end--;
	while (end > 0 && s[end - 1] != '/')
		end--;
	while (end > 1 && s[end - 1] == '/')
		end--;
	return end ? interp_string(in, s, end) : text(in, ".");
}

static value_t
number_text(interp_t *in, int64_t v, int base)
{
	char buf[80], *p = buf + sizeof(buf);
	uint64_t u = (uint64_t)v;
	if (base < 2 || base > 36)
		interp_fault(in, DTRACEFLT_ILLOP, 0);
	if (base == 10 && v < 0)
		u = 0 - u;
	*--p = '\0';
	uint64_t rest = u;
	do
		*--p = "0123456789abcdefghijklmnopqrstuvwxyz"[rest % (unsigned)base];
	while (rest /= (unsigned)base);
	if (base == 10 && v < 0)
		*--p = '-';
	if (base == 16)
		*--p = 'x';
	if (base == 16 || (base == 8 && u))
		*--p = '0';
	return text(in, p);
}

static int64_t
text_number(interp_t *in, const char *s, int base)
{
	if (base < 2 || base > 36)
		interp_fault(in, DTRACEFLT_ILLOP, 0);
	while (*s == ' ' || *s == '\t')
		s++;
	bool minus = *s == '-';
	if (*s == '-' || *s == '+')
		s++;
	if (base == 16 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X'))
		s += 2;
	uint64_t v = 0;
	for (; *s; s++) {
		int d = isdigit((unsigned char)*s)   ? *s - '0'
			: isalpha((unsigned char)*s) ? tolower(*s) - 'a' + 10
						     : 36;
		if (d >= base)
			break;
		v = v * (unsigned)base + (unsigned)d;
	}
	return (int64_t)(minus ? 0 - v : v);
}

static value_t
change_case(interp_t *in, const char *s, bool up)
{
	char *t = dt_arena_strdup(in->arena, s);
	for (char *p = t; *p; p++)
		if (up ? *p >= 'a' && *p <= 'z' : *p >= 'A' && *p <= 'Z')
			*p = (char)(*p ^ 0x20);
	return text(in, t);
}

static uint64_t
swap(uint64_t v, int bytes)
{
	uint64_t r = 0;
	for (int i = 0; i < bytes; i++)
		r |= (v >> (8 * i) & 0xff) << (8 * (bytes - 1 - i));
	return r;
}

/* False: a subroutine nobody has told the interpreter of. */
bool
interp_subr(interp_t *in, dt_node_t *call, value_t *out)
{
	value_t a[4] = {0};
	int n = 0;
	for (dt_node_t *arg = call->args; arg && n < 4; arg = arg->next)
		a[n++] = interp_expr(in, arg);
	/* Parameters of type int take an int. */
	int64_t i1 = (int32_t)a[1].n, i2 = (int32_t)a[2].n;
	const char *s, *t;
	switch (call->func) {
	case DT_F_STRLEN:
		if (!a[0].s && !a[0].n)
			interp_fault(in, DTRACEFLT_BADADDR, 0);
		*out = interp_num(strlen(interp_read(in, a[0])));
		return true;
	case DT_F_STRJOIN: {
		s = interp_read(in, a[0]);
		t = interp_read(in, a[1]);
		*out = text(in, dt_arena_printf(in->arena, "%s%s", s, t));
		return true;
	}
	case DT_F_SUBSTR:
		*out = substr(in, interp_read(in, a[0]), i1, n > 2, i2);
		return true;
	case DT_F_INDEX:
		s = interp_read(in, a[0]);
		*out = interp_num((uint64_t)find_first(s, interp_read(in, a[1]), n > 2 ? i2 : 0));
		return true;
	case DT_F_RINDEX:
		s = interp_read(in, a[0]);
		*out = interp_num((uint64_t)find_last(s, interp_read(in, a[1]), n > 2 ? i2 : INT32_MAX));
		return true;
	case DT_F_STRCHR:
		s = interp_read(in, a[0]);
		*out = suffix(a[0], s, strchr(s, (char)a[1].n));
		return true;
	case DT_F_STRRCHR:
		s = interp_read(in, a[0]);
		*out = suffix(a[0], s, strrchr(s, (char)a[1].n));
		return true;
	case DT_F_STRSTR:
		s = interp_read(in, a[0]);
		*out = suffix(a[0], s, strstr(s, interp_read(in, a[1])));
		return true;
	case DT_F_BASENAME:
		*out = base_name(in, interp_read(in, a[0]));
		return true;
	case DT_F_DIRNAME:
		*out = dir_name(in, interp_read(in, a[0]));
		return true;
	case DT_F_LLTOSTR:
		*out = number_text(in, (int64_t)a[0].n, n > 1 ? (int)i1 : 10);
		return true;
	case DT_F_STRTOLL:
		*out = interp_num((uint64_t)text_number(in, interp_read(in, a[0]), n > 1 ? (int)i1 : 10));
		return true;
	case DT_F_TOLOWER:
	case DT_F_TOUPPER:
		*out = change_case(in, interp_read(in, a[0]), call->func == DT_F_TOUPPER);
		return true;
	case DT_F_HTONS:
	case DT_F_NTOHS:
		*out = interp_num(swap(a[0].n, 2));
		return true;
	case DT_F_HTONL:
	case DT_F_NTOHL:
		*out = interp_num(swap(a[0].n, 4));
		return true;
	case DT_F_HTONLL:
	case DT_F_NTOHLL:
		*out = interp_num(swap(a[0].n, 8));
		return true;
	case DT_F_GETMAJOR:
		*out = interp_num((uint32_t)a[0].n >> 20);
		return true;
	case DT_F_GETMINOR:
		*out = interp_num((uint32_t)a[0].n & 0xfffff);
		return true;
	default:
		return false;
	}
}
