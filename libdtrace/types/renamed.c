/*
 * renamed.c - members of kernel structures that have other names, or other places, in other kernels: a D
 * library or script that uses the one finds the other.
 *
 * A row is tried in both directions of time: only names a kernel lacks are looked up here, so what a
 * kernel has always wins.  Where the new place is wider than the old one the user has to mask.
 */
#include <string.h>

#include "types_impl.h"

static const struct {
	const char *sou, *name;
	const char *path; /* where it is, members by dots */
} renamed[] = {
    {"block_device", "bd_partno", "__bd_flags.counter"}, /* 6.10: the low 8 bits */
    {"page", "index", "__folio_index"},                  /* 6.16 */
};

const char *
dt_type_renamed(const char *sou, const char *name)
{
	if (!strncmp(sou, "struct ", 7))
		sou += 7;
	for (size_t i = 0; i < sizeof(renamed) / sizeof(renamed[0]); i++)
		if (!strcmp(renamed[i].sou, sou) && !strcmp(renamed[i].name, name))
			return renamed[i].path;
	return NULL;
}
