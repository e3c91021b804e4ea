/*
 * drops.c - telling the consumer what was lost, and which clauses faulted.
 * The programs only count (struct dt_cpustate); the consumer compares with what it has
 * told before.  Texts: diagnostics.md 3.3 and 4.
 */
#include "../output/structured.h"
#include "impl.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef struct droptext {
	const char *tag;
	const char *text; /* after "N ", with the plural's s where %s stands, at most twice */
} droptext_t;

static const droptext_t droptexts[] = {
    [DTRACEDROP_PRINCIPAL] = {"DTRACEDROP_PRINCIPAL", "drop%s"},
    [DTRACEDROP_AGGREGATION] = {"DTRACEDROP_AGGREGATION", "aggregation drop%s"},
    [DTRACEDROP_DYNAMIC] = {"DTRACEDROP_DYNAMIC", "dynamic variable drop%s"},
    [DTRACEDROP_SPEC] = {"DTRACEDROP_SPEC", "speculative drop%s"},
    [DTRACEDROP_SPECBUSY] = {"DTRACEDROP_SPECBUSY", "failed speculation%s (available buffer%s still busy)"},
    [DTRACEDROP_SPECUNAVAIL] = {"DTRACEDROP_SPECUNAVAIL",
				"failed speculation%s (no speculative buffer available)"},
    [DTRACEDROP_DBLERROR] = {"DTRACEDROP_DBLERROR", "error%s in ERROR probe enabling"},
};

/* Tell of n more drops; cpu DTRACE_CPUALL: the text names no CPU.  note: more words at the end, or "". */
static int
report(dtrace_hdl_t *dtp, int cpu, dtrace_dropkind_t kind, uint64_t n, uint64_t total, const char *note)
{
	if (n == 0)
		return 0;
	if (!dtp->handlers.drop && !dtp->structured)
		return dt_set_errno(dtp, EDT_DROPABORT);
	const droptext_t *t = &droptexts[kind];
	const char *s = n > 1 ? "s" : "";
	char what[96], where[32] = "", tag[48] = "", line[256];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-extra-args"
	snprintf(what, sizeof(what), t->text, s, s);
#pragma GCC diagnostic pop
	if (cpu != DTRACE_CPUALL)
		snprintf(where, sizeof(where), " on CPU %d", cpu);
	if (dtp->droptags)
		snprintf(tag, sizeof(tag), "[%s] ", t->tag);
	snprintf(line, sizeof(line), "%s%llu %s%s%s\n", tag, (unsigned long long)n, what, where, note);
	const dtrace_dropdata_t data = {
	    .dtdda_handle = dtp,
	    .dtdda_cpu = cpu,
	    .dtdda_kind = kind,
	    .dtdda_drops = n,
	    .dtdda_total = total,
	    .dtdda_msg = line,
	};
	if (dtp->structured)
		dt_struct_drop(dtp, &data);
	if (dtp->handlers.drop && dtp->handlers.drop(&data, dtp->handlers.droparg) == DTRACE_HANDLE_ABORT)
		return dt_set_errno(dtp, EDT_DROPABORT);
	return 0;
}

/* The increase of a counter since the last call, added to its total. */
static uint64_t
take(const dt_u64 *counter, dt_u64 *seen, dt_u64 *total)
{
	uint64_t now = __atomic_load_n(counter, __ATOMIC_RELAXED), n = now - *seen;
	*seen = now;
	*total += n;
	return n;
}

int
dt_drops_principal(dtrace_hdl_t *dtp, int cpu)
{
	dt_session_t *s = dtp->session;
	const struct dt_cpustate *c = &s->state->cpu[cpu];
	struct dt_cpustate *seen = &s->seen[cpu];
	uint64_t n = take(&c->drops, &seen->drops, &s->total.drops);
	/* A firing that found no scratch slot lost its record like one that found no buffer space. */
	n += take(&c->busydrops, &seen->busydrops, &s->total.drops);
	return report(dtp, cpu, DTRACEDROP_PRINCIPAL, n, s->total.drops, "");
}

int
dt_drops_aggregation(dtrace_hdl_t *dtp)
{
	dt_session_t *s = dtp->session;
	for (int i = 0; i < s->ncpus; i++) {
		uint64_t n = take(&s->state->cpu[i].aggdrops, &s->seen[i].aggdrops, &s->total.aggdrops);
		if (report(dtp, i, DTRACEDROP_AGGREGATION, n, s->total.aggdrops, "") != 0)
			return -1;
	}
	return 0;
}

int
dt_drops_check(dtrace_hdl_t *dtp, bool final)
{
	dt_session_t *s = dtp->session;
	uint64_t dyn = 0, dbl = 0, spec = 0, busy = 0, none = 0;
	struct dt_cpustate *total = &s->total;
	for (int i = 0; i < s->ncpus; i++) {
		dyn += take(&s->state->cpu[i].dyndrops, &s->seen[i].dyndrops, &s->total.dyndrops);
		dbl += take(&s->state->cpu[i].dblerrors, &s->seen[i].dblerrors, &s->total.dblerrors);
		spec += take(&s->state->cpu[i].specdrops, &s->seen[i].specdrops, &total->specdrops);
		busy += take(&s->state->cpu[i].specbusy, &s->seen[i].specbusy, &total->specbusy);
		none += take(&s->state->cpu[i].specnone, &s->seen[i].specnone, &total->specnone);
	}
	/* The kernel skips a probe that fires inside the very program that serves it, and does not say where.
	 * What it skipped may have been false predicates: these are firings lost, not known records. */
	uint64_t all = (final ? s->misses_end : dt_units_misses(s->mod)) - s->misses_base;
	uint64_t missed = all > s->misses_seen ? all - s->misses_seen : 0;
	s->misses_seen += missed;
	if (report(dtp, DTRACE_CPUALL, DTRACEDROP_PRINCIPAL, missed, s->misses_seen,
		   " of probes that fired inside their own program") != 0 ||
	    report(dtp, DTRACE_CPUALL, DTRACEDROP_DYNAMIC, dyn, s->total.dyndrops, "") != 0 ||
	    report(dtp, DTRACE_CPUALL, DTRACEDROP_SPEC, spec, total->specdrops, "") != 0 ||
	    report(dtp, DTRACE_CPUALL, DTRACEDROP_SPECBUSY, busy, total->specbusy, "") != 0 ||
	    report(dtp, DTRACE_CPUALL, DTRACEDROP_SPECUNAVAIL, none, total->specnone, "") != 0)
		return -1;
	return report(dtp, DTRACE_CPUALL, DTRACEDROP_DBLERROR, dbl, s->total.dblerrors, "");
}

