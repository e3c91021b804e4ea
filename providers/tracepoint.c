/* tracepoint.c - see tracepoint.h. */
#include "tracepoint.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <linux/bpf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../libdtrace/types/btf.h"
#include "tracefs.h"

#define TYPEDEF "btf_trace_"
#define ITER    "__traceiter_" /* the function that calls who is attached: it alone names the arguments */

enum {
	NAMELEN = 192
};

typedef struct found { /* what dt_tracepoint_find() was asked */
	struct found *next;
	const char *name;
	bool exists;
	dt_tracepoint_t tp;
} found_t;

typedef struct iter {
	const char *name; /* of the tracepoint */
	uint32_t id;
} iter_t;

/* The ITER functions of one BTF, by name. */
typedef struct iters {
	struct iters *next;
	const dt_btf_t *btf;
	iter_t *v;
	int n;
} iters_t;

typedef struct vouched { /* what vouches() was asked */
	struct vouched *next;
	const char *name;    /* of the tracepoint, where its BTF has it */
	uint32_t asked, yes; /* arguments, a bit each */
} vouched_t;

struct dt_tracepoints {
	found_t *found;
	vouched_t *vouched;
	iters_t *iters;
	dt_tracepoint_t *all;
	int nall;
};

static struct dt_tracepoints *
cache(dtrace_hdl_t *dtp)
{
	if (!dtp->tracepoints)
		dtp->tracepoints = dt_arena_alloc(dtp->arena, sizeof(*dtp->tracepoints));
	return dtp->tracepoints;
}

/* ------------------------------------------------------------------ finding */

/* Describe the tracepoint of typedef `id`; false for a typedef of another make. */
static bool
describe(const dt_btf_t *b, const char *module, uint32_t id, dt_tracepoint_t *tp)
{
	const struct btf_type *t = dt_btf_type(b, id), *ptr = dt_btf_type(b, t->type);
	if (dt_btf_kind(ptr) != BTF_KIND_PTR)
		return false;
	const struct btf_type *proto = dt_btf_type(b, ptr->type);
	if (dt_btf_kind(proto) != BTF_KIND_FUNC_PROTO || !dt_btf_vlen(proto))
		return false;
	*tp = (dt_tracepoint_t){
	    .name = dt_btf_str(b, t->name_off) + strlen(TYPEDEF),
	    .module = module,
	    .btf = b,
	    .proto = ptr->type,
	    .nargs = (int)dt_btf_vlen(proto) - 1,
	};
	return true;
}

static bool
find_in(dtrace_hdl_t *dtp, const char *module, const char *name, dt_tracepoint_t *tp)
{
	char type[NAMELEN];
	const dt_btf_t *b = dt_btf_of(dtp, module);
	snprintf(type, sizeof(type), TYPEDEF "%s", name);
	uint32_t id = b ? dt_btf_find(b, BTF_KIND_TYPEDEF, type) : 0;
	return id && describe(b, module, id, tp);
}

const dt_tracepoint_t *
dt_tracepoint_find(dtrace_hdl_t *dtp, const char *name)
{
	struct dt_tracepoints *ts = cache(dtp);
	for (found_t *f = ts->found; f; f = f->next)
		if (!strcmp(f->name, name))
			return f->exists ? &f->tp : NULL;
	found_t *f = dt_arena_alloc(dtp->arena, sizeof(*f));
	f->name = dt_arena_strdup(dtp->arena, name);
	f->exists = find_in(dtp, "vmlinux", name, &f->tp);
	const char *module;
	for (int i = 0; !f->exists && (module = dt_btf_module(dtp, i)); i++)
		f->exists = find_in(dtp, module, name, &f->tp);
	f->next = ts->found;
	ts->found = f;
	return f->exists ? &f->tp : NULL;
}

/* ------------------------------------------------------------------ listing */

typedef DT_VEC(dt_tracepoint_t) tpvec_t;

