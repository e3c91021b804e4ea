/* perfevent.c - see perfevent.h. */
#include "perfevent.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <linux/bpf.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

void
dt_perf_site(const dt_probe_t *p, dt_site_t *s)
{
	memset(s, 0, sizeof(*s));
	/* Two names of one rate are two probes: the name is the key. */
	snprintf(s->key, sizeof(s->key), "%s/%s", p->prv, p->nam);
	s->who = DT_WHO_ONE;
	s->trigger = DT_TRIGGER_ATTACH;
	s->prog_type = BPF_PROG_TYPE_PERF_EVENT;
	s->arg[0].kind = DT_ARG_KPC;
	s->arg[1].kind = DT_ARG_UPC;
}

static int
cannot(dtrace_hdl_t *dtp, const dt_unit_t *u, int cpu, int err)
{
	const char *why = err == EACCES || err == EPERM    ? " (root is needed, or CAP_PERFMON)"
			  : err == ENOENT || err == ENOSYS ? " (this kernel has no perf events)"
			  : err == EMFILE                  ? " (too many open files: raise ulimit -n)"
			  : err == ENOSPC ? " (all hardware counters are in use: count fewer events at once)"
			  : err == EBUSY  ? " (somebody else has the hardware counters)"
					  : "";
	return dt_set_error(dtp, EDT_ENABLING_ERR, "cannot sample CPU %d for %s: %s%s", cpu,
			    dt_unit_probe(u, 0)->nam, strerror(err), why);
}

/* On that CPU; -1 with errno. */
static int
open_event(const struct perf_event_attr *attr, int cpu)
{
	struct perf_event_attr a = *attr;
	a.size = sizeof(a);
	return (int)syscall(SYS_perf_event_open, &a, -1, cpu, -1, PERF_FLAG_FD_CLOEXEC);
}

/* One event; false with errno set. */
static bool
attach_cpu(dt_unit_t *u, const struct perf_event_attr *attr, int cpu)
{
	int event = open_event(attr, cpu);
	if (event < 0)
		return false;
	int link = bpf_link_create(dt_unit_prog_fd(u), event, BPF_PERF_EVENT, NULL);
	int err = errno;
	close(event); /* the link holds it */
	errno = err;
	if (link >= 0)
		dt_unit_add_link(u, link);
	return link >= 0;
}

int
dt_perf_attach(dtrace_hdl_t *dtp, dt_unit_t *u, const struct perf_event_attr *attr)
{
	dtrace_optval_t only = dtp->opt[DT_OPT_CPU];
	int ncpus = libbpf_num_possible_cpus(), attached = 0;
	if (ncpus < 0)
		return cannot(dtp, u, 0, -ncpus);
	for (int cpu = 0; cpu < ncpus; cpu++) {
		if (only != DTRACEOPT_UNSET && only != (dtrace_optval_t)cpu)
			continue;
		if (attach_cpu(u, attr, cpu))
			attached++;
		else if (errno != ENODEV) /* offline */
			return cannot(dtp, u, cpu, errno);
	}
	return attached ? 0 : cannot(dtp, u, only == DTRACEOPT_UNSET ? 0 : (int)only, ENODEV);
}

int
dt_perf_try(const struct perf_event_attr *attr)
{
	struct perf_event_attr a = *attr;
	a.disabled = 1;
	int ncpus = libbpf_num_possible_cpus(), err = ENODEV;
	for (int cpu = 0; cpu < ncpus && err == ENODEV; cpu++) { /* the first that is on line */
		int fd = open_event(&a, cpu);
		err = fd < 0 ? errno : 0;
		if (fd >= 0)
			close(fd);
	}
	return err;
}
