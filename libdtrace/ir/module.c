/* module.c - the compiled form of what is enabled: probes grouped into programs, each generated, emitted,
 * linked. */
#include "module.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "gen.h"

enum {
	STRBUCKETS = 8192,
	STACK_MAX = 512, /* bytes, BPF's */
	STACK_UNIT = 32, /* the kernel rounds each function's up */
	INSNS_GOOD = 8192,
	IR_LONG = 2 * INSNS_GOOD /* more than that will not become so few */
};

/* -------------------------------------------------- read-only data, strings, maps */

/* Append constant bytes; their offset in the read-only map. */
uint32_t
mod_rodata(dt_module_t *m, const void *data, size_t len, size_t align)
{
	while ((size_t)m->ro.n % align)
		*dt_vec_push(&m->ro) = 0;
	uint32_t at = (uint32_t)m->ro.n;
	if (m->ro.n + (int)len > m->ro.cap) {
		m->ro.cap = 2 * (m->ro.n + (int)len);
		m->ro.p = dt_xrealloc(m->ro.p, (size_t)m->ro.cap);
	}
	memcpy(m->ro.p + at, data, len);
	m->ro.n += (int)len;
	return at;
}

/* The number of a string: equal strings have equal numbers; "" is 0. */
uint32_t
mod_strid(dt_module_t *m, const char *text)
{
	uint32_t h = 5381;
	size_t max = (size_t)m->dtp->opt[DT_OPT_STRSIZE] - 1;
	if (strlen(text) > max)
		text = dt_arena_strndup(m->arena, text, max);
	for (const char *p = text; *p; p++)
		h = h * 33 + (unsigned char)*p;
	int *head = &m->strhash[h % STRBUCKETS];
	for (int i = *head; i >= 0; i = m->strnext.p[i])
		if (!strcmp(m->strings.p[i], text))
			return (uint32_t)i;
	*dt_vec_push(&m->strings) = dt_arena_strdup(m->arena, text);
	*dt_vec_push(&m->strnext) = *head;
	*head = m->strings.n - 1;
	return (uint32_t)*head;
}

int
mod_map(dt_module_t *m, dt_mapkind_t kind, const char *name, uint32_t ksize, uint32_t vsize, uint32_t max)
{
	*dt_vec_push(&m->maps) = (dt_map_t){
	    .kind = kind, .name = name, .key_size = ksize, .value_size = vsize, .max_entries = max, .fd = -1};
	return m->maps.n - 1;
}

static dt_module_t *
module_new(dtrace_hdl_t *dtp)
{
	dt_module_t *m = dt_xcalloc(1, sizeof(*m));
	m->dtp = dtp;
	m->arena = dt_arena_new();
	m->state = m->rodata = m->globals = m->bufs = -1;
	m->ncpus = libbpf_num_possible_cpus();
	if (m->ncpus < 1)
		m->ncpus = 1;
	if (m->ncpus > DT_MAXCPUS)
		m->ncpus = DT_MAXCPUS;
	m->strhash = dt_arena_alloc(m->arena, sizeof(int) * STRBUCKETS);
	for (int i = 0; i < STRBUCKETS; i++)
		m->strhash[i] = -1;
	mod_strid(m, "");
	size_t state = offsetof(struct dt_state, cpu) + sizeof(struct dt_cpustate) * (size_t)m->ncpus;
	m->state = mod_map(m, DT_MAP_STATE, "state", 4, (uint32_t)state, 1);
	m->rodata = mod_map(m, DT_MAP_RODATA, "rodata", 4, 0, 1);
	return m;
}

void
dt_module_free(dt_module_t *m)
{
	if (!m)
		return;
	for (int i = 0; i < m->units.n; i++) {
		dt_unit_t *u = m->units.p[i];
		for (int f = 0; u->ir && f < u->ir->funcs.n; f++)
			ir_func_free(u->ir->funcs.p[f]);
		if (u->ir)
			dt_vec_free(&u->ir->funcs);
		bpf_image_free(&u->image);
		dt_vec_free(&u->links);
		for (; u; u = u->then) {
			free(u->probes);
			free(u->sites);
		}
	}
	dt_vec_free(&m->maps);
	dt_vec_free(&m->units);
	dt_vec_free(&m->kvars);
	dt_vec_free(&m->carriers);
	dt_vec_free(&m->hooks);
	dt_vec_free(&m->aggs);
	dt_vec_free(&m->strings);
	dt_vec_free(&m->strnext);
	dt_vec_free(&m->clauses);
	dt_vec_free(&m->top);
	dt_vec_free(&m->ro);
	dt_arena_free(m->arena);
	free(m);
}

/* ------------------------------------------------------------------- units */

static dt_unit_t *
new_unit(dt_module_t *m, const dt_provider_t *prov, const dt_site_t *site)
{
	dt_unit_t *u = dt_arena_alloc(m->arena, sizeof(*u));
	u->mod = m;
	u->provider = prov;
	u->site = *site;
	u->prog_fd = -1;
	u->image.btf_fd = -1;
	u->to = m->top.n;
	*dt_vec_push(&m->units) = u;
	return u;
}