/* The clause and the probe of a fault, as all its messages begin. */
static int
head(dtrace_hdl_t *dtp, dtrace_epid_t epid, dtrace_id_t probe, char *buf, size_t len)
{
	const dt_probe_t *p = dt_probe_byid(dtp, probe);
	return snprintf(buf, len, "error on enabled probe ID %u (ID %u: %s:%s:%s:%s): ", epid, probe,
			p ? p->prv : "", p ? p->mod : "", p ? p->fun : "", p ? p->nam : "");
}

static int
hand_out(dtrace_hdl_t *dtp, const dtrace_errdata_t *data)
{
	if (!dtp->handlers.err || dtp->handlers.err(data, dtp->handlers.errarg) == DTRACE_HANDLE_ABORT)
		return dt_set_errno(dtp, EDT_ERRABORT);
	return 0;
}

static void
fill_pdesc(const dt_probe_t *p, dtrace_probedesc_t *pd)
{
	memset(pd, 0, sizeof(*pd));
	if (!p)
		return;
	pd->dtpd_id = p->id;
	snprintf(pd->dtpd_provider, sizeof(pd->dtpd_provider), "%s", p->prv);
	snprintf(pd->dtpd_mod, sizeof(pd->dtpd_mod), "%s", p->mod);
	snprintf(pd->dtpd_func, sizeof(pd->dtpd_func), "%s", p->fun);
	snprintf(pd->dtpd_name, sizeof(pd->dtpd_name), "%s", p->nam);
}

int
dt_fault_report(dtrace_hdl_t *dtp, int cpu, uint32_t probe, const struct dt_recerror *e)
{
	const dt_module_t *mod = dtp->session->mod;
	const dt_clause_t *clause = e->clause < (uint32_t)mod->clauses.n ? mod->clauses.p[e->clause] : NULL;
	dtrace_eprobedesc_t ed = {
	    .dtepd_epid = clause ? dt_clause_epid(clause, probe) : 0,
	    .dtepd_probeid = probe,
	};
	dtrace_probedesc_t pd;
	fill_pdesc(dt_probe_byid(dtp, probe), &pd);

	char line[1024], where[32], addr[32] = "", offset[48] = "";
	bool has_addr =
	    e->fault == DTRACEFLT_BADADDR || e->fault == DTRACEFLT_BADALIGN || e->fault == DTRACEFLT_BADSTACK;
	if (has_addr)
		snprintf(addr, sizeof(addr), " (0x%llx)", (unsigned long long)e->value);
	if (e->action)
		snprintf(where, sizeof(where), "action #%u", e->action);
	else
		snprintf(where, sizeof(where), "predicate");
	if (e->offset != UINT32_MAX)
		snprintf(offset, sizeof(offset), " at DIF offset %u", e->offset);
	int n = head(dtp, ed.dtepd_epid, probe, line, sizeof(line));
	if (n >= 0 && (size_t)n < sizeof(line))
		snprintf(line + n, sizeof(line) - (size_t)n, "%s%s in %s%s\n",
			 dtrace_faultstr(dtp, (int)e->fault), addr, where, offset);
	const dtrace_errdata_t data = {
	    .dteda_handle = dtp,
	    .dteda_edesc = &ed,
	    .dteda_pdesc = &pd,
	    .dteda_cpu = cpu,
	    .dteda_action = (int)e->action,
	    .dteda_offset = (int)e->offset,
	    .dteda_fault = (int)e->fault,
	    .dteda_addr = e->value,
	    .dteda_msg = line,
	};
	return hand_out(dtp, &data);
}

int
dt_fault_library(dtrace_hdl_t *dtp, const dtrace_probedata_t *pd, const char *fmt, ...)
{
	char line[1024];
	int n = head(dtp, pd->dtpda_edesc->dtepd_epid, pd->dtpda_edesc->dtepd_probeid, line, sizeof(line));
	if (n < 0 || (size_t)n >= sizeof(line) - 1)
		n = 0;
	va_list ap;
	va_start(ap, fmt);
	int m = vsnprintf(line + n, sizeof(line) - (size_t)n - 1, fmt, ap);
	va_end(ap);
	size_t len = strnlen(line, sizeof(line) - 2);
	if (m >= 0) {
		line[len] = '\n';
		line[len + 1] = '\0';
	}
	const dtrace_errdata_t data = {
	    .dteda_handle = dtp,
	    .dteda_edesc = pd->dtpda_edesc,
	    .dteda_pdesc = pd->dtpda_pdesc,
	    .dteda_cpu = pd->dtpda_cpu,
	    .dteda_offset = -1,
	    .dteda_fault = DTRACEFLT_LIBRARY,
	    .dteda_msg = line,
	};
	return hand_out(dtp, &data);
}
