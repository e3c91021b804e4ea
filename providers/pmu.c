/* pmu.c - see pmu.h. */
#include "pmu.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool
read_line(const char *dir, const char *sub, const char *name, char *buf, int len)
{
	char path[512];
	if (strchr(name, '/') || snprintf(path, sizeof(path), "%s/%s/%s", dir, sub, name) >= (int)sizeof(path))
		return false;
	FILE *f = fopen(path, "re");
	bool ok = f && fgets(buf, len, f);
	if (f)
		fclose(f);
	if (ok)
		buf[strcspn(buf, "\n")] = '\0';
	return ok;
}

/* Put a value where "config:0-7,32-35" says: its low bits first. */
static bool
deposit(const char *format, uint64_t value, uint64_t *config)
{
	if (strncmp(format, "config:", 7) != 0)
		return false;
	for (const char *p = format + 7; *p;) {
		char *end;
		unsigned long lo = strtoul(p, &end, 10), hi = *end == '-' ? strtoul(end + 1, &end, 10) : lo;
		if (end == p || hi < lo || hi > 63)
			return false;
		unsigned long n = hi - lo + 1;
		uint64_t bits = n < 64 ? (1ULL << n) - 1 : ~0ULL;
		*config = (*config & ~(bits << lo)) | (value & bits) << lo;
		value = n < 64 ? value >> n : 0;
		p = *end == ',' ? end + 1 : end;
		if (p == end && *p)
			return false;
	}
	return value == 0;
}

static bool
set_term(const char *dir, const char *term, uint64_t value, uint64_t *config)
{
	char format[128];
	return read_line(dir, "format", term, format, sizeof(format)) && deposit(format, value, config);
}

bool
dt_pmu_event(const char *dir, const char *name, int64_t mask, uint64_t *config)
{
	char text[256], *save, *value;
	*config = 0;
	if (!read_line(dir, "events", name, text, sizeof(text)))
		return false;
	for (char *term = strtok_r(text, ",", &save); term; term = strtok_r(NULL, ",", &save)) {
		if ((value = strchr(term, '=')))
			*value++ = '\0';
		/* A term without value is a flag; "?" is for the user to fill in. */
		if ((value && *value == '?') ||
		    !set_term(dir, term, value ? strtoull(value, NULL, 0) : 1, config))
			return false;
	}
	return mask < 0 || set_term(dir, "umask", (uint64_t)mask, config);
}