static void
collect(const dt_btf_t *b, const char *module, tpvec_t *v)
{
	for (uint32_t id = dt_btf_first(b); id < dt_btf_count(b); id++) {
		const struct btf_type *t = dt_btf_type(b, id);
		dt_tracepoint_t tp;
		if (dt_btf_kind(t) == BTF_KIND_TYPEDEF &&
		    !strncmp(dt_btf_str(b, t->name_off), TYPEDEF, strlen(TYPEDEF)) &&
		    describe(b, module, id, &tp))
			*dt_vec_push(v) = tp;
	}
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const dt_tracepoint_t *)a)->name, ((const dt_tracepoint_t *)b)->name);
}

static int
by_group(const void *a, const void *b)
{
	int c = strcmp(((const dt_tracepoint_t *)a)->group, ((const dt_tracepoint_t *)b)->group);
	return c ? c : by_name(a, b);
}

/* "sched:sched_switch", a line each: the folders of the events.  v is sorted by name. */
static bool
read_groups(dtrace_hdl_t *dtp, tpvec_t *v, char *why, size_t len)
{
	char path[128], line[512];
	const char *root = dt_tracefs(why, len);
	if (!root)
		return false;
	snprintf(path, sizeof(path), "%s/available_events", root);
	FILE *f = fopen(path, "re");
	if (!f) {
		snprintf(why, len, "%s: %s", path, strerror(errno));
		return false;
	}
	while (fgets(line, sizeof(line), f)) {
		char *name = strchr(line, ':');
		if (!name)
			continue;
		*name++ = '\0';
		name[strcspn(name, "\n")] = '\0';
		const dt_tracepoint_t key = {.name = name};
		dt_tracepoint_t *tp = bsearch(&key, v->p, (size_t)v->n, sizeof(key), by_name);
		if (tp && !tp->group)
			tp->group = dt_arena_strdup(dtp->arena, line);
	}
	fclose(f);
	return true;
}

const dt_tracepoint_t *
dt_tracepoints(dtrace_hdl_t *dtp, int *n)
{
	struct dt_tracepoints *ts = cache(dtp);
	char why[256];
	tpvec_t v = {0};
	*n = ts->nall;
	if (ts->all)
		return ts->all;
	const dt_btf_t *b = dt_btf_of(dtp, "vmlinux");
	if (!b)
		return dt_set_error(
			   dtp, EDT_NOPROV,
			   "this kernel does not describe its tracepoints (no /sys/kernel/btf/vmlinux: "
			   "CONFIG_DEBUG_INFO_BTF)"),
		       NULL;
	collect(b, "vmlinux", &v);
	const char *module;
	for (int i = 0; (module = dt_btf_module(dtp, i)); i++)
		if ((b = dt_btf_of(dtp, module)))
			collect(b, module, &v);
	if (v.n)
		qsort(v.p, (size_t)v.n, sizeof(*v.p), by_name);
	if (!v.n || !read_groups(dtp, &v, why, sizeof(why))) {
		if (!v.n)
			snprintf(why, sizeof(why), "its BTF has none");
		dt_vec_free(&v);
		return dt_set_error(dtp, EDT_NOPROV, "cannot tell which tracepoints this kernel has: %s", why),
		       NULL;
	}
	for (int i = 0; i < v.n; i++)
		if (!v.p[i].group)
			v.p[i].group = v.p[i].module;
	qsort(v.p, (size_t)v.n, sizeof(*v.p), by_group);
	ts->all = dt_arena_alloc(dtp->arena, sizeof(*v.p) * (size_t)v.n);
	memcpy(ts->all, v.p, sizeof(*v.p) * (size_t)v.n);
	*n = ts->nall = v.n;
	dt_vec_free(&v);
	return ts->all;
}

/* ---------------------------------------------------------------- arguments */

static int
iter_by_name(const void *a, const void *b)
{
	return strcmp(((const iter_t *)a)->name, ((const iter_t *)b)->name);
}

