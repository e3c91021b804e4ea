/*
 * fbt.c - the fbt provider: entry and return of every function of the kernel and its modules that can be
 * traced; and rawfbt, the same with the copies compilers make of functions (f.isra.0), without types.
 *
 * Which functions those are the kernel says (available_filter_functions); what their arguments are, its BTF.
 * Three carriers, chosen when it is known what is enabled (plan):
 *   fentry, fexit   a program a function, cheap, arguments the kernel vouches for: for a few functions
 *   kprobe.multi    one program and one link for thousands (CONFIG_FPROBE)
 *   kprobe          one program, a perf event a function
 * What a kernel has is tried, never guessed from its version.
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../libdtrace/types/btf.h"
#include "fbt.h"
#include "provider.h"

#if defined(__x86_64__)
enum {
	ARGREGS = 6 /* more arguments than that a trampoline may not have */
};
#else
enum {
	ARGREGS = 8
};
#endif

enum {
	P_FUNCTION, /* priv[]: dt_fbt_function_t, */
	P_CARRIER,  /* carrier_t */
	KPROBE_RETURN = 1
};

typedef enum carrier {
	UNPLANNED,
	KPROBE,
	KPROBE_MULTI,
	TRAMPOLINE /* fentry, fexit */
} carrier_t;

/* How many functions are worth a program each.  Without kprobe.multi it is kprobes that a program each
 * competes with: slower at every firing, as slow to attach, and returns get lost. */
enum {
	FEW = 16,
	FEW_WITHOUT_MULTI = 64,
	MOST_KPROBES = 2000 /* some milliseconds each, and nothing can interrupt it */
};

extern const dt_provider_t dt_provider_rawfbt;

static dt_fbt_function_t *
function_of(const dt_probe_t *p)
{
	return (dt_fbt_function_t *)(uintptr_t)p->priv[P_FUNCTION]; /* NOLINT */
}

static bool
is_return(const dt_probe_t *p)
{
	return p->nam[0] == 'r';
}

/* ---------------------------------------------------- what the kernel can do */

#define KPROBE_PMU "/sys/bus/event_source/devices/kprobe/type"

/* Type of the perf events that are kprobes; -1: there are none. */
static int
kprobe_type(void)
{
	int type = -1;
	FILE *f = fopen(KPROBE_PMU, "re");
	if (f && fscanf(f, "%d", &type) != 1)
		type = -1;
	if (f)
		fclose(f);
	return type;
}

/* A program that does nothing, on that function; -errno. */
static int
load_empty(uint32_t prog_type, uint32_t attach_type, uint32_t btf_id, int btf_fd)
{
	const struct bpf_insn insns[] = {
	    {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0},
	    {.code = BPF_JMP | BPF_EXIT},
	};
	LIBBPF_OPTS(bpf_prog_load_opts, opts, .expected_attach_type = attach_type, .attach_btf_id = btf_id,
		    .attach_btf_obj_fd = (uint32_t)btf_fd);
	int fd = bpf_prog_load(prog_type, "dtrace_try", "GPL", insns, 2, &opts);
	return fd < 0 ? -errno : fd;
}

/* An empty list is what the kernel minds where it has kprobe.multi. */
static bool
try_multi(void)
{
	int prog = load_empty(BPF_PROG_TYPE_KPROBE, BPF_TRACE_KPROBE_MULTI, 0, 0);
	if (prog < 0)
		return false;
	int link = bpf_link_create(prog, 0, BPF_TRACE_KPROBE_MULTI, NULL);
	bool has = link >= 0 || errno == EINVAL;
	if (link >= 0)
		close(link);
	close(prog);
	return has;
}

static bool
has_multi(void)
{
	static int has = -1;
	if (has < 0)
		has = try_multi();
	return has > 0;
}

