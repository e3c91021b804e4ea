/*
 * cpc.c - the cpc provider: EVENT-MODE-COUNT fires each time a CPU has counted COUNT more of an event.
 *
 * Events are those of perf: the kernel's generic ones (cpu_cycles), the names PAPI has for them, what the
 * kernel itself counts (page_faults), and the processor's own, by the kernel's name for it or as rHEX, with a
 * mask (EVENT-MODE-0xMASK-COUNT).  Listed is what this machine can count.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "perfevent.h"
#include "pmu.h"

#define CPUDIR "/sys/bus/event_source/devices/cpu"

enum {
	NAMELEN = 64,
	LISTED = 1000000000, /* COUNT of the probes that are listed */
	/* The smallest COUNT of what happens all the time: a sample each is all a CPU would do.  Clocks count
	 * ns and sample at most at profile's rate. */
	MIN_HARDWARE = 5000,
	MIN_CLOCK = 200000
};

/* min: the smallest COUNT. */
typedef struct event {
	char name[NAMELEN];
	uint32_t type;
	uint64_t config, min;
} event_t;

#define HW(c) PERF_TYPE_HARDWARE, PERF_COUNT_HW_##c, MIN_HARDWARE
#define SW(c) PERF_TYPE_SOFTWARE, PERF_COUNT_SW_##c

static const event_t events[] = {
    {"cpu_cycles", HW(CPU_CYCLES)},
    {"instructions", HW(INSTRUCTIONS)},
    {"cache_references", HW(CACHE_REFERENCES)},
    {"cache_misses", HW(CACHE_MISSES)},
    {"branch_instructions", HW(BRANCH_INSTRUCTIONS)},
    {"branch_misses", HW(BRANCH_MISSES)},
    {"bus_cycles", HW(BUS_CYCLES)},
    {"stalled_cycles_frontend", HW(STALLED_CYCLES_FRONTEND)},
    {"stalled_cycles_backend", HW(STALLED_CYCLES_BACKEND)},
    {"ref_cycles", HW(REF_CPU_CYCLES)},
    {"cpu_clock", SW(CPU_CLOCK), MIN_CLOCK},
    {"task_clock", SW(TASK_CLOCK), MIN_CLOCK},
    {"page_faults", SW(PAGE_FAULTS), 1},
    {"minor_faults", SW(PAGE_FAULTS_MIN), 1},
    {"major_faults", SW(PAGE_FAULTS_MAJ), 1},
    {"context_switches", SW(CONTEXT_SWITCHES), 1},
    {"cpu_migrations", SW(CPU_MIGRATIONS), 1},
    {"alignment_faults", SW(ALIGNMENT_FAULTS), 1},
    {"emulation_faults", SW(EMULATION_FAULTS), 1},
    {"cgroup_switches", SW(CGROUP_SWITCHES), 1},
};

/* PERF_COUNT_HW_CACHE_*, in their order. */
static const char *const caches[] = {"l1_dcache", "l1_icache", "llc", "dtlb", "itlb", "branch", "node"};
static const char *const ops[][2] = {
    {"loads", "load_misses"}, {"stores", "store_misses"}, {"prefetches", "prefetch_misses"}};

