/* optval.c - see optval.h. */
#include "optval.h"

#include <ctype.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool
dt_optval_flag(const char *s, bool *on)
{
	static const char *const words[][2] = {{"yes", "no"},           {"enable", "disable"},
					       {"enabled", "disabled"}, {"true", "false"},
					       {"on", "off"},           {"set", "unset"}};
	if (!s) {
		*on = true;
		return true;
	}
	if (!*s) {
		*on = false;
		return true;
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		for (int neg = 0; neg < 2; neg++)
			if (strcasecmp(s, words[i][neg]) == 0) {
				*on = !neg;
				return true;
			}
	uint64_t n;
	if (!dt_optval_number(s, &n))
		return false;
	*on = n != 0;
	return true;
}

/* A number in C notation; *end is what follows it. */
static bool
number(const char *s, uint64_t *n, const char **end)
{
	if (!isdigit((unsigned char)*s))
		return false;
	char *e;
	errno = 0;
	*n = strtoull(s, &e, 0);
	*end = e;
	return errno == 0;
}

bool
dt_optval_number(const char *s, uint64_t *n)
{
	if (!s) {
		*n = 0;
		return true;
	}
	const char *end;
	return number(s, n, &end) && !*end;
}

bool
dt_optval_size(const char *s, uint64_t *n)
{
	static const char suffixes[] = "kmgt";
	const char *end;
	if (!s || !number(s, n, &end))
		return false;
	if (!*end)
		return true;
	const char *p = strchr(suffixes, tolower((unsigned char)*end));
	if (!p || end[1])
		return false;
	return !__builtin_mul_overflow(*n, 1ULL << (10 * (p - suffixes + 1)), n);
}

bool
dt_optval_rate(const char *s, uint64_t *ns)
{
	static const struct {
		const char *suffix;
		uint64_t ns; /* 0: per second */
	} units[] = {
	    {"", 1},
	    {"ns", 1},
	    {"nsec", 1},
	    {"us", 1000},
	    {"usec", 1000},
	    {"ms", 1000000},
	    {"msec", 1000000},
	    {"s", 1000000000},
	    {"sec", 1000000000},
	    {"m", 60000000000},
	    {"min", 60000000000},
	    {"h", 3600000000000},
	    {"hour", 3600000000000},
	    {"d", 86400000000000},
	    {"day", 86400000000000},
	    {"hz", 0},
	};
	uint64_t n;
	const char *end;
	if (!s || !number(s, &n, &end))
		return false;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (strcasecmp(end, units[i].suffix) != 0)
			continue;
		if (units[i].ns)
			return !__builtin_mul_overflow(n, units[i].ns, ns);
		*ns = n == 0 ? 0 : n > 1000000000 ? 1 : 1000000000 / n;
		return true;
	}
	return false;
}

bool
dt_optval_word(const char *s, const char *words, uint64_t *place)
{
	if (!s || !*s)
		return false;
	size_t len = strlen(s);
	*place = 0;
	for (const char *w = words; *w; (*place)++) {
		size_t n = strcspn(w, " ");
		if (n == len && memcmp(w, s, n) == 0)
			return true;
		w += n;
		w += strspn(w, " ");
	}
	return false;
}

bool
dt_optval_version(const char *s, uint32_t *version)
{
	static const uint32_t limit[3] = {255, 4095, 4095};
	uint32_t part[3] = {0, 0, 0};
	if (!s)
		return false;
	for (int i = 0;; i++) {
		size_t digits = strspn(s, "0123456789");
		if (i == 3 || digits == 0 || digits > 4)
			return false;
		part[i] = (uint32_t)strtoul(s, NULL, 10);
		if (part[i] > limit[i])
			return false;
		s += digits;
		if (!*s) {
			*version = part[0] << 24 | part[1] << 12 | part[2];
			return i > 0;
		}
		if (*s++ != '.')
			return false;
	}
}
