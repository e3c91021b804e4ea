/*
 * perfevent.h - probes that are perf events: one on every CPU, a program at each sample.  What profile and cpc
 * have in common.
 */
#ifndef DT_PERFEVENT_H
#define DT_PERFEVENT_H

#include <linux/perf_event.h>

#include "provider.h"

/* The site of a probe that samples: a program of its own, arg0 and arg1 the kernel's or the user's pc. */
void dt_perf_site(const dt_probe_t *, dt_site_t *);
/*
 * Attach the unit's program to that event (size is filled in) on every CPU, or the one option cpu names.  The
 * error says which CPU and why.
 */
int dt_perf_attach(dtrace_hdl_t *, dt_unit_t *, const struct perf_event_attr *);
/* Can CPUs here count that event?  0, or the errno why not. */
int dt_perf_try(const struct perf_event_attr *);

#endif
