/*
 * probe.c - the probes a handle knows, and which of them a description means.
 *
 * Ids.  A provider has static probes (those it makes for an all-empty description) and may
 * make others on demand (tick-3s).  Static probes are numbered from 1 in the order of
 * dt_providers[]; before a provider is asked anything, every provider before it has been
 * asked for its static probes.  So a static probe's id depends on the kernel only, not on
 * which programs came first, and `dtrace -i` means what `dtrace -l` showed, while a program on
 * an early provider never waits for a later one.  Probes made on demand are numbered
 * from DEMAND_ID, so that they do not disturb the others.
 */
#include "probe.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "../../providers/provider.h"

enum {
	DEMAND_ID = 500000, /* six digits, as wide as the ID column */
	BUCKETS = 4096,     /* to begin with: kernels have 100,000 functions and more */
	MAXPROVIDERS = 64
};

typedef struct entry {
	dt_probe_t probe;
	uint32_t hash;
	struct entry *next;
} entry_t;

typedef struct dt_probes {
	DT_VEC(dt_probe_t *) fixed;  /* id 1, 2, ... */
	DT_VEC(dt_probe_t *) demand; /* DEMAND_ID, ... */
	entry_t **bucket;            /* by names; a power of two of them */
	uint32_t nbuckets, nentries;
	const dt_probe_t *last;   /* inserted */
	bool asked[MAXPROVIDERS]; /* static probes are all here */
	bool is_static;           /* a provider is making its static probes */
	char absent[512];         /* why the probe asked for last is not there; "" = nobody knows */
} dt_probes_t;

int
dt_probes_open(dtrace_hdl_t *dtp)
{
	dtp->probes = dt_xcalloc(1, sizeof(*dtp->probes));
	dtp->probes->nbuckets = BUCKETS;
	dtp->probes->bucket = dt_xcalloc(BUCKETS, sizeof(entry_t *));
	return 0;
}

void
dt_probes_close(dtrace_hdl_t *dtp)
{
	dt_probes_t *ps = dtp->probes;
	if (!ps)
		return;
	dt_vec_free(&ps->fixed);
	dt_vec_free(&ps->demand);
	free(ps->bucket);
	free(ps);
	dtp->probes = NULL;
}

static uint32_t
hash4(const char *const names[4])
{
	uint32_t h = 2166136261U;
	for (int i = 0; i < 4; i++) {
		for (const char *s = names[i]; *s; s++)
			h = (h ^ (unsigned char)*s) * 16777619U;
		h = (h ^ ':') * 16777619U;
	}
	return h ^ (h >> 16);
}

static dt_probe_t *
find(const dt_probes_t *ps, uint32_t hash, const char *const names[4])
{
	for (entry_t *e = ps->bucket[hash & (ps->nbuckets - 1)]; e; e = e->next) {
		dt_probe_t *p = &e->probe;
		if (e->hash == hash && !strcmp(p->prv, names[0]) && !strcmp(p->mod, names[1]) &&
		    !strcmp(p->fun, names[2]) && !strcmp(p->nam, names[3]))
			return p;
	}
	return NULL;
}

dt_probe_t *
dt_probe_lookup(dtrace_hdl_t *dtp, const char *prv, const char *mod, const char *fun, const char *nam)
{
	const char *names[4] = {prv, mod, fun, nam};
	return find(dtp->probes, hash4(names), names);
}

/* Twice as many buckets. */
static void
grow(dt_probes_t *ps)
{
	uint32_t n = 2 * ps->nbuckets;
	entry_t **bucket = dt_xcalloc(n, sizeof(entry_t *));
	for (uint32_t i = 0; i < ps->nbuckets; i++)
		for (entry_t *e = ps->bucket[i], *next; e; e = next) {
			next = e->next;
			e->next = bucket[e->hash & (n - 1)];
			bucket[e->hash & (n - 1)] = e;
		}
	free(ps->bucket);
	ps->bucket = bucket;
	ps->nbuckets = n;
}

/* Probes in a row share most of their names. */
static const char *
keep(dtrace_hdl_t *dtp, const char *last, const char *name)
{
	return last && !strcmp(last, name) ? last : dt_arena_strdup(dtp->arena, name);
}

