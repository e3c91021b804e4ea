/* stable.c - see stable.h. */
#include "stable.h"
#include "../compat/compat.h"
#include "tracefs.h"

#include <ctype.h>
#include <linux/btf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Is the word one of the list's, which blanks divide? */
static bool
in_list(const char *list, const char *word)
{
	size_t n = strlen(word);
	for (const char *p = list; (p = strstr(p, word)); p += n)
		if ((p == list || p[-1] == ' ') && (p[n] == ' ' || !p[n]))
			return true;
	return false;
}

/* ------------------------------------------------- the probes that carry it */

/* The first probe that the descriptions mean, NULL when none is there. */
static const dt_probe_t *
first_carrying(dtrace_hdl_t *dtp, const char *on)
{
	char desc[256];
	for (const char *p = on; *p;) {
		dtrace_probedesc_t pd;
		dt_probe_t **found = NULL, *first;
		size_t n = strcspn(p, ",");
		snprintf(desc, sizeof(desc), "%.*s", (int)n, p);
		int count = dt_str2desc(dtp, DTRACE_PROBESPEC_NAME, desc, &pd) == 0
				? dt_probe_match(dtp, &pd, &found)
				: 0;
		first = count > 0 ? found[0] : NULL;
		free(found);
		if (first)
			return first;
		p += n;
		p += strspn(p, ", ");
	}
	return NULL;
}

typedef struct names {
	dt_argtype_t argv[DT_NARGS];
	int argc;
} names_t;

static bool
has_member(dtrace_hdl_t *dtp, const char *member)
{
	const char *dot = strchr(member, '.');
	char sou[64];
	snprintf(sou, sizeof(sou), "%.*s", (int)(dot - member), member);
	return dt_btf_offset(dtp, sou, dot + 1) >= 0;
}

/* The arguments of the carrying probe, which $name means; false when the kernel has nothing that carries. */
static bool
get_names(dtrace_hdl_t *dtp, const dt_carrier_t *c, names_t *names)
{
	if (c->symbol && dt_btf_id(dtp, c->symbol, BTF_KIND_FUNC) < 0)
		return false;
	int64_t value;
	if (c->enumerator && !dt_btf_enumerator(dtp, c->enumerator, &value))
		return false;
	if (c->member && !has_member(dtp, c->member))
		return false;
	const dt_probe_t *p = first_carrying(dtp, c->on);
	if (!p)
		return false;
	memset(names, 0, sizeof(*names));
	names->argc = p->provider->args ? p->provider->args(dtp, p, names->argv, DT_NARGS) : 0;
	return true;
}

static int
number_of(const names_t *names, const char *name, size_t len)
{
	for (int i = 0; i < names->argc; i++)
		if (strlen(names->argv[i].name) == len && !memcmp(names->argv[i].name, name, len))
			return i;
	return -1;
}

static size_t
word_length(const char *p)
{
	size_t n = 0;
	while (isalnum((unsigned char)p[n]) || p[n] == '_')
		n++;
	return n;
}

/* Write D with every $name replaced; false when the carrying probe has no such argument. */
static bool
put(FILE *f, const names_t *names, const dt_carrier_t *c, const char *text)
{
	for (const char *p = text; *p;) {
		size_t n = strcspn(p, "$");
		fwrite(p, 1, n, f);
		p += n;
		if (!*p)
			break;
		n = word_length(++p);
		int i = number_of(names, p, n);
		if (c->each.type && n == 4 && !strncmp(p, "each", n))
			fprintf(f, "((%s)__dt_each)", c->each.type);
		else if (i >= 0)
			fprintf(f, "args[%d]", i);
		else
			return false;
		p += n;
	}
	return true;
}

static bool
put_value(FILE *f, const names_t *names, const dt_carrier_t *c, const char *text)
{
	bool ok = put(f, names, c, text);
	fputs(";\n", f);
	return ok;
}

char *
dt_carrier_text(dtrace_hdl_t *dtp, const dt_carrier_t *c, int *nargs)
{
	names_t names;
	char *text = NULL;
	size_t len;
	*nargs = 0;
	for (int i = 0; i < DT_NCARRIED; i++)
		if (c->args[i])
			*nargs = i + 1;
	if (!get_names(dtp, c, &names))
		return NULL;
	FILE *f = open_memstream(&text, &len);
	if (!f)
		return NULL;
	fprintf(f, "%s\n", c->on);
	bool ok = true;
	if (c->when) {
		fputs("/ ", f); /* the blank: a predicate may begin with a star */
		ok = put(f, &names, c, c->when);
		fputs("/\n", f);
	}
	fputs("{\n", f);
	ok = ok && (!c->does || put(f, &names, c, c->does));
	for (int i = 0; i < *nargs; i++)
		ok = ok && put_value(f, &names, c, c->args[i] ? c->args[i] : "0");
	ok = ok && (!c->thread || put_value(f, &names, c, c->thread));
	ok = ok && (!c->leaving || put_value(f, &names, c, c->leaving));
	ok = ok && (!c->each.type || put_value(f, &names, c, c->each.first));
	ok = ok && (!c->each.type || put_value(f, &names, c, c->each.next));
	fputs("}\n", f);
	fclose(f);
	if (!ok) {
		free(text);
		return NULL;
	}
	return text;
}

static bool
is_there(dtrace_hdl_t *dtp, const dt_carrier_t *c)
{
	int nargs;
	char *text = dt_carrier_text(dtp, c, &nargs);
	free(text);
	return text != NULL;
}