static const iters_t *
iters_of(dtrace_hdl_t *dtp, const dt_btf_t *b)
{
	struct dt_tracepoints *ts = cache(dtp);
	DT_VEC(iter_t) v = {0};
	for (const iters_t *i = ts->iters; i; i = i->next)
		if (i->btf == b)
			return i;
	for (uint32_t id = dt_btf_first(b); id < dt_btf_count(b); id++) {
		const struct btf_type *t = dt_btf_type(b, id);
		if (dt_btf_kind(t) != BTF_KIND_FUNC)
			continue;
		const char *name = dt_btf_str(b, t->name_off);
		if (!strncmp(name, ITER, strlen(ITER)))
			*dt_vec_push(&v) = (iter_t){name + strlen(ITER), id};
	}
	iters_t *is = dt_arena_alloc(dtp->arena, sizeof(*is));
	is->btf = b;
	is->n = v.n;
	if (v.n) {
		qsort(v.p, (size_t)v.n, sizeof(*v.p), iter_by_name);
		is->v = dt_arena_alloc(dtp->arena, sizeof(*v.p) * (size_t)v.n);
		memcpy(is->v, v.p, sizeof(*v.p) * (size_t)v.n);
	}
	dt_vec_free(&v);
	is->next = ts->iters;
	return ts->iters = is;
}

/* The arguments with their names, NULL when these are not known. */
static const struct btf_param *
named_params(dtrace_hdl_t *dtp, const dt_tracepoint_t *tp)
{
	const iters_t *is = iters_of(dtp, tp->btf);
	const iter_t key = {.name = tp->name};
	const iter_t *f = is->n ? bsearch(&key, is->v, (size_t)is->n, sizeof(key), iter_by_name) : NULL;
	const struct btf_type *proto = f ? dt_btf_type(tp->btf, dt_btf_type(tp->btf, f->id)->type) : NULL;
	bool ok =
	    proto && dt_btf_kind(proto) == BTF_KIND_FUNC_PROTO && (int)dt_btf_vlen(proto) == tp->nargs + 1;
	return ok ? (const struct btf_param *)(proto + 1) + 1 : NULL;
}

int
dt_tracepoint_param(dtrace_hdl_t *dtp, const dt_tracepoint_t *tp, const char *name)
{
	const struct btf_param *p = named_params(dtp, tp);
	for (int i = 0; p && i < tp->nargs; i++)
		if (!strcmp(dt_btf_str(tp->btf, p[i].name_off), name))
			return i;
	return -1;
}

static uint32_t
arg_id(const dt_tracepoint_t *tp, int i)
{
	const struct btf_type *proto = dt_btf_type(tp->btf, tp->proto);
	return i < tp->nargs ? ((const struct btf_param *)(proto + 1))[i + 1].type : 0;
}

static const struct btf_type *
resolved(const dt_tracepoint_t *tp, uint32_t id)
{
	return dt_btf_type(tp->btf, dt_btf_resolve(tp->btf, id));
}

/* Through any number of pointers: do the two lead to the same thing? */
static bool
same(dtrace_hdl_t *dtp, dt_type_t a, dt_type_t b)
{
	dt_kind_t k;
	while (a = dt_type_resolve(dtp, a), b = dt_type_resolve(dtp, b),
	       (k = dt_type_info(a).kind) == dt_type_info(b).kind && k == DT_K_PTR)
		a = dt_type_ref(dtp, a), b = dt_type_ref(dtp, b);
	return dt_type_same(a, b) || (k != DT_K_STRUCT && k != DT_K_UNION && k != DT_K_ENUM);
}

/*
 * The type as a name that leads back to it: plain, or scoped to its module where a D
 * program or library has another one of that name.  What has no such name is a plain pointer, or
 * a number as wide.
 */
