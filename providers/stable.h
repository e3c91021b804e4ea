/*
 * stable.h - providers whose probes others carry (dt_carried_t, dt_carrier_t): what is the same for all of
 * them.  Such a provider is a file with its two tables (proc.c).
 */
#ifndef DT_STABLE_H
#define DT_STABLE_H

#include "provider.h"

/* Lists the probes of pv->carried that a carrier which is there carries. */
int dt_stable_provide(dtrace_hdl_t *, const dt_provider_t *pv, const dtrace_probedesc_t *);
int dt_stable_args(dtrace_hdl_t *, const dt_probe_t *, dt_argtype_t *argv, int max);

/* Does carrier i of pv count for that probe on this kernel, in a program that needs the thread's own context or
 * does not? */
bool dt_carrier_counts(dtrace_hdl_t *, const dt_provider_t *pv, int i, const dt_probe_t *, bool own_context);
/* Its clause, for dt_compile_carrier(): the last statements are the *nargs arguments, then as far as it has
 * them thread and leaving, the first element and the next.  malloc'ed; NULL when no probe that is there carries
 * it. */
char *dt_carrier_text(dtrace_hdl_t *, const dt_carrier_t *, int *nargs);

/* Attributes (providers.md part 1): module and function are private; class and stability of the arguments vary.
 */
#define DT_STABLE_ATTRS(data_class, args)                                                                      \
	{                                                                                                      \
		DT_ATTR(EVOLVING, data_class), DT_ATTR(PRIVATE, UNKNOWN), DT_ATTR(PRIVATE, UNKNOWN),           \
		    DT_ATTR(EVOLVING, data_class), DT_ATTR(args, data_class),                                  \
	}
#define DT_STABLE_ATTR(data_class) DT_STABLE_ATTRS(data_class, EVOLVING)
#define DT_STATISTIC_ATTR          DT_STABLE_ATTRS(ISA, PRIVATE)

#endif
