/*
 * dtrace.c - the dtrace provider: BEGIN, END, ERROR.  No kernel event makes them fire: the session runs
 * BEGIN and END, and every program that can fault carries the ERROR clauses.
 */
#include <linux/bpf.h>
#include <string.h>

#include "provider.h"

static const char *const names[] = {"BEGIN", "END", "ERROR", NULL};

static int
provide(dtrace_hdl_t *dtp, const dt_provider_t *pv, const dtrace_probedesc_t *pd)
{
	(void)pd;
	/* In this order: their ids are 1, 2 and 3. */
	for (int i = 0; names[i]; i++)
		dt_probe_insert(dtp, pv, "dtrace", "", "", names[i])->priv[0] = (uint64_t)i;
	return 0;
}

static int
site(dtrace_hdl_t *dtp, const dt_probe_t *p, dt_site_t *s)
{
	static const dt_trigger_t triggers[] = {DT_TRIGGER_BEGIN, DT_TRIGGER_END, DT_TRIGGER_ERROR};
	(void)dtp;
	memset(s, 0, sizeof(*s));
	snprintf(s->key, sizeof(s->key), "dtrace/%s", p->nam);
	s->trigger = triggers[p->priv[0]];
	s->prog_type = BPF_PROG_TYPE_RAW_TRACEPOINT;
	s->who = DT_WHO_ONE;
	if (s->trigger == DT_TRIGGER_ERROR)
		for (int i = 1; i <= 5; i++)
			s->arg[i] = (dt_argsrc_t){.kind = DT_ARG_FAULT, .n = i};
	return 0;
}

const dt_provider_t dt_provider_dtrace = {
    .name = "dtrace",
    .attr = {DT_ATTR(STABLE, COMMON), DT_ATTR(PRIVATE, UNKNOWN), DT_ATTR(PRIVATE, UNKNOWN),
	     DT_ATTR(STABLE, COMMON), DT_ATTR(STABLE, COMMON)},
    .names = names,
    .provide = provide,
    .site = site,
};
