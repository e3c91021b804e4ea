/*
 * units.c - the programs of a module: loading, attaching through their providers,
 * running the ones no kernel event fires, detaching.
 */
#include "../types/btf.h"
#include "impl.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <linux/btf.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
	OTHER_FILES = 256 /* the process's own, generously */
};

int
dt_unit_prog_fd(const dt_unit_t *u)
{
	return u->prog_fd;
}

const dt_site_t *
dt_unit_site(const dt_unit_t *u)
{
	return &u->site;
}

int
dt_unit_nprobes(const dt_unit_t *u)
{
	return u->nprobes;
}

const dt_probe_t *
dt_unit_probe(const dt_unit_t *u, int i)
{
	return u->probes[i];
}

const dt_site_t *
dt_unit_probe_site(const dt_unit_t *u, int i)
{
	return &u->sites[i];
}

void
dt_unit_add_link(dt_unit_t *u, int link_fd)
{
	*dt_vec_push(&u->links) = link_fd;
}

/* What the kernel knows the tracepoint or the function by. */
static int
find_btf(dtrace_hdl_t *dtp, const dt_site_t *site, bpf_loadattr_t *attr)
{
	const char *module = site->btf_module ? site->btf_module : "vmlinux";
	const dt_btf_t *b = dt_btf_of(dtp, module);
	bool is_tracepoint = site->attach_type == BPF_TRACE_RAW_TP;
	char name[192];
	snprintf(name, sizeof(name), "%s%s", is_tracepoint ? "btf_trace_" : "", site->btf_name);
	attr->attach_btf_id = b ? dt_btf_find(b, is_tracepoint ? BTF_KIND_TYPEDEF : BTF_KIND_FUNC, name) : 0;
	if (!attr->attach_btf_id)
		return dt_set_error(dtp, EDT_ENABLING_ERR, "this kernel has no %s %s (no %s in the BTF of %s)",
				    is_tracepoint ? "tracepoint" : "function", site->btf_name, name, module);
	if (!site->btf_module)
		return 0;
	int fd = dt_btf_fd(dtp, module);
	if (fd < 0)
		return dt_set_error(dtp, EDT_ENABLING_ERR, "cannot use the types of kernel module %s: %s",
				    module, strerror(-fd));
	attr->attach_btf_fd = fd;
	return 0;
}

static int
load_unit(dtrace_hdl_t *dtp, dt_session_t *s, dt_unit_t *u)
{
	bpf_loadattr_t attr = {
	    .name = u->ir ? u->ir->name : "dtrace",
	    .prog_type = u->site.prog_type,
	    .attach_type = u->site.attach_type,
	    .mapfds = s->mapfds,
	};
	if (u->site.btf_name && find_btf(dtp, &u->site, &attr) != 0)
		return -1;
	u->prog_fd = bpf_load(dtp, &u->image, &attr);
	return u->prog_fd < 0 ? -1 : 0;
}

/*
 * A descriptor a program and one a link: thousands where a glob matched thousands of tracepoints, and the usual
 * limit is 1024.  It is raised as far as it may be; what is still not enough shows when the kernel says so.
 */
static void
make_room(const dt_session_t *s)
{
	const dt_module_t *mod = s->mod;
	struct rlimit lim;
	rlim_t need = OTHER_FILES + (rlim_t)mod->maps.n + (rlim_t)s->ncpus * 2;
	for (int i = 0; i < mod->units.n; i++) {
		int nprobes = mod->units.p[i]->nprobes;
		need += 1 + (rlim_t)(nprobes > s->ncpus ? nprobes : s->ncpus); /* perf events: a link a CPU */
	}
	if (getrlimit(RLIMIT_NOFILE, &lim) != 0 || lim.rlim_cur >= need)
		return;
	lim.rlim_cur = need < lim.rlim_max ? need : lim.rlim_max;
	setrlimit(RLIMIT_NOFILE, &lim);
}

static unsigned long long
ms_since(uint64_t start)
{
	return (dt_now() - start) / 1000000;
}