dt_unit_t *
mod_unit(dt_module_t *m, const dt_provider_t *prov, const dt_site_t *site)
{
	for (int i = m->units.n - 1; i >= 0; i--)
		if (!strcmp(m->units.p[i]->site.key, site->key))
			return m->units.p[i];
	return new_unit(m, prov, site);
}

void
mod_unit_add(dt_unit_t *u, dt_probe_t *p, const dt_site_t *site)
{
	if ((u->nprobes & (u->nprobes - 1)) == 0) { /* grow at powers of two */
		size_t cap = u->nprobes ? 2 * (size_t)u->nprobes : 1;
		u->probes = dt_xrealloc(u->probes, cap * sizeof(dt_probe_t *));
		u->sites = dt_xrealloc(u->sites, cap * sizeof(dt_site_t));
	}
	u->probes[u->nprobes] = p;
	u->sites[u->nprobes++] = *site;
}

/* Put a probe into the unit of its site, once. */
static int
add_probe(dt_module_t *m, dt_probe_t *p)
{
	dt_site_t site = {0};
	if (p->provider->carriers)
		return carrier_units(m, p);
	if (p->provider->site(m->dtp, p, &site) < 0)
		return -1;
	if (site.trigger != DT_TRIGGER_ERROR)
		mod_unit_add(mod_unit(m, p->provider, &site), p, &site);
	return 0;
}

/* Each provider is told all of its probes at once. */
static void
plan(dt_module_t *m, dt_probe_t **all, int n)
{
	dt_probe_t **own = dt_xcalloc((size_t)n + 1, sizeof(*own));
	for (int i = 0; dt_providers[i]; i++) {
		int nown = 0;
		for (int p = 0; p < n && dt_providers[i]->plan; p++)
			if (all[p]->provider == dt_providers[i])
				own[nown++] = all[p];
		if (nown)
			dt_providers[i]->plan(m->dtp, own, nown);
	}
	free(own);
}

static int
by_rank(const void *a, const void *b)
{
	const dt_unit_t *ua = *(dt_unit_t *const *)a, *ub = *(dt_unit_t *const *)b;
	return ua->rank != ub->rank ? ua->rank - ub->rank : ua->number - ub->number;
}

static int
make_units(dt_module_t *m)
{
	dtrace_id_t max = 0;
	for (int c = 0; c < m->top.n; c++)
		for (int i = 0; i < m->top.p[c]->nprobes; i++)
			if (m->top.p[c]->probes[i]->id > max)
				max = m->top.p[c]->probes[i]->id;
	bool *seen = dt_arena_alloc(m->arena, max + 1);
	DT_VEC(dt_probe_t *) all = {0};
	for (int c = 0; c < m->top.n; c++) {
		for (int i = 0; i < m->top.p[c]->nprobes; i++) {
			dt_probe_t *p = m->top.p[c]->probes[i];
			if (!seen[p->id])
				*dt_vec_push(&all) = p;
			seen[p->id] = true;
		}
	}
	plan(m, all.p, all.n);
	int rc = 0;
	for (int i = 0; i < all.n && rc == 0; i++)
		rc = add_probe(m, all.p[i]);
	dt_vec_free(&all);
	if (rc == 0)
		rc = carrier_hooks(m);
	for (int i = 0; i < m->units.n; i++)
		m->units.p[i]->number = i;
	if (m->carriers.n) {
		qsort(m->units.p, (size_t)m->units.n, sizeof(*m->units.p), by_rank);
		share_programs(m);
	}
	return rc;
}

static int
ir_insns(const ir_unit_t *ir)
{
	int n = 0;
	for (int f = 0; f < ir->funcs.n; f++)
		for (int b = 0; b < ir->funcs.p[f]->blocks.n; b++)
			n += ir->funcs.p[f]->blocks.p[b]->insns.n;
	return n;
}

/* IR to a linked image. */
static int
emit_unit(dt_module_t *m, dt_unit_t *u)
{
	bpf_code_t *codes = dt_xcalloc((size_t)u->ir->funcs.n, sizeof(*codes));
	int n = u->ir->funcs.n, rc = 0;
	char err[256];
	for (int i = 0; i < n && rc == 0; i++) {
		ir_func_t *f = u->ir->funcs.p[i];
		const char *bad = getenv("DTRACE_DEBUG") ? ir_verify(f) : NULL;
		if (bad)
			dt_debug("%s of %s: %s", f->name, u->ir->name, bad);
		ir_optimize(f);
		if (!bpf_emit(f, &codes[i], err, sizeof(err)))
			rc = dt_set_error(m->dtp, EDT_DIFSIZE, "program for %s probes: %s", u->ir->name, err);
	}
	u->stack = DT_RT_STACK;
	for (int i = 0; i < n && rc == 0; i++)
		u->stack += (codes[i].stack + STACK_UNIT - 1) / STACK_UNIT * STACK_UNIT;
	if (rc == 0)
		rc = bpf_link_image(m->dtp, u->ir, codes, n, &u->image);
	for (int i = 0; i < n; i++)
		bpf_code_free(&codes[i]);
	free(codes);
	return rc;
}