/* Through typedefs and qualifiers: one register, and nothing that programs may not be given? */
static bool
is_plain(const dt_btf_t *b, uint32_t type)
{
	const struct btf_type *t = dt_btf_type(b, dt_btf_resolve(b, type));
	switch (dt_btf_kind(t)) {
	case BTF_KIND_INT:
	case BTF_KIND_ENUM:
	case BTF_KIND_ENUM64:
		return t->size <= 8;
	case BTF_KIND_PTR:
		/* The verifier refuses pointers to pointers, functions and what has no definition. */
		if (!t->type)
			return true;
		t = dt_btf_type(b, dt_btf_resolve(b, t->type));
		return dt_btf_kind(t) == BTF_KIND_INT || dt_btf_kind(t) == BTF_KIND_STRUCT ||
		       dt_btf_kind(t) == BTF_KIND_UNION || dt_btf_kind(t) == BTF_KIND_UNKN;
	default:
		return false;
	}
}

/* Its prototype, or NULL. */
static const struct btf_type *
prototype(const dt_btf_t *b, const dt_fbt_function_t *f, uint32_t *id)
{
	uint32_t found = b && !strchr(f->name, '.') ? dt_btf_find(b, BTF_KIND_FUNC, f->name) : 0;
	if (id)
		*id = found;
	const struct btf_type *t = found ? dt_btf_type(b, dt_btf_type(b, found)->type) : NULL;
	return t && dt_btf_kind(t) == BTF_KIND_FUNC_PROTO ? t : NULL;
}

static uint32_t
trampoline_type(const dt_probe_t *p)
{
	return is_return(p) ? BPF_TRACE_FEXIT : BPF_TRACE_FENTRY;
}

/* Would the kernel take a program of its own on this function?  0 or -errno. */
static int
try_trampoline(dtrace_hdl_t *dtp, const dt_probe_t *p)
{
	const dt_fbt_function_t *f = function_of(p);
	const dt_btf_t *b = dt_btf_of(dtp, f->mod);
	uint32_t id;
	const struct btf_type *t = prototype(b, f, &id);
	if (!t || f->twin || dt_btf_vlen(t) > ARGREGS)
		return -ENOENT;
	const struct btf_param *param = (const struct btf_param *)(t + 1);
	for (uint32_t i = 0; i < dt_btf_vlen(t); i++)
		if (!param[i].type || !is_plain(b, param[i].type))
			return -ENOTSUP;
	if (t->type && !is_plain(b, t->type))
		return -ENOTSUP;
	int btf_fd = !strcmp(f->mod, "vmlinux") ? 0 : dt_btf_fd(dtp, f->mod);
	int fd = btf_fd < 0 ? btf_fd : load_empty(BPF_PROG_TYPE_TRACING, trampoline_type(p), id, btf_fd);
	if (fd < 0)
		return fd;
	close(fd);
	return 0;
}

/* -------------------------------------------------------------- listing */

static bool
is_raw(const dt_provider_t *pv)
{
	return pv == &dt_provider_rawfbt;
}

typedef struct inserting {
	dtrace_hdl_t *dtp;
	const dt_provider_t *pv;
} inserting_t;

static void
insert(void *arg, const dt_fbt_line_t *line)
{
	static const char *const side[] = {"entry", "return"};
	const inserting_t *to = arg;
	dtrace_hdl_t *dtp = to->dtp;
	const char *prv = is_raw(to->pv) ? "rawfbt" : "fbt";
	dt_fbt_function_t *f = dt_arena_alloc(dtp->arena, sizeof(*f));
	*f = (dt_fbt_function_t){.mod = line->mod, .name = line->name, .addr = line->addr};
	for (int i = 0; i < (line->never_returns ? 1 : 2); i++) {
		dt_probe_t *p = dt_probe_insert(dtp, to->pv, prv, f->mod, f->name, side[i]);
		if (!p->priv[P_FUNCTION]) {
			f->mod = p->mod;
			f->name = p->fun;
			p->priv[P_FUNCTION] = (uintptr_t)f;
		} else if (function_of(p) != f && i == 0) {
			f->twin = function_of(p)->twin;
			function_of(p)->twin = f;
			f->name = p->fun;
			f->mod = p->mod;
			break;
		}
	}
}

