/* providers.c - the providers there are: a line each.  Their order decides the ids of static probes. */
#include "provider.h"

/* Cheap ones first: who names one of them does not wait for the rest (session/probe.c).  Before a provider
 * stand those that carry its probes. */
#define PROVIDERS(_)                                                                                           \
	_(dtrace)                                                                                              \
	_(profile)                                                                                             \
	_(pid)                                                                                                 \
	_(usdt)                                                                                                \
	_(syscall)                                                                                             \
	_(cpc)                                                                                                 \
	_(sdt)                                                                                                 \
	_(rawtp)                                                                                               \
	_(proc)                                                                                                \
	_(sched)                                                                                               \
	_(io)                                                                                                  \
	_(ip)                                                                                                  \
	_(tcp)                                                                                                 \
	_(udp)                                                                                                 \
	_(mib)                                                                                                 \
	_(fpuinfo)                                                                                             \
	_(lockstat)                                                                                            \
	_(sysinfo)                                                                                             \
	_(vminfo)                                                                                              \
	_(fbt)                                                                                                 \
	_(rawfbt)

#define DECLARE(name) extern const dt_provider_t dt_provider_##name;
PROVIDERS(DECLARE)

#define ENTRY(name) &dt_provider_##name,
const dt_provider_t *const dt_providers[] = {PROVIDERS(ENTRY) NULL};
