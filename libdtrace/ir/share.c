/*
 * share.c - units on the same tracepoint get one program: it runs their clauses one after the other, as their
 * own programs would, without what the kernel spends on calling each of them.
 */
#include <linux/bpf.h>
#include <string.h>

#include "gen.h"

/* A program that calls another for each element of a list stays alone. */
static bool
can_share(const dt_unit_t *u)
{
	return u->site.trigger == DT_TRIGGER_ATTACH && u->site.who == DT_WHO_ONE &&
	       u->site.prog_type == BPF_PROG_TYPE_TRACING && u->site.attach_type == BPF_TRACE_RAW_TP &&
	       u->nprobes == 1 && !(u->table && u->table->each.type);
}

static bool
same_text(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

static bool
same_tracepoint(const dt_unit_t *u, const dt_unit_t *v)
{
	return same_text(u->site.btf_name, v->site.btf_name) &&
	       same_text(u->site.btf_module, v->site.btf_module);
}

/* The first of the units 0..n-1 on the tracepoint of u. */
static dt_unit_t *
host_of(const dt_module_t *m, int n, const dt_unit_t *u)
{
	for (int i = 0; i < n && can_share(u); i++)
		if (can_share(m->units.p[i]) && same_tracepoint(m->units.p[i], u))
			return m->units.p[i];
	return NULL;
}

/* The units are in the order in which they run. */
void
share_programs(dt_module_t *m)
{
	int n = 0;
	for (int i = 0; i < m->units.n; i++) {
		dt_unit_t *u = m->units.p[i], *host = host_of(m, n, u);
		while (host && host->then)
			host = host->then;
		if (host)
			host->then = u;
		else
			m->units.p[n++] = u;
	}
	m->units.n = n;
}
