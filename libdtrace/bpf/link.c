/*
 * link.c - a complete program out of the unit's functions and the runtime routines
 * they need: places them one after the other, resolves calls, describes them by BTF.
 *
 * Only what main reaches is linked: the kernel refuses unreachable code.  With BTF the
 * kernel verifies a global function once, for any arguments of its types; without, or
 * when the function is static, again at every call.
 */
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../runtime/rt.h"
#include "../runtime/table.h"
#include "bpf.h"

#include "runtime_table.h"

enum {
	NROUTINES = sizeof(rt_table) / sizeof(rt_table[0]),
	MAXFUNCS = sizeof(((bpf_image_t *)0)->func) / sizeof(((bpf_image_t *)0)->func[0])
};

/* A placed function: one of the unit's, or a routine. */
typedef struct placed {
	int code;    /* index in codes, or -1 */
	int routine; /* index in rt_table, or -1 */
} placed_t;

typedef struct linker {
	dtrace_hdl_t *dtp;
	const ir_unit_t *unit;
	const bpf_code_t *codes;
	int ncodes;
	bpf_image_t *out;
	placed_t placed[MAXFUNCS]; /* parallel to out->func */
	int routine_at[NROUTINES]; /* number of the image's function + 1, 0 = not placed */
	int code_at[MAXFUNCS];
} linker_t;

/* ---------------------------------------------------------------- placing */

static int
place(linker_t *l, int code, int routine)
{
	int *at = code >= 0 ? &l->code_at[code] : &l->routine_at[routine];
	if (*at)
		return *at - 1;
	int n = l->out->nfuncs;
	if (n == MAXFUNCS)
		return dt_set_error(l->dtp, EDT_DIFSIZE, "program %s has more than %d functions", l->unit->name,
				    MAXFUNCS);
	l->placed[n] = (placed_t){code, routine};
	l->out->func[n].name = code >= 0 ? l->codes[code].name : rt_table[routine].name;
	l->out->nfuncs++;
	*at = n + 1;
	return n;
}

static int
find_routine(linker_t *l, const char *name)
{
	for (int i = 0; i < NROUTINES; i++)
		if (rt_table[i].is_global && !strcmp(rt_table[i].name, name))
			return i;
	return dt_set_error(l->dtp, EDT_DIFINVAL, "there is no runtime routine %s (a bug in dbridge)", name);
}

/* The image's number of the function that a relocation calls. */
static int
place_target(linker_t *l, const bpf_reloc_t *r)
{
	if (r->kind == BPF_R_RT) {
		int routine = find_routine(l, r->name);
		return routine < 0 ? -1 : place(l, -1, routine);
	}
	if (r->n < 0 || r->n >= l->ncodes)
		return dt_set_error(l->dtp, EDT_DIFINVAL,
				    "program %s calls function %d, which it lacks (a bug in dbridge)",
				    l->unit->name, r->n);
	return place(l, r->n, -1);
}

static int
place_all(linker_t *l)
{
	if (place(l, 0, -1) < 0)
		return -1;
	/* The list grows while it is walked, until everything reachable is on it. */
	for (int n = 0; n < l->out->nfuncs; n++) {
		placed_t p = l->placed[n];
		if (p.code >= 0) {
			const bpf_code_t *c = &l->codes[p.code];
			for (int i = 0; i < c->relocs.n; i++) {
				bpf_rkind_t kind = c->relocs.p[i].kind;
				if ((kind == BPF_R_RT || kind == BPF_R_FN || kind == BPF_R_FNADDR) &&
				    place_target(l, &c->relocs.p[i]) < 0)
					return -1;
			}
		} else {
			const rt_func_t *f = &rt_table[p.routine];
			for (int i = 0; i < f->nrelocs; i++)
				if (place(l, -1, f->relocs[i].target) < 0)
					return -1;
		}
	}
	return 0;
}

/* ---------------------------------------------------------- instructions */