dt_probe_t *
dt_probe_insert(dtrace_hdl_t *dtp, const struct dt_provider *pv, const char *prv, const char *mod,
		const char *fun, const char *nam)
{
	dt_probes_t *ps = dtp->probes;
	const char *names[4] = {prv, mod, fun, nam};
	uint32_t hash = hash4(names);
	dt_probe_t *p = find(ps, hash, names);
	if (p)
		return p;
	if (++ps->nentries > ps->nbuckets)
		grow(ps);
	entry_t *e = dt_arena_alloc(dtp->arena, sizeof(*e));
	e->hash = hash;
	entry_t **b = &ps->bucket[e->hash & (ps->nbuckets - 1)];
	e->next = *b;
	*b = e;
	p = &e->probe;
	const dt_probe_t *last = ps->last;
	p->provider = pv;
	p->prv = keep(dtp, last ? last->prv : NULL, prv);
	p->mod = keep(dtp, last ? last->mod : NULL, mod);
	p->fun = keep(dtp, last ? last->fun : NULL, fun);
	p->nam = keep(dtp, last ? last->nam : NULL, nam);
	ps->last = p;
	if (ps->is_static) {
		*dt_vec_push(&ps->fixed) = p;
		p->id = (dtrace_id_t)ps->fixed.n;
	} else {
		p->id = DEMAND_ID + (dtrace_id_t)ps->demand.n;
		*dt_vec_push(&ps->demand) = p;
	}
	return p;
}

/* May something match both?  Two patterns always may. */
static bool
overlap(const char *glob, const char *field)
{
	if (!*field || dt_is_glob(field))
		return dt_is_glob(glob) || dt_glob(field, glob);
	return dt_glob(glob, field);
}

/* May this provider have what the description asks for? */
static bool
answers(const dt_provider_t *pv, const dtrace_probedesc_t *pd)
{
	if (!overlap(pv->name, pd->dtpd_provider))
		return false;
	if (pv->on_demand && (!*pd->dtpd_provider || dt_is_glob(pd->dtpd_provider)))
		return false;
	for (const dt_carried_t *c = pv->carried; c && c->name; c++)
		if (overlap(c->name, pd->dtpd_name))
			return true;
	if (!pv->names)
		return !pv->carried;
	for (const char *const *n = pv->names; *n; n++) {
		if (**n == '!' && *pd->dtpd_name && !dt_is_glob(pd->dtpd_name) &&
		    dt_glob(*n + 1, pd->dtpd_name))
			return false;
		if (**n != '!' && overlap(*n, pd->dtpd_name))
			return true;
	}
	return false;
}

static bool
all_empty(const dtrace_probedesc_t *pd)
{
	return !*pd->dtpd_provider && !*pd->dtpd_mod && !*pd->dtpd_func && !*pd->dtpd_name;
}

/* Have provider i make its static probes, and those before it theirs. */
static int
ask_static(dtrace_hdl_t *dtp, int i)
{
	static const dtrace_probedesc_t all;
	dt_probes_t *ps = dtp->probes;
	int rc = 0;
	for (int j = 0; j <= i; j++) {
		if (ps->asked[j] || dt_providers[j]->on_demand)
			continue;
		/* A provider whose probes others carry looks those up meanwhile: back to what was. */
		bool outer = ps->is_static;
		ps->asked[j] = ps->is_static = true;
		char what[64];
		snprintf(what, sizeof(what), "asking provider %s for its probes", dt_providers[j]->name);
		dt_progress(dtp, what, 0, 0);
		rc = dt_providers[j]->provide(dtp, dt_providers[j], &all);
		ps->is_static = outer;
		if (rc)
			ps->asked[j] = false; /* it will say again why it has none */
	}
	return rc;
}

bool
dt_probes_static(dtrace_hdl_t *dtp)
{
	return dtp->probes->is_static;
}

/*
 * Have the probes made that the description may mean.  A provider that cannot list its probes
 * is an error only for who names it.
 */
static int
ask(dtrace_hdl_t *dtp, const dtrace_probedesc_t *pd)
{
	bool named = *pd->dtpd_provider && !dt_is_glob(pd->dtpd_provider);
	dtp->desctag = NULL;
	for (int i = 0; dt_providers[i] && i < MAXPROVIDERS; i++) {
		const dt_provider_t *pv = dt_providers[i];
		if (!answers(pv, pd))
			continue;
		int rc = pv->on_demand ? 0 : ask_static(dtp, i);
		/* Who cannot list may still say more, knowing what is wanted. */
		if (!all_empty(pd) || pv->carried) {
			bool outer = dtp->probes->is_static;
			dtp->probes->is_static = false;
			rc = pv->provide(dtp, pv, pd);
			dtp->probes->is_static = outer;
		}
		if (rc && (dtp->desctag || (named && !dt_is_glob(pv->name))))
			return -1;
		if (rc)
			dt_debug("provider %s: %s\n", pv->name, dtrace_errmsg(dtp, dtrace_errno(dtp)));
	}
	return 0;
}

