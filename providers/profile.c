/*
 * profile.c - the profile provider: profile-N samples every CPU, tick-N fires once an interval.
 *
 * profile-N is a cpu-clock perf event on every CPU.  tick-N is run by the session's own
 * timer: a perf event on a CPU that sleeps may never fire, and ticks end scripts.
 */
#include <ctype.h>
#include <linux/bpf.h>
#include <string.h>
#include <strings.h>

#include "perfevent.h"

#define NSEC         1000000000ULL
#define MIN_INTERVAL 200000ULL /* 5000 hz */

enum {
	P_INTERVAL, /* priv[]: ns */
	P_TICK
};

static const struct {
	const char *name;
	uint64_t ns; /* 0: a rate */
} units[] = {
    {"", 0},
    {"hz", 0},
    {"ns", 1},
    {"nsec", 1},
    {"us", 1000},
    {"usec", 1000},
    {"ms", 1000000},
    {"msec", 1000000},
    {"s", NSEC},
    {"sec", NSEC},
    {"m", 60 * NSEC},
    {"min", 60 * NSEC},
    {"h", 3600 * NSEC},
    {"hour", 3600 * NSEC},
    {"d", 86400 * NSEC},
    {"day", 86400 * NSEC},
};

/* Interval in ns of "997", "10ms", "1min"; 0 when there is no such probe. */
static uint64_t
interval(const char *text)
{
	uint64_t n = 0, ns = 0;
	if (!isdigit((unsigned char)*text))
		return 0;
	for (; isdigit((unsigned char)*text); text++)
		if (__builtin_mul_overflow(n, 10, &n) || __builtin_add_overflow(n, (uint64_t)(*text - '0'), &n))
			return 0;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (strcasecmp(text, units[i].name) != 0)
			continue;
		if (!units[i].ns)
			ns = n ? NSEC / n : 0;
		else if (__builtin_mul_overflow(n, units[i].ns, &ns) || ns > INT64_MAX)
			return 0;
		return ns >= MIN_INTERVAL ? ns : 0;
	}
	return 0;
}

static void
insert(dtrace_hdl_t *dtp, const dt_provider_t *pv, const char *name)
{
	bool tick = !strncmp(name, "tick-", 5);
	if (!tick && strncmp(name, "profile-", 8) != 0)
		return;
	uint64_t ns = interval(name + (tick ? 5 : 8));
	if (!ns)
		return;
	dt_probe_t *p = dt_probe_insert(dtp, pv, "profile", "", "", name);
	p->priv[P_INTERVAL] = ns;
	p->priv[P_TICK] = tick;
}

static int
provide(dtrace_hdl_t *dtp, const dt_provider_t *pv, const dtrace_probedesc_t *pd)
{
	static const char *const listed[] = {
	    "profile-97",   "profile-199",  "profile-499", "profile-997", "profile-1999",
	    "profile-4001", "profile-4999", "tick-1",      "tick-10",     "tick-100",
	    "tick-500",     "tick-1000",    "tick-5000",   NULL};
	for (int i = 0; listed[i]; i++)
		insert(dtp, pv, listed[i]);
	if (*pd->dtpd_name && !dt_is_glob(pd->dtpd_name) && dt_glob(pd->dtpd_mod, "") &&
	    dt_glob(pd->dtpd_func, ""))
		insert(dtp, pv, pd->dtpd_name);
	return 0;
}

static int
site(dtrace_hdl_t *dtp, const dt_probe_t *p, dt_site_t *s)
{
	(void)dtp;
	dt_perf_site(p, s);
	s->period = p->priv[P_INTERVAL];
	if (p->priv[P_TICK]) {
		s->trigger = DT_TRIGGER_TICK;
		s->prog_type = BPF_PROG_TYPE_RAW_TRACEPOINT;
		s->arg[0].kind = s->arg[1].kind = DT_ARG_NONE;
	}
	return 0;
}

static int
attach(dtrace_hdl_t *dtp, dt_unit_t *u)
{
	const struct perf_event_attr attr = {
	    .type = PERF_TYPE_SOFTWARE,
	    .config = PERF_COUNT_SW_CPU_CLOCK,
	    .sample_period = dt_unit_site(u)->period,
	};
	return dt_perf_attach(dtp, u, &attr);
}

static const char *const names[] = {"profile-*", "tick-*", NULL};

const dt_provider_t dt_provider_profile = {
    .name = "profile",
    .attr = {DT_ATTR(EVOLVING, COMMON), DT_ATTR(UNSTABLE, UNKNOWN), DT_ATTR(PRIVATE, UNKNOWN),
	     DT_ATTR(EVOLVING, COMMON), DT_ATTR(EVOLVING, COMMON)},
    .names = names,
    .provide = provide,
    .site = site,
    .attach = attach,
};