static void
append_insns(linker_t *l)
{
	bpf_image_t *out = l->out;
	for (int n = 0; n < out->nfuncs; n++) {
		placed_t p = l->placed[n];
		const struct bpf_insn *insns =
		    p.code >= 0 ? l->codes[p.code].insns.p : rt_table[p.routine].insns;
		int count = p.code >= 0 ? l->codes[p.code].insns.n : rt_table[p.routine].ninsns;
		out->func[n].insn = out->insns.n;
		for (int i = 0; i < count; i++)
			*dt_vec_push(&out->insns) = insns[i];
	}
}

/* Calls and function addresses count from the next instruction. */
static void
resolve(bpf_image_t *out, int insn, int target, bool is_address)
{
	struct bpf_insn *in = &out->insns.p[insn];
	in->src_reg = is_address ? BPF_PSEUDO_FUNC : BPF_PSEUDO_CALL;
	in->off = 0;
	in->imm = out->func[target].insn - (insn + 1);
	if (is_address)
		in[1].imm = 0;
}

static void
resolve_all(linker_t *l)
{
	bpf_image_t *out = l->out;
	for (int n = 0; n < out->nfuncs; n++) {
		placed_t p = l->placed[n];
		int start = out->func[n].insn;
		if (p.routine >= 0) {
			const rt_func_t *f = &rt_table[p.routine];
			for (int i = 0; i < f->nrelocs; i++)
				resolve(out, start + f->relocs[i].insn, l->routine_at[f->relocs[i].target] - 1,
					f->relocs[i].is_address);
			continue;
		}
		const bpf_code_t *c = &l->codes[p.code];
		for (int i = 0; i < c->relocs.n; i++) {
			bpf_reloc_t r = c->relocs.p[i];
			if (r.kind == BPF_R_RT || r.kind == BPF_R_FN || r.kind == BPF_R_FNADDR) {
				resolve(out, start + r.insn, place_target(l, &r), r.kind == BPF_R_FNADDR);
			} else {
				r.insn += start;
				*dt_vec_push(&out->maprelocs) = r;
			}
		}
	}
}

/* -------------------------------------------------------------------- BTF */

enum {
	MAXSTRUCTS = 16
};

typedef struct types {
	struct btf *btf;
	int u64, voidp;
	struct {
		const char *name;
		int ptr;
	} sou[MAXSTRUCTS];
	int nsou;
} types_t;

static int
pointer_to(types_t *t, const char *name, uint32_t size)
{
	for (int i = 0; i < t->nsou; i++)
		if (!strcmp(t->sou[i].name, name))
			return t->sou[i].ptr;
	/* The kernel asks only for name and size: the struct needs no members. */
	int ptr = btf__add_ptr(t->btf, btf__add_struct(t->btf, name, size));
	if (t->nsou < MAXSTRUCTS) {
		t->sou[t->nsou].name = name;
		t->sou[t->nsou++].ptr = ptr;
	}
	return ptr;
}

/* Id of the FUNC, or negative. */
static int
add_func(types_t *t, const char *name, const int *params, int nparams, bool is_global)
{
	static const char *const names[RT_MAXPARAMS] = {"a", "b", "c", "d", "e"};
	int proto = btf__add_func_proto(t->btf, t->u64);
	for (int i = 0; i < nparams; i++)
		if (btf__add_func_param(t->btf, names[i], params[i]) < 0)
			return -1;
	return btf__add_func(t->btf, name, is_global ? BTF_FUNC_GLOBAL : BTF_FUNC_STATIC, proto);
}

static int
add_routine(types_t *t, const rt_func_t *f)
{
	int params[RT_MAXPARAMS];
	for (int i = 0; i < f->nparams; i++) {
		const rt_param_t *p = &f->params[i];
		params[i] = p->sou ? pointer_to(t, p->sou, p->size) : t->u64;
	}
	return add_func(t, f->name, params, f->nparams, f->is_global);
}

