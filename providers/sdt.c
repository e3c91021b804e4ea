/*
 * sdt.c - the sdt provider: every tracepoint of the kernel and its modules, sdt:GROUP::NAME.
 */
#include <string.h>

#include "tracepoint.h"

#define EVOLVING                                                                                               \
	{                                                                                                      \
		DTRACE_STABILITY_EVOLVING, DTRACE_STABILITY_EVOLVING, DTRACE_CLASS_ISA                         \
	}
#define PRIVATE                                                                                                \
	{                                                                                                      \
		DTRACE_STABILITY_PRIVATE, DTRACE_STABILITY_PRIVATE, DTRACE_CLASS_UNKNOWN                       \
	}
#define PRIVATE_ISA                                                                                            \
	{                                                                                                      \
		DTRACE_STABILITY_PRIVATE, DTRACE_STABILITY_PRIVATE, DTRACE_CLASS_ISA                           \
	}

static const dt_tracepoint_t *
tracepoint_of(const dt_probe_t *p)
{
	return (const dt_tracepoint_t *)(uintptr_t)p->priv[0];
}

static int
provide(dtrace_hdl_t *dtp, const dt_provider_t *pv, const dtrace_probedesc_t *pd)
{
	(void)pd;
	int n;
	const dt_tracepoint_t *tp = dt_tracepoints(dtp, &n);
	if (!tp)
		return -1;
	for (int i = 0; i < n; i++)
		dt_probe_insert(dtp, pv, "sdt", tp[i].group, "", tp[i].name)->priv[0] = (uintptr_t)&tp[i];
	return 0;
}

static int
args(dtrace_hdl_t *dtp, const dt_probe_t *p, dt_argtype_t *argv, int max)
{
	return dt_tracepoint_args(dtp, tracepoint_of(p), argv, max);
}

static int
site(dtrace_hdl_t *dtp, const dt_probe_t *p, dt_site_t *s)
{
	(void)dtp;
	dt_tracepoint_site(p, tracepoint_of(p), s);
	return 0;
}

/* What C can call a thing; and these two would be odd ones. */
static const char *const names[] = {"!*-*", "![A-Z]*", "!entry", "!return", "*", NULL};

const dt_provider_t dt_provider_sdt = {
    .name = "sdt",
    .attr = {EVOLVING, PRIVATE, PRIVATE, PRIVATE_ISA, PRIVATE_ISA},
    .names = names,
    .provide = provide,
    .args = args,
    .site = site,
    .attach = dt_tracepoint_attach,
};