/* Why no function can be traced, in one sentence; nothing when some can. */
static bool
is_forbidden(dtrace_hdl_t *dtp, const dt_provider_t *pv, char *why, size_t len)
{
	if (kprobe_type() >= 0)
		return false;
	const dt_btf_t *b = dt_btf_of(dtp, "vmlinux");
	uint32_t id = b ? dt_btf_find(b, BTF_KIND_FUNC, "vfs_read") : 0;
	int fd = !id ? -ENOENT : load_empty(BPF_PROG_TYPE_TRACING, BPF_TRACE_FENTRY, id, 0);
	if (fd >= 0)
		close(fd);
	if (fd >= 0 && !is_raw(pv))
		return false;
	snprintf(why, len, "this kernel has no kprobes (CONFIG_KPROBES)%s%s%s",
		 fd < 0 ? " and lets no program onto its functions (fentry: " : "", fd < 0 ? strerror(-fd) : "",
		 fd < 0 ? ")" : "");
	return true;
}

static int
provide(dtrace_hdl_t *dtp, const dt_provider_t *pv, const dtrace_probedesc_t *pd)
{
	inserting_t to = {dtp, pv};
	char why[512];
	/* Only for who names it: a glob over all providers must not meet everything twice. */
	if (is_raw(pv) && strcmp(pd->dtpd_provider, "rawfbt") != 0)
		return 0;
	if (dt_fbt_is_left_out(pd->dtpd_func))
		dt_probe_absent(dtp, "fbt leaves out what tracing itself runs, and %s is of that",
				pd->dtpd_func);
	if (dt_probe_lookup(dtp, is_raw(pv) ? "rawfbt" : "fbt", "vmlinux", "vfs_read", "entry"))
		return 0;
	if (!is_forbidden(dtp, pv, why, sizeof(why)) && dt_fbt_list(is_raw(pv), insert, &to, why, sizeof(why)))
		return 0;
	const char *instead = dt_fbt_instead(pd->dtpd_func);
	const char *from = instead ? "; what it tells can be had from " : "";
	if (!instead)
		instead = "";
	/* Who names a function without its provider is told as well, when nothing else has it. */
	const dt_btf_t *b = pd->dtpd_provider[0] ? NULL : dt_btf_of(dtp, "vmlinux");
	if (b && dt_btf_find(b, BTF_KIND_FUNC, pd->dtpd_func))
		dt_probe_absent(dtp, "kernel functions cannot be traced here: %s%s%s", why, from, instead);
	return dt_set_error(dtp, EDT_NOPROV, "kernel functions cannot be traced here: %s%s%s", why, from,
			    instead);
}

/* ------------------------------------------------------------ types, sites */

/* Trusted if a trampoline should carry it: gen_builtin.c asks what does. */
static void
typed(dtrace_hdl_t *dtp, const dt_fbt_function_t *f, const dt_btf_t *b, const char *name, uint32_t type,
      int mapping, dt_argtype_t *a)
{
	*a = (dt_argtype_t){.mapping = mapping};
	snprintf(a->name, sizeof(a->name), "%s", name);
	a->exact = dt_type_import(dtp, f->mod, type);
	dt_type_name(a->exact, a->type, sizeof(a->type));
	const struct btf_type *t = dt_btf_type(b, dt_btf_resolve(b, type));
	dt_tinfo_t info = dt_type_info(a->exact);
	a->is_user = info.is_user;
	if (dt_btf_kind(t) == BTF_KIND_PTR && !info.is_user && !info.is_percpu)
		a->trusted = dt_btf_kind(dt_btf_type(b, dt_btf_resolve(b, t->type))) == BTF_KIND_STRUCT;
}

