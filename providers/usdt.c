/*
 * usdt.c - probes that programs declare for themselves (stapsdt notes, as <sys/sdt.h> leaves them).
 *
 * This version only tells such a program from others: a description of its provider (app1234) is refused with
 * the reason, not as one that matches nothing.
 */
#include <ctype.h>
#include <errno.h>
#include <gelf.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../libdtrace/process/uobjects.h"
#include "provider.h"

enum {
	STAPSDT = 3,   /* type of the notes */
	NADDRESSES = 3 /* before the names: of the probe, of the link's base, of its semaphore */
};

/* The provider a note's probe is of, or NULL. */
static const char *
provider_of(const GElf_Nhdr *n, const char *owner, const char *desc, int class)
{
	size_t skip = NADDRESSES * (class == ELFCLASS64 ? 8 : 4);
	if (n->n_type != STAPSDT || n->n_namesz != sizeof("stapsdt") || strcmp(owner, "stapsdt") != 0 ||
	    n->n_descsz <= skip || !memchr(desc + skip, '\0', n->n_descsz - skip))
		return NULL;
	return desc + skip;
}

static bool
section_declares(Elf *elf, Elf_Data *d, const char *provider)
{
	GElf_Nhdr n;
	size_t at = 0, owner, desc;
	while (at < d->d_size && (at = gelf_getnote(d, at, &n, &owner, &desc)) > 0) {
		const char *base = d->d_buf;
		const char *p = provider_of(&n, base + owner, base + desc, gelf_getclass(elf));
		if (p && !strcmp(p, provider))
			return true;
	}
	return false;
}

static bool
declares(const dt_object_t *o, const char *provider)
{
	bool found = false;
	Elf_Scn *s = NULL;
	GElf_Shdr h;
	if (elf_version(EV_CURRENT) == EV_NONE)
		return false;
	Elf *elf = elf_begin(o->fd, ELF_C_READ, NULL);
	while (elf && !found && (s = elf_nextscn(elf, s))) {
		Elf_Data *d = gelf_getshdr(s, &h) && h.sh_type == SHT_NOTE ? elf_getdata(s, NULL) : NULL;
		found = d && section_declares(elf, d, provider);
	}
	elf_end(elf);
	return found;
}

/* "app1234": the process, and the length of the name before its number; 0: it is none. */
static pid_t
process_of(const char *provider, int *len)
{
	size_t n = strlen(provider);
	while (n && isdigit((unsigned char)provider[n - 1]))
		n--;
	*len = (int)n;
	errno = 0;
	unsigned long pid = strtoul(provider + n, NULL, 10);
	return n && !errno && pid <= INT_MAX && strncmp(provider, "pid", n) != 0 ? (pid_t)pid : 0;
}

static int
provide(dtrace_hdl_t *dtp, const dt_provider_t *pv, const dtrace_probedesc_t *pd)
{
	(void)pv;
	char name[DTRACE_PROVNAMELEN];
	int len;
	pid_t pid = process_of(pd->dtpd_provider, &len);
	const dt_objects_t *objects = pid ? dt_objects_of(dtp, pid) : NULL;
	snprintf(name, sizeof(name), "%.*s", len, pd->dtpd_provider);
	for (int i = 0; objects && i < objects->list.n; i++) {
		const dt_object_t *o = objects->list.p[i];
		if (!declares(o, name))
			continue;
		dt_set_error(
		    dtp, EDT_BADPROBE,
		    "%s declares probes of provider %s, but this version cannot load the probes (USDT) "
		    "that programs declare: pid%d has those of its functions",
		    o->name, name, (int)pid);
		dtp->desctag = "D_PROC_USDT";
		return -1;
	}
	return 0;
}

const dt_provider_t dt_provider_usdt = {
    .name = "*[0-9]",
    .on_demand = true,
    .provide = provide,
};