static const char *
module_of(const char *module)
{
	return module ? module : "vmlinux";
}

static bool
is_for(const dt_carrier_t *c, const char *module, const char *probe)
{
	return in_list(c->probe, probe) && !strcmp(module_of(c->module), module);
}

bool
dt_carrier_counts(dtrace_hdl_t *dtp, const dt_provider_t *pv, int i, const dt_probe_t *p, bool own_context)
{
	const dt_carrier_t *c = &pv->carriers[i];
	if (!is_for(c, p->mod, p->nam) || (c->own_context && !own_context))
		return false;
	/* Those before it first: what it is on may be expensive to look for. */
	for (int j = 0; c->choice && j < i; j++)
		if (pv->carriers[j].choice == c->choice && dt_carrier_counts(dtp, pv, j, p, own_context))
			return false;
	return is_there(dtp, c);
}

/* -------------------------------------------------------- the provider's part */

/* To look for one of fbt's probes is to list all the kernel's functions: who wants other probes does not wait
 * for that. */
static bool
is_cheap(const dt_carrier_t *c)
{
	return strncmp(c->on, "fbt:", 4) != 0;
}

static bool
is_carried(dtrace_hdl_t *dtp, const dt_provider_t *pv, const dt_carried_t *probe)
{
	bool all = !dt_probes_static(dtp);
	for (int i = 0; pv->carriers[i].on; i++) {
		const dt_carrier_t *c = &pv->carriers[i];
		if (!c->hook && (all || is_cheap(c)) && is_for(c, module_of(probe->module), probe->name) &&
		    is_there(dtp, c))
			return true;
	}
	return false;
}

static void
give_place(dt_probe_t *p)
{
	if (strcmp(p->mod, module_of(NULL)) != 0) /* where it is says its module */
		return;
	dt_place_t place = dt_place_find(p->prv, p->nam);
	p->modalias = place.module;
	p->alias = place.function;
}

static bool
is_loaded(const char *module)
{
	char path[128];
	snprintf(path, sizeof(path), "/sys/module/%s", module);
	return access(path, F_OK) == 0;
}

static void
say_why_not(dtrace_hdl_t *dtp, const dt_provider_t *pv, const dt_carried_t *c)
{
	char why[256];
	if (c->absent)
		dt_probe_absent(dtp, "%s", c->absent);
	else if (c->module && !is_loaded(c->module))
		dt_probe_absent(dtp, "the kernel's module %s is not loaded (modprobe %s loads it)", c->module,
				c->module);
	else if (!dt_tracefs(why, sizeof(why)))
		dt_probe_absent(dtp, "%s", why);
	else
		dt_probe_absent(dtp, "this kernel has nothing that %s:%s::%s could be made from%s%s", pv->name,
				c->module ? c->module : "", c->name, c->needs ? ": it takes " : "",
				c->needs ? c->needs : "");
}

int
dt_stable_provide(dtrace_hdl_t *dtp, const dt_provider_t *pv, const dtrace_probedesc_t *pd)
{
	bool asked = *pd->dtpd_name != '\0';
	for (const dt_carried_t *c = pv->carried; c->name; c++) {
		const char *module = module_of(c->module);
		if ((asked && !dt_glob(pd->dtpd_name, c->name)) ||
		    dt_probe_lookup(dtp, pv->name, module, "", c->name))
			continue;
		if (!c->absent && is_carried(dtp, pv, c))
			give_place(dt_probe_insert(dtp, pv, pv->name, module, "", c->name));
		else if (asked && (!c->module || dt_glob(pd->dtpd_mod, module)))
			say_why_not(dtp, pv, c);
	}
	return 0;
}

static const dt_carried_t *
find(const dt_provider_t *pv, const dt_probe_t *p)
{
	const dt_carried_t *c = pv->carried;
	while (c->name && (strcmp(c->name, p->nam) != 0 || strcmp(module_of(c->module), p->mod) != 0))
		c++;
	return c;
}

/* The kernel vouches for an argument that is one of the carrying probe's own, and vouched for there. */
static bool
is_trusted(const names_t *names, const char *text)
{
	if (!text || *text != '$' || word_length(text + 1) + 1 != strlen(text))
		return false;
	int i = number_of(names, text + 1, strlen(text + 1));
	return i >= 0 && names->argv[i].trusted;
}

int
dt_stable_args(dtrace_hdl_t *dtp, const dt_probe_t *p, dt_argtype_t *argv, int max)
{
	const dt_provider_t *pv = p->provider;
	const dt_carried_t *c = find(pv, p);
	int n = 0;
	for (; n < max && n < DT_NCARRIED && c->args[n].type; n++) {
		argv[n] =
		    (dt_argtype_t){.mapping = n, .trusted = !c->args[n].is_user, .is_user = c->args[n].is_user};
		snprintf(argv[n].type, sizeof(argv[n].type), "%s", c->args[n].type);
		if (c->args[n].native)
			snprintf(argv[n].native, sizeof(argv[n].native), "%s", c->args[n].native);
	}
	for (int i = 0; pv->carriers[i].on; i++) {
		names_t names;
		if (pv->carriers[i].hook || !dt_carrier_counts(dtp, pv, i, p, pv->carriers[i].own_context) ||
		    !get_names(dtp, &pv->carriers[i], &names))
			continue;
		for (int a = 0; a < n; a++)
			argv[a].trusted = argv[a].trusted && is_trusted(&names, pv->carriers[i].args[a]);
	}
	return n;
}