static int
args(dtrace_hdl_t *dtp, const dt_probe_t *p, dt_argtype_t *argv, int max)
{
	const dt_fbt_function_t *f = function_of(p);
	const dt_btf_t *b = dt_btf_of(dtp, f->mod);
	const struct btf_type *t = prototype(b, f, NULL);
	if (!t || is_raw(p->provider))
		return 0;
	if (is_return(p)) {
		argv[0] = (dt_argtype_t){.type = "int"};
		if (!t->type || max < 2)
			return 1;
		typed(dtp, f, b, "", t->type, 1, &argv[1]);
		argv[1].trusted = false; /* it may be an error number */
		return 2;
	}
	const struct btf_param *param = (const struct btf_param *)(t + 1);
	int n = 0;
	/* A struct by value shifts all that follow it. */
	for (; n < max && n < (int)dt_btf_vlen(t) && param[n].type && dt_btf_sizeof(b, param[n].type) <= 8; n++)
		typed(dtp, f, b, dt_btf_str(b, param[n].name_off), param[n].type, n, &argv[n]);
	return n;
}

static void
trampoline_site(dtrace_hdl_t *dtp, const dt_probe_t *p, dt_site_t *s)
{
	const dt_fbt_function_t *f = function_of(p);
	const dt_btf_t *b = dt_btf_of(dtp, f->mod);
	const struct btf_type *t = prototype(b, f, NULL);
	int n = t ? (int)dt_btf_vlen(t) : 0;
	s->prog_type = BPF_PROG_TYPE_TRACING;
	s->attach_type = trampoline_type(p);
	s->btf_name = f->name;
	s->btf_module = strcmp(f->mod, "vmlinux") != 0 ? f->mod : NULL;
	snprintf(s->key, sizeof(s->key), "fbt/%s/%s`%s", p->nam, f->mod, f->name);
	if (is_return(p) && t && t->type)
		s->arg[1] = (dt_argsrc_t){.kind = DT_ARG_CTX, .n = n};
	for (int i = 0; i < n && !is_return(p); i++)
		s->arg[i] = (dt_argsrc_t){.kind = DT_ARG_CTX, .n = i};
}

/* The kernel's own functions lie together; modules are anywhere. */
static void
addresses(dtrace_hdl_t *dtp, const dt_probe_t *p, dt_site_t *s)
{
	int n = 0;
	if (strcmp(p->mod, "vmlinux") != 0)
		return;
	for (dt_fbt_function_t *f = function_of(p); f; f = f->twin)
		n += dt_fbt_start(dtp, f) != 0;
	uint64_t *addrs = dt_arena_alloc(dtp->arena, sizeof(*addrs) * (size_t)n);
	s->addrs = addrs;
	for (dt_fbt_function_t *f = function_of(p); f; f = f->twin)
		if (dt_fbt_start(dtp, f))
			addrs[s->naddrs++] = dt_fbt_start(dtp, f);
}

static void
kprobe_site(dtrace_hdl_t *dtp, const dt_probe_t *p, bool multi, dt_site_t *s)
{
	s->prog_type = BPF_PROG_TYPE_KPROBE;
	s->attach_type = multi ? BPF_TRACE_KPROBE_MULTI : 0;
	s->who = DT_WHO_COOKIE;
	/* fbt/entry/kprobe.multi, thousands of times. */
	char *key = stpcpy(stpcpy(s->key, p->prv), "/");
	stpcpy(stpcpy(key, p->nam), multi ? "/kprobe.multi" : "/kprobe");
	if (multi)
		addresses(dtp, p, s);
	if (is_return(p))
		s->arg[1].kind = DT_ARG_RESULT;
	for (int i = 0; i < DT_NARGS && !is_return(p); i++)
		s->arg[i] = (dt_argsrc_t){.kind = DT_ARG_CALL, .n = i};
}