/*
 * Generate and emit unit i; one whose clauses do not fit a program is split until they do.  So is one
 * that would fit but is long: the kernel's work on a program grows with the square of its length.
 */
static int
make_code(dt_module_t *m, int i)
{
	for (;;) {
		int rc = gen_unit(m, m->units.p[i]);
		if (rc == 0 && ir_insns(m->units.p[i]->ir) > IR_LONG && split_unit(m, i))
			continue;
		if (rc == 0)
			rc = emit_unit(m, m->units.p[i]);
		if (rc < 0 && m->dtp->err != EDT_DIFSIZE)
			return rc;
		/* 6.1 and 6.12 count the stack of a function and of what it calls together. */
		if (rc == 0 && m->units.p[i]->stack <= STACK_MAX && m->units.p[i]->image.insns.n <= INSNS_GOOD)
			return 0;
		bpf_image_t image = m->units.p[i]->image;
		m->units.p[i]->image = (bpf_image_t){.btf_fd = -1};
		if (!split_unit(m, i)) {
			m->units.p[i]->image = image;
			return rc;
		}
		bpf_image_free(&image);
	}
}

static int
vtime_attach(dtrace_hdl_t *dtp, dt_unit_t *u)
{
	int fd = bpf_raw_tracepoint_open(NULL, u->prog_fd);
	if (fd < 0)
		return dt_set_error(dtp, EDT_ENABLING_ERR, "cannot attach to the scheduler for vtimestamp: %s",
				    strerror(errno));
	dt_unit_add_link(u, fd);
	return 0;
}

/* vtimestamp was used: a program of our own at every context switch. */
static int
add_vtime(dt_module_t *m)
{
	static const dt_provider_t vtime = {.name = "vtime", .attach = vtime_attach};
	dt_site_t site = {.key = "vtime",
			  .prog_type = BPF_PROG_TYPE_TRACING,
			  .attach_type = BPF_TRACE_RAW_TP,
			  .btf_name = "sched_switch"};
	for (int i = 0; i < m->maps.n; i++)
		if (m->maps.p[i].kind == DT_MAP_VTIME) {
			new_unit(m, &vtime, &site);
			return make_code(m, m->units.n - 1);
		}
	return 0;
}

dt_module_t *
dt_module_build(dtrace_hdl_t *dtp, dt_clause_t *const *clauses, int n)
{
	dt_module_t *m = module_new(dtp);
	int rc = 0;
	for (int i = 0; i < n; i++) {
		*dt_vec_push(&m->clauses) = clauses[i];
		*dt_vec_push(&m->top) = clauses[i];
	}
	rc = make_units(m);
	if (rc == 0)
		layout_module(m);
	for (int i = 0; i < m->units.n && rc == 0; i++) {
		dt_progress(m->dtp, "compiling programs", (uint64_t)i + 1, (uint64_t)m->units.n);
		rc = make_code(m, i);
	}
	if (rc == 0)
		rc = add_vtime(m);
	if (rc < 0) {
		dt_module_free(m);
		return NULL;
	}
	if (!m->ro.n)
		*dt_vec_push(&m->ro) = 0;
	m->maps.p[m->rodata].value_size = (uint32_t)m->ro.n;
	m->maps.p[m->rodata].init = m->ro.p;
	return m;
}

static void
list_probes(const dt_unit_t *u, const char *before, FILE *fp)
{
	const dt_probe_t *p = u->as ? u->as : u->nprobes ? u->probes[0] : NULL;
	fprintf(fp, "%s%s:%s:%s:%s", before, p ? p->prv : "dtrace", p ? p->mod : "", p ? p->fun : "",
		p ? p->nam : "vtime");
	if (u->nprobes > 1 && !u->as)
		fprintf(fp, " and %d more probes", u->nprobes - 1);
}

/* The code of one program alone, as -S shows it. */
int
dt_module_list(dtrace_hdl_t *dtp, dtrace_prog_t *prog, FILE *fp)
{
	DT_VEC(dt_clause_t *) list = {0};
	for (dt_clause_t *c = prog->clauses; c; c = c->next)
		*dt_vec_push(&list) = c;
	dt_module_t *m = dt_module_build(dtp, list.p, list.n);
	dt_vec_free(&list);
	if (!m)
		return -1;
	for (int i = 0; i < m->units.n; i++) {
		const dt_unit_t *u = m->units.p[i];
		for (const dt_unit_t *v = u; v; v = v->then)
			list_probes(v, v == u ? "\nProgram for " : ", then ", fp);
		fputs("\n", fp);
		bpf_image_dump(&u->image, fp);
	}
	dt_module_free(m);
	return 0;
}