dt_probe_t *
dt_probe_byid(dtrace_hdl_t *dtp, dtrace_id_t id)
{
	dt_probes_t *ps = dtp->probes;
	if (id >= DEMAND_ID)
		return id - DEMAND_ID < (dtrace_id_t)ps->demand.n ? ps->demand.p[id - DEMAND_ID] : NULL;
	for (int i = 0; id > (dtrace_id_t)ps->fixed.n && i < MAXPROVIDERS && dt_providers[i]; i++)
		ask_static(dtp, i);
	return id && id <= (dtrace_id_t)ps->fixed.n ? ps->fixed.p[id - 1] : NULL;
}

static bool
means(const char *field, const char *name, const char *alias)
{
	return dt_glob(field, name) || (alias && dt_glob(field, alias));
}

static bool
matches(dtrace_hdl_t *dtp, const dtrace_probedesc_t *pd, const dt_probe_t *p)
{
	return dt_glob(pd->dtpd_provider, p->prv) && means(pd->dtpd_name, p->nam, p->namalias) &&
	       means(pd->dtpd_func, p->fun, p->alias) && means(pd->dtpd_mod, p->mod, p->modalias) &&
	       (!p->provider->means || p->provider->means(dtp, pd, p));
}

void
dt_probe_absent(dtrace_hdl_t *dtp, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(dtp->probes->absent, sizeof(dtp->probes->absent), fmt, ap);
	va_end(ap);
}

const char *
dt_probe_why_absent(dtrace_hdl_t *dtp)
{
	return dtp->probes->absent[0] ? dtp->probes->absent : NULL;
}

int
dt_probe_match(dtrace_hdl_t *dtp, const dtrace_probedesc_t *pd, dt_probe_t ***out)
{
	dt_probes_t *ps = dtp->probes;
	DT_VEC(dt_probe_t *) v = {0};
	*out = NULL;
	ps->absent[0] = '\0';
	if (pd->dtpd_id) {
		dt_probe_t *p = dt_probe_byid(dtp, pd->dtpd_id);
		if (!p)
			return dt_set_errno(dtp, EDT_BADID);
		*dt_vec_push(&v) = p;
		*out = v.p;
		return 1;
	}
	if (ask(dtp, pd))
		return -1;
	for (int i = 0; i < ps->fixed.n; i++)
		if (matches(dtp, pd, ps->fixed.p[i]))
			*dt_vec_push(&v) = ps->fixed.p[i];
	for (int i = 0; i < ps->demand.n; i++)
		if (matches(dtp, pd, ps->demand.p[i]))
			*dt_vec_push(&v) = ps->demand.p[i];
	*out = v.p;
	return v.n;
}

static void
fill_desc(const dt_probe_t *p, dtrace_probedesc_t *pd)
{
	memset(pd, 0, sizeof(*pd));
	pd->dtpd_id = p->id;
	snprintf(pd->dtpd_provider, sizeof(pd->dtpd_provider), "%s", p->prv);
	snprintf(pd->dtpd_mod, sizeof(pd->dtpd_mod), "%s", p->mod);
	snprintf(pd->dtpd_func, sizeof(pd->dtpd_func), "%s", p->fun);
	snprintf(pd->dtpd_name, sizeof(pd->dtpd_name), "%s", p->nam);
}

int
dtrace_id2desc(dtrace_hdl_t *dtp, dtrace_id_t id, dtrace_probedesc_t *pd)
{
	const dt_probe_t *p = dt_probe_byid(dtp, id);
	if (!p)
		return dt_set_errno(dtp, EDT_BADID);
	fill_desc(p, pd);
	return 0;
}

int
dtrace_probe_iter(dtrace_hdl_t *dtp, const dtrace_probedesc_t *pd, dtrace_probe_f *fn, void *arg)
{
	static const dtrace_probedesc_t all;
	dt_probe_t **v;
	if (!fn)
		return dt_set_errno(dtp, EINVAL);
	int n = dt_probe_match(dtp, pd ? pd : &all, &v), rc = 0;
	if (n < 0)
		return -1;
	if (!n) {
		free(v);
		return dt_set_errno(dtp, EDT_NOPROBE);
	}
	for (int i = 0; i < n && !rc; i++) {
		dtrace_probedesc_t d;
		fill_desc(v[i], &d);
		rc = fn(dtp, &d, arg);
	}
	free(v);
	return rc;
}

/*
 * Argument types hold for a description when it means one probe, or when what it
 * leaves open is not part of the contract: the arguments are at least Evolving and every
 * field as stable as that is given in full (providers.md part 1).
 */