static void
spell(dtrace_hdl_t *dtp, const dt_tracepoint_t *tp, dt_type_t t, dt_argtype_t *a)
{
	char name[sizeof(a->type) - 64]; /* a module's name has up to 55 characters */
	dt_type_name(t, name, sizeof(name));
	dt_type_t back = dt_type_lookup(dtp, name);
	bool whole = strlen(name) < sizeof(name) - 1;
	if (whole && dt_type_ok(back) && same(dtp, t, back)) {
		snprintf(a->type, sizeof(a->type), "%s", name);
		return;
	}
	snprintf(a->type, sizeof(a->type), "%.60s`%s", tp->module, name);
	if (whole && dt_type_ok(dt_type_lookup(dtp, a->type)))
		return;
	dt_tinfo_t ti = dt_type_info(t);
	snprintf(a->type, sizeof(a->type), "%s",
		 ti.kind == DT_K_PTR ? "void *"
		 : ti.size == 1      ? "uint8_t"
		 : ti.size == 2      ? "uint16_t"
		 : ti.size == 4      ? "uint32_t"
				     : "uint64_t");
}

/*
 * Programs may not calculate with a pointer, but with a number.  Some arguments that BTF has as pointers the
 * verifier takes for numbers, because they may be (signal_generate's siginfo is 0, 1 or an address):
 * since 6.14, and in the later updates of older kernels.  Only trying tells.
 */
static bool
ask(dtrace_hdl_t *dtp, const dt_tracepoint_t *tp, int i)
{
	const struct bpf_insn insns[] = {
	    {.code = BPF_LDX | BPF_MEM | BPF_DW, .src_reg = BPF_REG_1, .off = (int16_t)(8 * i)},
	    {.code = BPF_ALU64 | BPF_MUL | BPF_K, .imm = 2},
	    {.code = BPF_ALU64 | BPF_MOV | BPF_K},
	    {.code = BPF_JMP | BPF_EXIT},
	};
	char type[NAMELEN];
	snprintf(type, sizeof(type), TYPEDEF "%s", tp->name);
	int btf_fd = strcmp(tp->module, "vmlinux") ? dt_btf_fd(dtp, tp->module) : 0;
	if (btf_fd < 0)
		return true; /* nothing can be attached, and that is what will be said */
	LIBBPF_OPTS(bpf_prog_load_opts, opts, .expected_attach_type = BPF_TRACE_RAW_TP,
		    .attach_btf_id = dt_btf_find(tp->btf, BTF_KIND_TYPEDEF, type),
		    .attach_btf_obj_fd = (uint32_t)btf_fd);
	int fd = bpf_prog_load(BPF_PROG_TYPE_TRACING, "dtrace_try", "GPL", insns,
			       sizeof(insns) / sizeof(insns[0]), &opts);
	if (fd < 0)
		return true;
	close(fd);
	return false;
}

/* Does the kernel vouch for argument i, a pointer to a struct? */
static bool
vouches(dtrace_hdl_t *dtp, const dt_tracepoint_t *tp, int i)
{
	struct dt_tracepoints *ts = cache(dtp);
	vouched_t *v = ts->vouched;
	while (v && v->name != tp->name)
		v = v->next;
	if (!v) {
		v = dt_arena_alloc(dtp->arena, sizeof(*v));
		v->name = tp->name;
		v->next = ts->vouched;
		ts->vouched = v;
	}
	if (!(v->asked >> i & 1)) {
		v->asked |= 1U << i;
		v->yes |= (uint32_t)ask(dtp, tp, i) << i;
	}
	return v->yes >> i & 1;
}

