/* desc.c - probe descriptions as text (language.md 1.11), and their patterns. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../process/proc.h"
#include "probe.h"

bool
dt_is_glob(const char *s)
{
	return strpbrk(s, "*?[\\") != NULL;
}

/* The ']' of the class that starts at p, NULL when it has none; a first ']' is a member. */
static const char *
class_end(const char *p)
{
	const char *first = p + 1 + (p[1] == '!');
	for (const char *q = first; *q; q++) {
		if (*q == ']' && q > first)
			return q;
		if (*q == '\\' && q[1])
			q++;
	}
	return NULL;
}

/* Match one character against the element at p; *next gets what follows it.  A '[' without end is itself. */
static bool
match_one(const char *p, unsigned char c, const char **next)
{
	const char *q = p + 1;
	if (*p == '?') {
		*next = q;
		return true;
	}
	if (*p == '\\' && p[1]) {
		*next = p + 2;
		return (unsigned char)p[1] == c;
	}
	const char *end = *p == '[' ? class_end(p) : NULL;
	if (!end) {
		*next = q;
		return (unsigned char)*p == c;
	}
	bool negate = *q == '!', found = false;
	for (q += negate; q < end; q++) {
		if (*q == '\\' && q + 1 < end)
			q++;
		unsigned char lo = (unsigned char)*q, hi = lo;
		if (q[1] == '-' && q + 2 < end) {
			q += 2;
			if (*q == '\\' && q + 1 < end)
				q++;
			hi = (unsigned char)*q;
		}
		found |= c >= lo && c <= hi;
	}
	*next = end + 1;
	return found != negate;
}

bool
dt_glob(const char *p, const char *s)
{
	/* Only the last star ever needs another try: earlier ones took as little as they could. */
	const char *star = NULL, *retry = NULL, *next;
	if (!*p)
		return true;
	for (;;) {
		if (*p == '*') {
			star = ++p;
			retry = s;
		} else if (*s && *p && match_one(p, (unsigned char)*s, &next)) {
			p = next;
			s++;
		} else if (!*s && !*p) {
			return true;
		} else if (star && *retry) {
			p = star;
			s = ++retry;
		} else {
			return false;
		}
	}
}

static int
set_id(dtrace_hdl_t *dtp, dtrace_probespec_t spec, const char *text, dtrace_probedesc_t *pd)
{
	char *end;
	errno = 0;
	unsigned long id = strtoul(text, &end, 10);
	if (spec != DTRACE_PROBESPEC_NAME)
		return dt_set_error(dtp, EDT_BADSPEC, "Probe id %s given where a name is wanted", text);
	if (errno || id > UINT32_MAX || !id)
		return dt_set_error(dtp, EDT_BADID, "Invalid probe identifier %s", text);
	return dtrace_id2desc(dtp, (dtrace_id_t)id, pd);
}

int
dt_str2desc(dtrace_hdl_t *dtp, dtrace_probespec_t spec, const char *text, dtrace_probedesc_t *pd)
{
	memset(pd, 0, sizeof(*pd));
	if (spec < DTRACE_PROBESPEC_PROVIDER || spec > DTRACE_PROBESPEC_NAME)
		return dt_set_errno(dtp, EINVAL);
	if (*text && !text[strspn(text, "0123456789")])
		return set_id(dtp, spec, text, pd);
	const struct {
		char *buf;
		size_t size;
	} field[] = {{pd->dtpd_provider, sizeof(pd->dtpd_provider)},
		     {pd->dtpd_mod, sizeof(pd->dtpd_mod)},
		     {pd->dtpd_func, sizeof(pd->dtpd_func)},
		     {pd->dtpd_name, sizeof(pd->dtpd_name)}};
	/* Fields fill from the right. */
	const char *end = text + strlen(text);
	for (int i = (int)spec;; i--) {
		const char *start = end;
		while (start > text && start[-1] != ':')
			start--;
		if (i < 0)
			return dt_set_errno(dtp, EDT_BADSPEC);
		size_t n = (size_t)(end - start);
		if (n >= field[i].size)
			return dt_set_errno(dtp, ENAMETOOLONG);
		memcpy(field[i].buf, start, n);
		if (start == text)
			return 0;
		end = start - 1;
	}
}

