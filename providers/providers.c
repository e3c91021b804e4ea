/* providers.c - the providers there are.  Their order decides the ids of static probes. */
#include "provider.h"

extern const dt_provider_t dt_provider_dtrace, dt_provider_profile, dt_provider_syscall, dt_provider_sdt,
    dt_provider_rawtp, dt_provider_cpc, dt_provider_proc, dt_provider_sched;

/* Cheap ones first: who names one of them does not wait for the rest (session/probe.c). */
const dt_provider_t *const dt_providers[] = {&dt_provider_dtrace,
					     &dt_provider_profile,
					     &dt_provider_cpc,
					     &dt_provider_syscall,
					     &dt_provider_sdt,
					     &dt_provider_rawtp,
					     &dt_provider_proc,
					     &dt_provider_sched,
					     NULL};