static carrier_t
carrier_of(dtrace_hdl_t *dtp, const dt_probe_t *p, bool few, bool multi)
{
	if (few && !is_raw(p->provider) && try_trampoline(dtp, p) == 0)
		return TRAMPOLINE;
	return multi ? KPROBE_MULTI : KPROBE;
}

/* The functions that no trampoline carries: where they begin is asked for all at once. */
static void
find_starts(dtrace_hdl_t *dtp, dt_probe_t *const *probes, int n)
{
	DT_VEC(dt_fbt_function_t *) v = {0};
	for (int i = 0; i < n; i++) {
		if (probes[i]->priv[P_CARRIER] == TRAMPOLINE)
			continue;
		for (dt_fbt_function_t *f = function_of(probes[i]); f; f = f->twin)
			if (f->addr && !f->start)
				*dt_vec_push(&v) = f;
	}
	dt_fbt_starts(dtp, v.p, v.n);
	dt_vec_free(&v);
}

static void
plan(dtrace_hdl_t *dtp, dt_probe_t *const *probes, int n)
{
	bool multi = has_multi();
	bool few = n <= (multi ? FEW : FEW_WITHOUT_MULTI) || kprobe_type() < 0;
	for (int i = 0; i < n; i++)
		probes[i]->priv[P_CARRIER] = carrier_of(dtp, probes[i], few, multi);
	find_starts(dtp, probes, n);
}

static int
site(dtrace_hdl_t *dtp, const dt_probe_t *p, dt_site_t *s)
{
	memset(s, 0, sizeof(*s));
	s->trigger = DT_TRIGGER_ATTACH;
	/* A probe that carries another one, by itself. */
	carrier_t carrier = p->priv[P_CARRIER] == UNPLANNED ? carrier_of(dtp, p, true, has_multi())
							    : (carrier_t)p->priv[P_CARRIER];
	s->is_return = is_return(p);
	if (carrier == TRAMPOLINE)
		trampoline_site(dtp, p, s);
	else
		kprobe_site(dtp, p, carrier == KPROBE_MULTI, s);
	return 0;
}

/* --------------------------------------------------------------- attaching */

typedef struct targets {
	DT_VEC(uint64_t) addrs;
	DT_VEC(__u64) cookies; /* numbers of the probes in the unit */
} targets_t;

static void
find_targets(dtrace_hdl_t *dtp, const dt_unit_t *u, targets_t *t)
{
	for (int i = 0; i < dt_unit_nprobes(u); i++) {
		for (dt_fbt_function_t *f = function_of(dt_unit_probe(u, i)); f; f = f->twin) {
			/* Twins without an address all are the symbols of that name. */
			*dt_vec_push(&t->addrs) = dt_fbt_start(dtp, f);
			*dt_vec_push(&t->cookies) = (uint64_t)i + 1;
		}
	}
}

static int
cannot(dtrace_hdl_t *dtp, const dt_probe_t *p, int err)
{
	return dt_set_error(dtp, EDT_ENABLING_ERR, "cannot enable %s:%s:%s:%s: %s%s", p->prv, p->mod, p->fun,
			    p->nam, strerror(err), err == EMFILE ? " (raise ulimit -n)" : "");
}

static int
attach_multi(dtrace_hdl_t *dtp, dt_unit_t *u)
{
	targets_t t = {0};
	find_targets(dtp, u, &t);
	LIBBPF_OPTS(bpf_link_create_opts, opts, .kprobe_multi.cnt = (uint32_t)t.addrs.n,
		    .kprobe_multi.addrs = (const unsigned long *)t.addrs.p,
		    .kprobe_multi.flags = is_return(dt_unit_probe(u, 0)) ? BPF_F_KPROBE_MULTI_RETURN : 0);
	if (dt_unit_nprobes(u) > 1)
		opts.kprobe_multi.cookies = t.cookies.p;
	int fd = bpf_link_create(dt_unit_prog_fd(u), 0, BPF_TRACE_KPROBE_MULTI, &opts), err = errno;
	dt_vec_free(&t.addrs);
	dt_vec_free(&t.cookies);
	if (fd < 0)
		return cannot(dtp, dt_unit_probe(u, 0), err);
	dt_unit_add_link(u, fd);
	return 0;
}