int
dtrace_str2desc(dtrace_hdl_t *dtp, dtrace_probespec_t spec, const char *text, dtrace_probedesc_t *pd)
{
	return dtrace_xstr2desc(dtp, spec, text, 0, NULL, pd);
}

/* $name of a description; -1 when there is none of that name. */
static long
named_macro(dtrace_hdl_t *dtp, const char *name, size_t len)
{
	const struct {
		const char *name;
		long value;
	} macros[] = {{"pid", getpid()},
		      {"ppid", getppid()},
		      {"uid", (long)getuid()},
		      {"euid", (long)geteuid()},
		      {"gid", (long)getgid()},
		      {"egid", (long)getegid()},
		      {"sid", getsid(0)},
		      {"pgid", getpgrp()},
		      {"projid", 0},
		      {"taskid", 0},
		      {"target", dt_procs_target(dtp)}};
	for (size_t i = 0; i < sizeof(macros) / sizeof(macros[0]); i++)
		if (strlen(macros[i].name) == len && !strncmp(macros[i].name, name, len))
			return macros[i].value;
	return -1;
}

/*
 * One macro a field (L67): text before it stays, text after it stays when it is numbered, while a
 * name runs to the end of the field.  The value may not bring colons.
 */
static int
expand(dtrace_hdl_t *dtp, const char *text, int argc, char *const argv[], char *out, size_t size)
{
	size_t at = 0;
	bool used = false; /* in this field */
	while (*text) {
		char num[24];
		const char *value;
		if (*text == ':')
			used = false;
		if (*text != '$' || used) {
			if (at + 1 >= size)
				return dt_set_errno(dtp, ENAMETOOLONG);
			out[at++] = *text++;
			continue;
		}
		used = true;
		text += 1 + (text[1] == '$');
		if (isdigit((unsigned char)*text)) {
			char *end;
			unsigned long n = strtoul(text, &end, 10);
			if (n >= (unsigned long)argc)
				return dt_set_error(dtp, EDT_BADSPCV, "Macro argument $%.*s is not defined",
						    (int)(end - text), text);
			value = argv[n];
			text = end;
		} else {
			size_t len = strcspn(text, ":");
			long v = named_macro(dtp, text, len);
			if (v < 0)
				return dt_set_error(dtp, EDT_BADSPCV, "Macro variable $%.*s is not defined",
						    (int)len, text);
			snprintf(num, sizeof(num), "%ld", v);
			value = num;
			text += len;
		}
		size_t n = strlen(value);
		if (strchr(value, ':'))
			return dt_set_error(dtp, EDT_BADSPCV, "Macro value \"%s\" may not contain a colon",
					    value);
		if (at + n >= size)
			return dt_set_errno(dtp, ENAMETOOLONG);
		memcpy(out + at, value, n);
		at += n;
	}
	out[at] = '\0';
	return 0;
}

int
dtrace_xstr2desc(dtrace_hdl_t *dtp, dtrace_probespec_t spec, const char *text, int argc, char *const argv[],
		 dtrace_probedesc_t *pd)
{
	char full[4 * DTRACE_FULLNAMELEN];
	if (!text || !pd || argc < 0 || (argc > 0 && !argv))
		return dt_set_errno(dtp, EINVAL);
	if (expand(dtp, text, argc, argv, full, sizeof(full)))
		return -1;
	return dt_str2desc(dtp, spec, full, pd);
}

char *
dtrace_desc2str(const dtrace_probedesc_t *pd, char *buf, size_t len)
{
	if (pd->dtpd_id && !*pd->dtpd_provider && !*pd->dtpd_mod && !*pd->dtpd_func && !*pd->dtpd_name)
		snprintf(buf, len, "%u", pd->dtpd_id);
	else
		snprintf(buf, len, "%s:%s:%s:%s", pd->dtpd_provider, pd->dtpd_mod, pd->dtpd_func,
			 pd->dtpd_name);
	return buf;
}