static bool
args_hold(const dtrace_probedesc_t *pd, const dt_probe_t *p, int n)
{
	const dt_pattr_t *a = &p->provider->attr;
	const struct {
		const char *field;
		dtrace_attribute_t attr;
	} f[] = {{pd->dtpd_provider, a->provider},
		 {pd->dtpd_mod, a->module},
		 {pd->dtpd_func, a->function},
		 {pd->dtpd_name, a->name}};
	if (n == 1)
		return true;
	if (a->args.dtat_data < DTRACE_STABILITY_EVOLVING)
		return false;
	for (int i = 0; i < 4; i++)
		if (f[i].attr.dtat_data >= DTRACE_STABILITY_EVOLVING &&
		    (!*f[i].field || dt_is_glob(f[i].field)))
			return false;
	return true;
}

enum {
	MAXARGS = 16
};

/* The first probe a description means, and the types that hold for it. */
static dt_probe_t *
first_match(dtrace_hdl_t *dtp, const dtrace_probedesc_t *pd, dt_argtype_t *argv, int *argc)
{
	dt_probe_t **v;
	if (!pd) {
		dt_set_errno(dtp, EINVAL);
		return NULL;
	}
	int n = dt_probe_match(dtp, pd, &v);
	if (n <= 0) {
		if (n == 0) {
			free(v);
			dt_set_errno(dtp, EDT_NOPROBE);
		}
		return NULL;
	}
	dt_probe_t *p = v[0];
	free(v);
	*argc = p->provider->args && args_hold(pd, p, n) ? p->provider->args(dtp, p, argv, MAXARGS) : 0;
	return p;
}

static const dtrace_typeinfo_t *
typed_args(dtrace_hdl_t *dtp, const dt_argtype_t *argv, int argc)
{
	if (argc == 0)
		return NULL;
	dtrace_typeinfo_t *v = dt_arena_alloc(dtp->arena, sizeof(*v) * (size_t)argc);
	for (int i = 0; i < argc; i++) {
		dt_type_t t = *argv[i].type ? dt_type_lookup(dtp, argv[i].type) : DT_NOTYPE;
		v[i] = (dtrace_typeinfo_t){.dtt_object = dt_type_ok(t) ? "vmlinux" : "",
					   .dtt_ctfp = t.fp,
					   .dtt_type = t.id,
					   .dtt_flags = argv[i].is_user ? DTT_FL_USER : 0};
	}
	return v;
}

int
dtrace_probe_info(dtrace_hdl_t *dtp, const dtrace_probedesc_t *pd, dtrace_probeinfo_t *info)
{
	static const dtrace_attribute_t open_provider = {DTRACE_STABILITY_UNSTABLE, DTRACE_STABILITY_UNSTABLE,
							 DTRACE_CLASS_COMMON};
	dt_argtype_t argv[MAXARGS];
	int argc = 0;
	const dt_probe_t *p = first_match(dtp, pd, argv, &argc);
	if (!p)
		return -1;
	bool open = !pd->dtpd_id && (!*pd->dtpd_provider || dt_is_glob(pd->dtpd_provider));
	info->dtp_attr = dt_desc_attr(pd, p);
	info->dtp_arga = open ? open_provider : p->provider->attr.args;
	info->dtp_argc = argc;
	info->dtp_argv = typed_args(dtp, argv, argc);
	return 0;
}

int
dtrace_arg_iter(dtrace_hdl_t *dtp, const dtrace_probedesc_t *pd, dtrace_arg_f *fn, void *arg)
{
	dt_argtype_t argv[MAXARGS];
	int argc = 0, rc = 0;
	const dt_probe_t *p = first_match(dtp, pd, argv, &argc);
	if (!p)
		return -1;
	for (int i = 0; i < argc && !rc; i++) {
		dtrace_argdesc_t d = {.dtargd_id = p->id, .dtargd_ndx = i, .dtargd_mapping = argv[i].mapping};
		bool translated = *argv[i].native;
		memcpy(d.dtargd_native, translated ? argv[i].native : argv[i].type, sizeof(d.dtargd_native));
		if (translated)
			memcpy(d.dtargd_xlate, argv[i].type, sizeof(d.dtargd_xlate));
		rc = fn(dtp, &d, arg);
	}
	return rc;
}

int
dtrace_provider_modules(dtrace_hdl_t *dtp, const char **names, int n)
{
	int i = 0;
	(void)dtp;
	for (; dt_providers[i]; i++)
		if (names && i < n)
			names[i] = dt_providers[i]->name;
	return i;
}