/* A function that takes a context the kernel knows no struct for cannot be global. */
static int
add_code(types_t *t, const ir_unit_t *unit, const ir_func_t *f)
{
	int params[RT_MAXPARAMS];
	bool is_global = true;
	for (int i = 0; i < f->nparams && i < RT_MAXPARAMS; i++) {
		const char *type = f->is_main ? "ctx" : f->paramtypes[i];
		if (type && !strcmp(type, "scratch")) {
			params[i] = pointer_to(t, "dt_scratch", sizeof(struct dt_scratch));
		} else if (type && !strcmp(type, "ctx")) {
			params[i] = unit->ctxtype ? pointer_to(t, unit->ctxtype, sizeof(uint64_t)) : t->voidp;
			is_global &= unit->ctxtype != NULL;
		} else if (type && !strcmp(type, "stack")) {
			params[i] = t->voidp; /* memory of the function that called the helper */
			is_global = false;
		} else {
			params[i] = t->u64;
		}
	}
	return add_func(t, f->name, params, f->nparams, is_global || f->is_main);
}

static bool
build_btf(const linker_t *l, types_t *t, struct bpf_func_info *info)
{
	t->u64 = btf__add_int(t->btf, "u64", 8, 0);
	t->voidp = btf__add_ptr(t->btf, 0);
	for (int n = 0; n < l->out->nfuncs; n++) {
		placed_t p = l->placed[n];
		int id = p.routine >= 0 ? add_routine(t, &rt_table[p.routine])
					: add_code(t, l->unit, l->unit->funcs.p[p.code]);
		if (id < 0)
			return false;
		info[n].insn_off = l->out->func[n].insn;
		info[n].type_id = id;
	}
	return true;
}

static int
load_btf(linker_t *l)
{
	bpf_image_t *out = l->out;
	types_t t = {.btf = btf__new_empty()};
	struct bpf_func_info *info = dt_xcalloc(out->nfuncs, sizeof(*info));
	out->func_info = info;
	out->func_info_cnt = out->nfuncs;

	int err = 0;
	uint32_t size = 0;
	const void *data = NULL;
	if (t.btf && build_btf(l, &t, info))
		data = btf__raw_data(t.btf, &size);
	if (!data)
		err = dt_set_error(l->dtp, EDT_DIFINVAL,
				   "cannot describe the functions of program %s (a bug in dbridge)",
				   l->unit->name);
	else if ((out->btf_fd = bpf_btf_load(data, size, NULL)) < 0 && errno != EPERM)
		err = dt_set_error(l->dtp, EDT_DIFINVAL, "the kernel refused the types of program %s: %s",
				   l->unit->name, strerror(errno));
	/* Without privilege programs can still be listed; bpf_load() will tell. */
	btf__free(t.btf);
	return err;
}

/* --------------------------------------------------------------- the image */

int
bpf_link_image(dtrace_hdl_t *dtp, const ir_unit_t *unit, bpf_code_t *codes, int ncodes, bpf_image_t *out)
{
	linker_t l = {.dtp = dtp, .unit = unit, .codes = codes, .ncodes = ncodes, .out = out};
	memset(out, 0, sizeof(*out));
	out->btf_fd = -1;
	if (ncodes > MAXFUNCS)
		return dt_set_error(dtp, EDT_DIFSIZE, "program %s has more than %d functions", unit->name,
				    MAXFUNCS);
	if (place_all(&l) < 0)
		goto fail;
	append_insns(&l);
	resolve_all(&l);
	if (out->nfuncs > 1 && load_btf(&l) < 0)
		goto fail;
	return 0;
fail:
	bpf_image_free(out);
	return -1;
}

void
bpf_image_free(bpf_image_t *img)
{
	dt_vec_free(&img->insns);
	dt_vec_free(&img->maprelocs);
	free(img->func_info);
	img->func_info = NULL;
	img->func_info_cnt = 0;
	img->nfuncs = 0;
	if (img->btf_fd >= 0)
		close(img->btf_fd);
	img->btf_fd = -1;
}

void
bpf_image_dump(const bpf_image_t *img, FILE *fp)
{
	int next = 0;
	for (int i = 0, used; i < img->insns.n; i += used) {
		if (next < img->nfuncs && img->func[next].insn == i)
			fprintf(fp, "%s:\n", img->func[next++].name);
		char line[256];
		used = bpf_disasm(img->insns.p, i, img->insns.n, line, sizeof(line));
		fprintf(fp, "%6d: %s\n", i, line);
		if (used < 1)
			used = 1;
	}
}
