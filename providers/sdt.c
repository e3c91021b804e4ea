/*
 * sdt.c - the sdt provider: every tracepoint of the kernel and its modules, sdt:GROUP::NAME, with the arguments
 * the kernel's source gives it; and rawtp, which is another name for it.
 *
 * Some probes of other systems' sdt that scripts name are here too, beside the tracepoint that tells the same.
 */
#include <string.h>

#include "tracepoint.h"

enum {
	P_TRACEPOINT, /* priv[]: dt_tracepoint_t * */
	P_ALIAS,      /* alias_t *, or 0 */
	NALIASARGS = 3
};

typedef struct alias {
	const char *name, *tracepoint;
	const char *arg[NALIASARGS]; /* as the tracepoint calls them; "" = 0: Linux does not tell; NULL ends */
} alias_t;

static const alias_t aliases[] = {
    {"interrupt-start", "irq_handler_entry", {"action", "irq"}},
    {"interrupt-complete", "irq_handler_exit", {"action", "irq", "ret"}},
    /* arg1 tells which piece of work it is in all three. */
    {"taskq-enqueue", "workqueue_queue_work", {"pwq", "work"}},
    {"taskq-exec-start", "workqueue_execute_start", {"", "work"}},
    {"taskq-exec-end", "workqueue_execute_end", {"", "work"}},
    {"callout-start", "timer_expire_entry", {"timer"}},
    {"callout-end", "timer_expire_exit", {"timer"}},
    {"scsi-transport-dispatch", "scsi_dispatch_cmd_start", {"cmd"}},
};
enum {
	NALIASES = sizeof(aliases) / sizeof(aliases[0])
};

static const dt_tracepoint_t *
tracepoint_of(const dt_probe_t *p)
{
	return (const dt_tracepoint_t *)(uintptr_t)p->priv[P_TRACEPOINT];
}

static const alias_t *
alias_of(const dt_probe_t *p)
{
	return (const alias_t *)(uintptr_t)p->priv[P_ALIAS];
}

static void
insert(dtrace_hdl_t *dtp, const dt_provider_t *pv, const dt_tracepoint_t *tp, const alias_t *a)
{
	dt_probe_t *p = dt_probe_insert(dtp, pv, pv->name, tp->group, "", a ? a->name : tp->name);
	p->priv[P_TRACEPOINT] = (uintptr_t)tp;
	p->priv[P_ALIAS] = (uintptr_t)a;
}

static int
provide(dtrace_hdl_t *dtp, const dt_provider_t *pv, const dtrace_probedesc_t *pd)
{
	(void)pd;
	int n;
	const dt_tracepoint_t *tp = dt_tracepoints(dtp, &n);
	if (!tp)
		return -1;
	if (!dt_probes_static(dtp)) /* all have been made: carriers ask for one after another */
		return 0;
	for (int i = 0; i < n; i++) {
		insert(dtp, pv, &tp[i], NULL);
		for (int a = 0; a < NALIASES; a++)
			if (!strcmp(aliases[a].tracepoint, tp[i].name))
				insert(dtp, pv, &tp[i], &aliases[a]);
	}
	return 0;
}

/* Only for who names it: a glob over all providers must not meet everything twice. */
static int
provide_rawtp(dtrace_hdl_t *dtp, const dt_provider_t *pv, const dtrace_probedesc_t *pd)
{
	int n;
	if (strcmp(pd->dtpd_provider, pv->name) != 0)
		return 0;
	const dt_tracepoint_t *tp = dt_tracepoints(dtp, &n);
	if (!tp)
		return -1;
	for (int i = 0; i < n; i++)
		insert(dtp, pv, &tp[i], NULL);
	return 0;
}

static int
args(dtrace_hdl_t *dtp, const dt_probe_t *p, dt_argtype_t *argv, int max)
{
	const alias_t *a = alias_of(p);
	dt_argtype_t all[DT_NARGS];
	if (!a)
		return dt_tracepoint_args(dtp, tracepoint_of(p), argv, max);
	dt_tracepoint_args(dtp, tracepoint_of(p), all, DT_NARGS);
	int n = 0;
	for (; n < NALIASARGS && n < max && a->arg[n]; n++) {
		int from = dt_tracepoint_param(dtp, tracepoint_of(p), a->arg[n]);
		argv[n] = from >= 0 ? all[from] : (dt_argtype_t){.type = "void *"};
		argv[n].mapping = n;
	}
	return n;
}

static int
site(dtrace_hdl_t *dtp, const dt_probe_t *p, dt_site_t *s)
{
	const dt_tracepoint_t *tp = tracepoint_of(p);
	const alias_t *a = alias_of(p);
	dt_tracepoint_site(p, tp, s);
	for (int i = 0; a && i < DT_NARGS; i++) {
		int from = i < NALIASARGS && a->arg[i] ? dt_tracepoint_param(dtp, tp, a->arg[i]) : -1;
		s->arg[i] = from >= 0 ? dt_tracepoint_arg(tp, from) : (dt_argsrc_t){.kind = DT_ARG_NONE};
	}
	return 0;
}

/* A tracepoint's name is a word of C; entry and return would be odd ones. */
static const char *const names[] = {"interrupt-*", "taskq-*", "callout-*", "scsi-*", "!*-*",
				    "![A-Z]*",     "!entry",  "!return",   "*",      NULL};

const dt_provider_t dt_provider_sdt = {
    .name = "sdt",
    .attr = {DT_ATTR(EVOLVING, ISA), DT_ATTR(PRIVATE, UNKNOWN), DT_ATTR(PRIVATE, UNKNOWN),
	     DT_ATTR(PRIVATE, ISA), DT_ATTR(PRIVATE, ISA)},
    .names = names,
    .provide = provide,
    .args = args,
    .site = site,
    .attach = dt_tracepoint_attach,
};

const dt_provider_t dt_provider_rawtp = {
    .name = "rawtp",
    .attr = {DT_ATTR(EVOLVING, ISA), DT_ATTR(PRIVATE, UNKNOWN), DT_ATTR(PRIVATE, UNKNOWN),
	     DT_ATTR(PRIVATE, ISA), DT_ATTR(PRIVATE, ISA)},
    .names = names,
    .provide = provide_rawtp,
    .args = args,
    .site = site,
    .attach = dt_tracepoint_attach,
};