static int
attach_kprobes(dtrace_hdl_t *dtp, dt_unit_t *u)
{
	targets_t t = {0};
	int err = 0, i;
	if (dt_unit_nprobes(u) > MOST_KPROBES)
		return dt_set_error(
		    dtp, EDT_ENABLING_ERR,
		    "%d functions are too many to be enabled at once on this kernel, which takes them one "
		    "by one (it lacks kprobe.multi, CONFIG_FPROBE): describe at most %d",
		    dt_unit_nprobes(u), MOST_KPROBES);
	find_targets(dtp, u, &t);
	struct perf_event_attr attr = {
	    .type = (uint32_t)kprobe_type(),
	    .size = sizeof(attr),
	    .config = is_return(dt_unit_probe(u, 0)) ? KPROBE_RETURN : 0,
	};
	/* A descriptor each. */
	struct rlimit limit;
	if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
	for (i = 0; i < t.addrs.n && !err; i++) {
		attr.kprobe_addr = t.addrs.p[i];
		/* CPU 0 is a formality: the program runs on all. */
		int event = (int)syscall(SYS_perf_event_open, &attr, -1, 0, -1, PERF_FLAG_FD_CLOEXEC);
		LIBBPF_OPTS(bpf_link_create_opts, opts, .perf_event.bpf_cookie = t.cookies.p[i]);
		int link = event < 0 ? -1 : bpf_link_create(dt_unit_prog_fd(u), event, BPF_PERF_EVENT, &opts);
		err = link < 0 ? errno : 0;
		if (link >= 0)
			dt_unit_add_link(u, link);
		if (event >= 0)
			close(event); /* the link holds it */
	}
	const dt_probe_t *p = dt_unit_probe(u, err ? (int)t.cookies.p[i - 1] - 1 : 0);
	dt_vec_free(&t.addrs);
	dt_vec_free(&t.cookies);
	return err ? cannot(dtp, p, err) : 0;
}

static int
attach(dtrace_hdl_t *dtp, dt_unit_t *u)
{
	const dt_site_t *s = dt_unit_site(u);
	if (s->prog_type == BPF_PROG_TYPE_KPROBE)
		return s->attach_type == BPF_TRACE_KPROBE_MULTI ? attach_multi(dtp, u) : attach_kprobes(dtp, u);
	int fd = bpf_raw_tracepoint_open(NULL, dt_unit_prog_fd(u));
	if (fd < 0)
		return cannot(dtp, dt_unit_probe(u, 0), errno);
	dt_unit_add_link(u, fd);
	return 0;
}

static const char *const names[] = {"entry", "return", NULL};

const dt_provider_t dt_provider_fbt = {
    .name = "fbt",
    .attr = {DT_ATTR(EVOLVING, COMMON), DT_ATTR(PRIVATE, UNKNOWN), DT_ATTR(PRIVATE, ISA),
	     DT_ATTR(EVOLVING, COMMON), DT_ATTR(PRIVATE, ISA)},
    .names = names,
    .provide = provide,
    .args = args,
    .plan = plan,
    .site = site,
    .attach = attach,
};

const dt_provider_t dt_provider_rawfbt = {
    .name = "rawfbt",
    .attr = {DT_ATTR(EVOLVING, COMMON), DT_ATTR(PRIVATE, UNKNOWN), DT_ATTR(PRIVATE, ISA),
	     DT_ATTR(EVOLVING, COMMON), DT_ATTR(PRIVATE, ISA)},
    .names = names,
    .provide = provide,
    .args = args,
    .plan = plan,
    .site = site,
    .attach = attach,
};