int
dt_units_load(dtrace_hdl_t *dtp, dt_session_t *s)
{
	dt_module_t *mod = s->mod;
	uint64_t start = dt_now();
	make_room(s);
	for (int i = 0; i < mod->units.n; i++)
		mod->units.p[i]->prog_fd = -1;
	for (int i = 0; i < mod->units.n; i++) {
		dt_progress(dtp, "loading programs", (uint64_t)i + 1, (uint64_t)mod->units.n);
		if (load_unit(dtp, s, mod->units.p[i]) != 0)
			return -1;
	}
	dt_debug("%d programs loaded in %llu ms", mod->units.n, ms_since(start));
	return 0;
}

static int
attach_unit(dtrace_hdl_t *dtp, dt_session_t *s, dt_unit_t *u, bool lifo)
{
	if (u->site.trigger != DT_TRIGGER_ATTACH || u->site.lifo != lifo)
		return 0;
	s->attached = true;
	char what[64];
	snprintf(what, sizeof(what), "enabling %d probe%s of %s", u->nprobes, u->nprobes == 1 ? "" : "s",
		 u->provider->name);
	dt_progress(dtp, what, 0, 0);
	return u->provider->attach(dtp, u);
}

/* So that the programs of one probe run in order. */
int
dt_units_attach(dtrace_hdl_t *dtp, dt_session_t *s)
{
	uint64_t start = dt_now();
	int n = s->mod->units.n;
	for (int i = 0; i < n; i++)
		if (attach_unit(dtp, s, s->mod->units.p[i], false) != 0)
			return -1;
	for (int i = n - 1; i >= 0; i--)
		if (attach_unit(dtp, s, s->mod->units.p[i], true) != 0)
			return -1;
	dt_debug("attached in %llu ms", ms_since(start));
	return 0;
}

/* Closing a link may wait for a grace period of the kernel, one link after the other; several waits at once
 * share theirs.  Those of raw tracepoints do not wait, and would only crowd before the kernel's lock. */
enum {
	CLOSERS = 16
};
typedef struct closer {
	const int *fds;
	int n;
	int next; /* atomic */
} closer_t;

static void *
close_some(void *arg)
{
	closer_t *c = arg;
	for (;;) {
		int i = __atomic_fetch_add(&c->next, 1, __ATOMIC_RELAXED);
		if (i >= c->n)
			return NULL;
		close(c->fds[i]);
	}
}

static void
close_all(const int *fds, int n)
{
	closer_t c = {fds, n, 0};
	pthread_t thread[CLOSERS];
	int nthreads = 0;
	while (nthreads < CLOSERS && nthreads < n - 1 &&
	       pthread_create(&thread[nthreads], NULL, close_some, &c) == 0)
		nthreads++;
	close_some(&c);
	for (int i = 0; i < nthreads; i++)
		pthread_join(thread[i], NULL);
}

void
dt_units_detach(dt_module_t *mod)
{
	DT_VEC(int) fds = {0};
	uint64_t start = dt_now();
	for (int i = 0; i < mod->units.n; i++) {
		dt_unit_t *u = mod->units.p[i];
		bool waits = u->site.attach_type != BPF_TRACE_RAW_TP;
		for (int j = 0; j < u->links.n; j++)
			if (waits)
				*dt_vec_push(&fds) = u->links.p[j];
			else
				close(u->links.p[j]);
		dt_vec_free(&u->links);
	}
	close_all(fds.p, fds.n);
	dt_debug("detached in %llu ms", ms_since(start));
	dt_vec_free(&fds);
}

void
dt_units_unload(dt_module_t *mod)
{
	for (int i = 0; i < mod->units.n; i++) {
		dt_unit_t *u = mod->units.p[i];
		if (u->prog_fd >= 0)
			close(u->prog_fd);
		u->prog_fd = -1;
	}
}