static const struct {
	const char *name, *same;
} others[] = {
    {"cycles", "cpu_cycles"},
    {"branches", "branch_instructions"},
    {"faults", "page_faults"},
    {"cs", "context_switches"},
    {"migrations", "cpu_migrations"},
    {"papi_tot_cyc", "cpu_cycles"},
    {"papi_tot_ins", "instructions"},
    {"papi_br_ins", "branch_instructions"},
    {"papi_br_msp", "branch_misses"},
    {"papi_l1_dcm", "l1_dcache_load_misses"},
    {"papi_l1_icm", "l1_icache_load_misses"},
    {"papi_l3_tcm", "cache_misses"},
    {"papi_tlb_dm", "dtlb_load_misses"},
    {"papi_tlb_im", "itlb_load_misses"},
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum {
	NCACHED = COUNT(caches) * COUNT(ops) * 2
};

/* The i-th generic event; false past the last. */
static bool
generic(size_t i, event_t *e)
{
	if (i < COUNT(events)) {
		*e = events[i];
		return true;
	}
	i -= COUNT(events);
	if (i >= NCACHED)
		return false;
	size_t cache = i / 6, op = i % 6 / 2, miss = i % 2;
	*e = (event_t){.type = PERF_TYPE_HW_CACHE, .config = cache | op << 8 | miss << 16, .min = MIN_HARDWARE};
	snprintf(e->name, sizeof(e->name), "%s_%s", caches[cache], ops[op][miss]);
	return true;
}

/* Letter case, '-' and '_' do not tell events apart: perf says L1-dcache-loads. */
static bool
same_name(const char *a, const char *b)
{
	for (; *a && *b; a++, b++)
		if (tolower((unsigned char)*a) != *b && !(*a == '-' && *b == '_'))
			return false;
	return !*a && !*b;
}

static bool
find_event(const char *name, int64_t mask, event_t *e)
{
	char *end;
	if (mask < 0) {
		for (size_t i = 0; i < COUNT(others); i++)
			if (same_name(name, others[i].name))
				name = others[i].same;
		for (size_t i = 0; generic(i, e); i++)
			if (same_name(name, e->name))
				return true;
	}
	*e = (event_t){.type = PERF_TYPE_RAW, .min = MIN_HARDWARE};
	snprintf(e->name, sizeof(e->name), "%s", name);
	if (*name == 'r' && isxdigit((unsigned char)name[1])) {
		e->config = strtoull(name + 1, &end, 16);
		if (!*end && mask > 0)
			e->config |= (uint64_t)mask << 8; /* x86: where its unit mask is */
		if (!*end)
			return true;
	}
	return dt_pmu_event(CPUDIR, name, mask, &e->config);
}

/* ---------------------------------------------------------------- the names */

typedef struct spec {
	char event[DTRACE_NAMELEN];
	char mode; /* the first letter of user, kernel, all */
	int64_t mask;
	uint64_t count;
} spec_t;

/* Cut the last word off; NULL when there is none. */
static char *
cut_word(char *text)
{
	char *dash = strrchr(text, '-');
	if (dash)
		*dash++ = '\0';
	return dash;
}

/* EVENT-MODE-COUNT or EVENT-MODE-0xMASK-COUNT. */
static bool
parse(const char *name, spec_t *s)
{
	char *word, *end;
	snprintf(s->event, sizeof(s->event), "%s", name);
	s->mask = -1;
	if (!(word = cut_word(s->event)) || !isdigit((unsigned char)*word))
		return false;
	errno = 0;
	s->count = strtoull(word, &end, 10);
	if (*end || errno || s->count > INT64_MAX || !(word = cut_word(s->event)))
		return false;
	if (!strncmp(word, "0x", 2)) {
		s->mask = (int64_t)strtoull(word, &end, 16);
		if (*end || s->mask < 0 || !(word = cut_word(s->event)))
			return false;
	}
	s->mode = *word;
	return *s->event && (!strcmp(word, "user") || !strcmp(word, "kernel") || !strcmp(word, "all"));
}

static struct perf_event_attr
attr_of(const event_t *e, const spec_t *s)
{
	return (struct perf_event_attr){
	    .type = e->type,
	    .config = e->config,
	    .sample_period = s->count,
	    .exclude_user = s->mode == 'k',
	    .exclude_kernel = s->mode == 'u',
	    .exclude_hv = s->mode == 'u',
	};
}

static void
insert(dtrace_hdl_t *dtp, const dt_provider_t *pv, const char *name, struct perf_event_attr attr)
{
	dt_probe_t *p = dt_probe_insert(dtp, pv, "cpc", "", "", name);
	struct perf_event_attr *a = dt_arena_alloc(dtp->arena, sizeof(*a));
	*a = attr;
	p->priv[0] = (uintptr_t)a;
}

static void
insert_listed(dtrace_hdl_t *dtp, const dt_provider_t *pv)
{
	const spec_t all = {.mode = 'a', .mask = -1, .count = LISTED};
	event_t e;
	for (size_t i = 0; generic(i, &e); i++) {
		struct perf_event_attr attr = attr_of(&e, &all);
		char name[DTRACE_NAMELEN];
		snprintf(name, sizeof(name), "%.40s-all-%d", e.name, LISTED);
		if (dt_perf_try(&attr) == 0)
			insert(dtp, pv, name, attr);
	}
}

static void
insert_named(dtrace_hdl_t *dtp, const dt_provider_t *pv, const char *name)
{
	spec_t s;
	event_t e;
	if (!parse(name, &s))
		return;
	bool known = find_event(s.event, s.mask, &e);
	struct perf_event_attr attr = known ? attr_of(&e, &s) : (struct perf_event_attr){0};
	int err = known ? dt_perf_try(&attr) : ENOENT;
	if (known && s.count < e.min)
		dt_probe_absent(dtp, "the smallest count for %s is %llu", s.event, (unsigned long long)e.min);
	else if (!err)
		insert(dtp, pv, name, attr);
	else if (err == EACCES || err == EPERM)
		dt_probe_absent(dtp, "counting %s needs root, or CAP_PERFMON", s.event);
	else if (access(CPUDIR, F_OK) != 0 && (!known || e.type != PERF_TYPE_SOFTWARE))
		dt_probe_absent(dtp, "this machine has no hardware counters (many virtual machines have none): "
				     "dtrace -lP cpc lists what its kernel counts");
	else
		dt_probe_absent(dtp, "this machine cannot count %s: dtrace -lP cpc lists what it can", s.event);
}

/* ------------------------------------------------------------- the provider */

static int
provide(dtrace_hdl_t *dtp, const dt_provider_t *pv, const dtrace_probedesc_t *pd)
{
	if (!*pd->dtpd_name && !*pd->dtpd_provider)
		insert_listed(dtp, pv);
	else if (*pd->dtpd_name && !dt_is_glob(pd->dtpd_name) && dt_glob(pd->dtpd_mod, "") &&
		 dt_glob(pd->dtpd_func, "") && !dt_probe_lookup(dtp, "cpc", "", "", pd->dtpd_name))
		insert_named(dtp, pv, pd->dtpd_name);
	return 0;
}

static int
site(dtrace_hdl_t *dtp, const dt_probe_t *p, dt_site_t *s)
{
	(void)dtp;
	dt_perf_site(p, s);
	return 0;
}

static int
attach(dtrace_hdl_t *dtp, dt_unit_t *u)
{
	const dt_probe_t *p = dt_unit_probe(u, 0);
	return dt_perf_attach(dtp, u, (const struct perf_event_attr *)(uintptr_t)p->priv[0]);
}

static const char *const names[] = {"*-user-*", "*-kernel-*", "*-all-*", NULL};

const dt_provider_t dt_provider_cpc = {
    .name = "cpc",
    .attr = {DT_ATTR(EVOLVING, COMMON), DT_ATTR(PRIVATE, UNKNOWN), DT_ATTR(PRIVATE, UNKNOWN),
	     DT_ATTR(EVOLVING, CPU), DT_ATTR(EVOLVING, COMMON)},
    .names = names,
    .provide = provide,
    .site = site,
    .attach = attach,
};