int
dt_tracepoint_args(dtrace_hdl_t *dtp, const dt_tracepoint_t *tp, dt_argtype_t *argv, int max)
{
	const struct btf_param *p = named_params(dtp, tp);
	int n = tp->nargs < max ? tp->nargs : max;
	for (int i = 0; i < n; i++) {
		uint32_t id = arg_id(tp, i);
		dt_type_t t = dt_type_import(dtp, tp->module, id);
		dt_tinfo_t ti = dt_type_info(t);
		argv[i] = (dt_argtype_t){.mapping = i, .is_user = ti.is_user};
		snprintf(argv[i].name, sizeof(argv[i].name), "%s", p ? dt_btf_str(tp->btf, p[i].name_off) : "");
		if (ti.kind == DT_K_PTR) {
			uint32_t to = dt_btf_kind(resolved(tp, resolved(tp, id)->type));
			/* Asking loads a program; who lists probes wants names. */
			argv[i].trusted = to == BTF_KIND_STRUCT && !ti.is_user && !ti.is_percpu &&
					  !dt_probes_static(dtp) && vouches(dtp, tp, i);
		}
		/* A struct that fits a word comes by value: D knows it as a number. */
		if (ti.kind == DT_K_STRUCT || ti.kind == DT_K_UNION)
			t = dt_type_intn(dtp, ti.size == 1 || ti.size == 2 || ti.size == 4 ? (int)ti.size : 8,
					 false);
		spell(dtp, tp, t, &argv[i]);
	}
	return n;
}

/*
 * What the verifier lets nobody load from the context: pointers to functions and to pointers, and before 6.16
 * pointers to const void (plain void is well) and unions by value.
 */
static bool
loadable(const dt_tracepoint_t *tp, const struct btf_type *t)
{
	if (dt_btf_kind(t) != BTF_KIND_PTR)
		return dt_btf_kind(t) != BTF_KIND_UNION;
	switch (dt_btf_kind(resolved(tp, t->type))) {
	case BTF_KIND_UNKN:
		return t->type == 0;
	case BTF_KIND_INT:
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		return true;
	default:
		return false;
	}
}

dt_argsrc_t
dt_tracepoint_arg(const dt_tracepoint_t *tp, int i)
{
	dt_argsrc_t a = {.kind = i < tp->nargs ? DT_ARG_CTX : DT_ARG_NONE, .n = i};
	uint32_t id = arg_id(tp, i), size = dt_btf_sizeof(tp->btf, id);
	const struct btf_type *t = resolved(tp, id);
	bool is_signed = dt_btf_kind(t) == BTF_KIND_INT
			     ? (BTF_INT_ENCODING(*(const uint32_t *)(t + 1)) & BTF_INT_SIGNED) != 0
			     : dt_btf_kind(t) == BTF_KIND_ENUM;
	if (size == 1 || size == 2 || size == 4)
		a.size = is_signed ? -(int)size : (int)size;
	if (a.kind == DT_ARG_CTX && !loadable(tp, t))
		a.kind = DT_ARG_CTXMEM;
	return a;
}

/* ---------------------------------------------------------------- attaching */

void
dt_tracepoint_site(const dt_probe_t *p, const dt_tracepoint_t *tp, dt_site_t *s)
{
	memset(s, 0, sizeof(*s));
	snprintf(s->key, sizeof(s->key), "%s:%s:%s:%s", p->prv, p->mod, p->fun, p->nam);
	s->trigger = DT_TRIGGER_ATTACH;
	s->prog_type = BPF_PROG_TYPE_TRACING;
	s->attach_type = BPF_TRACE_RAW_TP;
	s->btf_name = tp->name;
	s->btf_module = strcmp(tp->module, "vmlinux") ? tp->module : NULL;
	s->who = DT_WHO_ONE;
	for (int i = 0; i < DT_NARGS; i++)
		s->arg[i] = dt_tracepoint_arg(tp, i);
}

int
dt_tracepoint_attach(dtrace_hdl_t *dtp, dt_unit_t *u)
{
	int fd = bpf_raw_tracepoint_open(NULL, dt_unit_prog_fd(u));
	if (fd < 0)
		return dt_set_error(dtp, EDT_ENABLING_ERR, "cannot attach to the kernel's tracepoint %s: %s%s",
				    dt_unit_site(u)->btf_name, strerror(errno),
				    errno == EMFILE ? " (raise ulimit -n)" : "");
	dt_unit_add_link(u, fd);
	return 0;
}