int
dt_prog_run(int prog_fd, int cpu)
{
	/* Raw tracepoint programs may read up to 12 argument words. */
	uint64_t ctx[12] = {0};
	LIBBPF_OPTS(bpf_test_run_opts, opts, .ctx_in = ctx, .ctx_size_in = sizeof(ctx));
	if (cpu >= 0) {
		opts.flags = BPF_F_TEST_RUN_ON_CPU;
		opts.cpu = (uint32_t)cpu;
	}
	return bpf_prog_test_run_opts(prog_fd, &opts);
}

/* BEGIN and END fire in our own process, also where option cpu names a CPU: the kernel, asked for another
 * one, would run them in whatever process is there. */
static int
run_as_ourselves(int prog_fd, int cpu)
{
	cpu_set_t old, there;
	CPU_ZERO(&there);
	if (cpu >= 0 && cpu < CPU_SETSIZE)
		CPU_SET(cpu, &there);
	if (cpu < 0 || sched_getaffinity(0, sizeof(old), &old) != 0 ||
	    sched_setaffinity(0, sizeof(there), &there) != 0)
		return dt_prog_run(prog_fd, cpu);
	int err = dt_prog_run(prog_fd, -1);
	sched_setaffinity(0, sizeof(old), &old);
	return err;
}

int
dt_units_run(dtrace_hdl_t *dtp, dt_module_t *mod, dt_trigger_t trigger)
{
	for (int i = 0; i < mod->units.n; i++) {
		const dt_unit_t *u = mod->units.p[i];
		if (u->site.trigger != trigger)
			continue;
		int err = run_as_ourselves(u->prog_fd, dt_run_cpu(dtp));
		if (err)
			return dt_set_error(dtp, -err, "cannot run the %s clauses: %s",
					    trigger == DT_TRIGGER_BEGIN ? "BEGIN" : "END", strerror(-err));
	}
	return 0;
}

/* What a link was not called for: no instance was free to follow a function to its return, or a function fired
 * inside the tracing of another.  Kernels before 6.7 do not tell. */
static uint64_t
link_misses(int fd)
{
	/* struct bpf_link_info as 6.7 and later have it, as far as it is needed. */
	struct {
		uint32_t type, id, prog_id, pad;
		union {
			struct {
				uint64_t addrs;
				uint32_t count, flags;
				uint64_t missed;
			} multi;
			struct {
				uint32_t type, pad;
				uint64_t name;
				uint32_t name_len, offset;
				uint64_t addr, missed;
			} perf;
			char room[128];
		} u;
	} info = {0};
	uint32_t len = sizeof(info);
	enum {
		MULTI = 8, /* BPF_LINK_TYPE_*, BPF_PERF_EVENT_* */
		PERF = 7,
		KPROBE = 3,
		KRETPROBE = 4
	};
	if (bpf_obj_get_info_by_fd(fd, &info, &len) != 0)
		return 0;
	if (info.type == MULTI)
		return info.u.multi.missed;
	if (info.type == PERF && (info.u.perf.type == KPROBE || info.u.perf.type == KRETPROBE))
		return info.u.perf.missed;
	return 0;
}

/* Of one run of the program. */
static uint64_t
firings(const dt_unit_t *u)
{
	uint64_t n = 0;
	for (; u; u = u->then)
		n += u->as != NULL || !u->carrier; /* a hook is none */
	return n;
}

uint64_t
dt_units_misses(const dt_module_t *mod)
{
	uint64_t total = 0;
	for (int i = 0; i < mod->units.n; i++) {
		const dt_unit_t *u = mod->units.p[i];
		struct bpf_prog_info info = {0};
		uint32_t len = sizeof(info);
		if (u->site.trigger == DT_TRIGGER_ATTACH && u->prog_fd >= 0 &&
		    bpf_obj_get_info_by_fd(u->prog_fd, &info, &len) == 0)
			total += info.recursion_misses * firings(u);
		for (int j = 0; j < u->links.n && u->site.prog_type == BPF_PROG_TYPE_KPROBE; j++)
			total += link_misses(u->links.p[j]);
	}
	return total;
}
