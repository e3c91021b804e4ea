/*
 * layout.c - where everything lies, decided before any code is made: records of each
 * clause, variables, keys and values of aggregations and associative arrays.
 *
 * Keys and records are no wider than what the compiler can prove: a comm is 16 bytes, and
 * a key that is the name of a probe or a constant in every use is the number of a string.
 */
#include <stdlib.h>
#include <string.h>

#include "../output/output.h"
#include "gen.h"

enum {
	COMM = 16,
	STACK_SLACK = 4
}; /* frames of the tracing itself on top of a kernel stack, at most */

static uint32_t
align_up(uint32_t n, uint32_t a)
{
	return (n + a - 1) & ~(a - 1);
}

static uint32_t
int_align(uint32_t size)
{
	return size >= 8 ? 8 : size >= 4 ? 4 : size >= 2 ? 2 : 1;
}

bool
is_string(dt_node_t *n)
{
	return dt_type_info(n->type).kind == DT_K_STRING;
}

static bool
is_probe_name(dt_node_t *n)
{
	if (n->kind != DN_IDENT || !n->id || n->id->kind != DT_ID_BUILTIN)
		return false;
	dt_builtin_t b = n->id->builtin;
	return b == DT_BV_PROBEPROV || b == DT_BV_PROBEMOD || b == DT_BV_PROBEFUNC || b == DT_BV_PROBENAME;
}

static bool
is_builtin(dt_node_t *n, dt_builtin_t b)
{
	return n->kind == DN_IDENT && n->id && n->id->kind == DT_ID_BUILTIN && n->id->builtin == b;
}

/* Bytes, NUL included, that the string never exceeds. */
uint32_t
str_bound(dt_node_t *n, uint32_t strsize)
{
	uint32_t b = strsize;
	if (is_builtin(n, DT_BV_EXECNAME))
		b = COMM;
	else if (is_builtin(n, DT_BV_ZONENAME))
		b = 8;
	else if (n->kind == DN_CALL && n->func == DT_F_X_ARGS && n->args->next->ival)
		b = (uint32_t)n->args->next->ival;
	else if (n->kind == DN_STR)
		b = align_up((uint32_t)n->len + 1, 8);
	else if (n->kind == DN_COND) {
		uint32_t l = str_bound(n->left, strsize), r = str_bound(n->right, strsize);
		b = l > r ? l : r;
	}
	return b < strsize ? b : strsize;
}

/* ------------------------------------------------------------------ tree walks */

typedef void visit_f(dt_module_t *, dt_node_t *);

static void
visit(dt_module_t *m, dt_node_t *n, visit_f *f)
{
	for (; n; n = n->next) {
		f(m, n);
		visit(m, n->left, f);
		visit(m, n->right, f);
		visit(m, n->cond, f);
		visit(m, n->args, f);
		visit(m, n->body, f);
		visit(m, n->orelse, f);
	}
}

/* ------------------------------------------------------- keys of arrays and aggregations */

/* What all uses of a key have in common so far. */
typedef struct keyclass {
	bool seen, strid, comm;
} keyclass_t;

typedef struct keyed {
	struct layout_var var; /* first: ident->storage points here */
	keyclass_t key[DT_MAXKEYS];
	dt_agginfo_t *agg;
} keyed_t;

static struct layout_var *
storage(dt_module_t *m, dt_ident_t *id)
{
	if (!id->storage) {
		keyed_t *k = dt_arena_alloc(m->arena, sizeof(*k));
		k->var.map = -1;
		id->storage = k;
	}
	return id->storage;
}

struct layout_var *
layout_of(gen_t *g, dt_ident_t *id)
{
	return storage(g->mod, id);
}

static void
note_key(keyclass_t *k, dt_node_t *n, uint32_t strsize)
{
	if (!is_string(n))
		return;
	bool strid = is_probe_name(n) || n->kind == DN_STR;
	bool comm = str_bound(n, strsize) <= COMM;
	k->strid = k->seen ? k->strid && strid : strid;
	k->comm = k->seen ? k->comm && comm : comm;
	k->seen = true;
}

static void
key_layout(dt_krec_t *r, uint32_t *off, dt_type_t type, const keyclass_t *k, int act, uint32_t frames,
	   uint32_t strsize)
{
	dt_tinfo_t t = dt_type_info(type);
	r->kind = DT_KK_BYTES;
	if (act == DTRACEACT_STACK) {
		r->kind = DT_KK_STACK;
		r->ksize = (frames + STACK_SLACK) * 8;
		*off = align_up(*off, 8);
	} else if (act == DTRACEACT_USTACK || act == DTRACEACT_JSTACK) {
		r->ksize = (frames + 1) * 8;
		*off = align_up(*off, 8);
	} else if (t.kind == DT_K_STRING && k->strid) {
		r->kind = DT_KK_STRID;
		r->ksize = 4;
		*off = align_up(*off, 4);
	} else if (t.kind == DT_K_STRING) {
		r->kind = DT_KK_STRING;
		r->ksize = k->comm ? COMM : align_up(strsize, 8);
		*off = align_up(*off, 8);
	} else {
		r->ksize = t.size ? t.size : 8;
		*off = align_up(*off, int_align(r->ksize));
	}
	r->koff = *off;
	*off += r->ksize;
}

/* ----------------------------------------------------------------- variables */

static void
note_var(dt_module_t *m, dt_node_t *n)
{
	uint32_t strsize = (uint32_t)m->dtp->opt[DT_OPT_STRSIZE];
	dt_ident_t *id = n->id;
	if (!id)
		return;
	if (n->kind == DN_IDENT || n->kind == DN_SELF || n->kind == DN_THIS || n->kind == DN_AGG) {
		if (id->kind == DT_ID_SCALAR)
			storage(m, id)->used = true;
	}
	dt_node_t *keys = n->args;
	if (n->kind == DN_INDEX && n->left && n->left->id && n->left->id->kind == DT_ID_ARRAY)
		id = n->left->id;
	if ((n->kind == DN_INDEX && id->kind == DT_ID_ARRAY) || (n->kind == DN_AGG && id->kind == DT_ID_AGG)) {
		keyed_t *k = (keyed_t *)storage(m, id);
		k->var.used = true;
		int i = 0;
		for (; keys && i < DT_MAXKEYS; keys = keys->next, i++)
			note_key(&k->key[i], keys, strsize);
	}
}

/* Bytes a variable's value takes: scalars 8, strings strsize, structs their size. */
static uint32_t
value_size(dt_type_t type, uint32_t strsize)
{
	dt_tinfo_t t = dt_type_info(type);
	if (t.kind == DT_K_STRING)
		return align_up(strsize, 8);
	if (t.kind == DT_K_STRUCT || t.kind == DT_K_UNION || t.kind == DT_K_ARRAY)
		return align_up(t.size, 8);
	return 8;
}

/* An index is masked to the power of 2 that its bound fits in (gen_mem.c): what may seem to be
 * reached behind the value, at most as much again. */
static uint32_t
slack(dt_type_t type, uint32_t strsize)
{
	dt_tinfo_t t = dt_type_info(type);
	if (t.kind == DT_K_STRING)
		return (strsize & (strsize - 1)) == 0 ? 0 : align_up(strsize, 8);
	if (t.kind == DT_K_STRUCT || t.kind == DT_K_UNION || t.kind == DT_K_ARRAY)
		return align_up(t.size, 8);
	return 0;
}

static void
layout_assoc(dt_module_t *m, dt_ident_t *id, uint32_t strsize)
{
	keyed_t *k = (keyed_t *)storage(m, id);
	uint32_t off = id->scope == DT_SC_SELF ? 8 : 0; /* self arrays: the thread's serial number first */
	for (int i = 0; i < id->nkeys; i++)
		key_layout(&k->var.key[i], &off, id->keys[i], &k->key[i], 0, 0, strsize);
	k->var.key_size = align_up(off, 8);
	k->var.size = value_size(id->type, strsize);
	k->var.room = k->var.size + slack(id->type, strsize);
	uint64_t room = m->dtp->opt[DT_OPT_DYNVARSIZE];
	uint64_t n = room / (k->var.key_size + k->var.room + 48);
	k->var.map = mod_map(m, DT_MAP_ASSOC, id->name, k->var.key_size, k->var.room, n < 1 ? 1 : (uint32_t)n);
	m->maps.p[k->var.map].ident = id;
}

static uint32_t
layout_scope(dt_module_t *m, dt_scope_t scope, uint32_t off, uint32_t strsize)
{
	uint32_t behind = 0;
	for (int i = 0; i < dt_idents_count(m->dtp, scope); i++) {
		dt_ident_t *id = dt_ident_byid(m->dtp, scope, i);
		if (!id || id->dead || !id->storage || !storage(m, id)->used)
			continue;
		if (id->kind == DT_ID_ARRAY) {
			layout_assoc(m, id, strsize);
		} else if (id->kind == DT_ID_SCALAR) {
			struct layout_var *v = storage(m, id);
			v->size = value_size(id->type, strsize);
			v->off = off;
			off += v->size;
			uint32_t more = slack(id->type, strsize);
			behind = more > behind ? more : behind;
		}
	}
	return off + behind;
}

/* -------------------------------------------------------------- aggregations */

static uint32_t
agg_value_size(dt_agginfo_t *a)
{
	switch (a->ident->aggfunc) {
	case DTRACEAGG_AVG:
		return sizeof(struct dt_aggavg);
	case DTRACEAGG_STDDEV:
		return sizeof(struct dt_aggstddev);
	case DTRACEAGG_MIN:
	case DTRACEAGG_MAX:
		return sizeof(struct dt_aggminmax);
	case DTRACEAGG_QUANTIZE:
	case DTRACEAGG_LQUANTIZE:
	case DTRACEAGG_LLQUANTIZE:
		a->nbuckets = dt_dist_nbuckets(a->ident->aggfunc, a->ident->aggarg);
		return (uint32_t)a->nbuckets * 8;
	default:
		return 8;
	}
}

static uint32_t
api_value_size(const dt_agginfo_t *a)
{
	int f = a->ident->aggfunc;
	return f == DTRACEAGG_MIN || f == DTRACEAGG_MAX ? 8 : a->value_size - (a->has_used ? 8 : 0);
}

/* Can what has been counted add up to zeros? */
static bool
can_cancel(int f)
{
	return f == DTRACEAGG_SUM || f == DTRACEAGG_QUANTIZE || f == DTRACEAGG_LQUANTIZE ||
	       f == DTRACEAGG_LLQUANTIZE;
}

/* Aggregations are numbered by first mention in the enabled program text. */
static void
note_agg(dt_module_t *m, dt_node_t *n)
{
	if (n->kind != DN_AGG || !n->id || !n->id->aggfunc)
		return;
	keyed_t *k = (keyed_t *)storage(m, n->id);
	if (k->agg)
		return;
	dt_agginfo_t *a = dt_arena_alloc(m->arena, sizeof(*a));
	a->ident = n->id;
	*dt_vec_push(&m->aggs) = a;
	a->id = (dtrace_aggid_t)m->aggs.n;
	k->agg = a;
}

static void
layout_agg(dt_module_t *m, dt_agginfo_t *a, uint32_t strsize)
{
	dt_ident_t *id = a->ident;
	keyed_t *k = (keyed_t *)storage(m, id);
	a->nkeys = id->nkeys > 0 ? id->nkeys : 0;
	a->has_gen = id->agg_cleared && a->id <= sizeof(((struct dt_state *)0)->agggen) / sizeof(dt_u32);
	a->value_size = agg_value_size(a);
	a->has_used = a->nkeys == 0 && can_cancel(id->aggfunc);
	a->value_size += a->has_used ? 8 : 0;
	a->recs = dt_arena_alloc(m->arena, sizeof(*a->recs) * (size_t)(a->nkeys + 2));
	dtrace_recdesc_t *r = a->recs;
	*r++ = (dtrace_recdesc_t){.dtrd_action = DTRACEACT_DIFEXPR, .dtrd_size = 4, .dtrd_alignment = 4};
	uint32_t koff = a->has_gen ? 4 : 0, off = 4;
	for (int i = 0; i < a->nkeys; i++, r++) {
		key_layout(&a->key[i], &koff, id->keys[i], &k->key[i], id->keyact[i], id->keyframes[i],
			   strsize);
		dt_tinfo_t t = dt_type_info(id->keys[i]);
		r->dtrd_action = id->keyact[i] ? (dtrace_actkind_t)id->keyact[i] : DTRACEACT_DIFEXPR;
		r->dtrd_size = a->key[i].ksize;
		if (id->keyact[i]) {
			r->dtrd_arg = id->keyframes[i];
			if (a->key[i].kind == DT_KK_STACK)
				r->dtrd_size = id->keyframes[i] * 8;
		} else if (t.kind == DT_K_STRING) {
			r->dtrd_arg = DT_RECF_STRING;
			if (a->key[i].kind == DT_KK_STRID)
				r->dtrd_size = align_up(strsize, 8);
		} else if (t.kind == DT_K_STRUCT || t.kind == DT_K_UNION || t.kind == DT_K_ARRAY) {
			r->dtrd_arg = DT_RECF_BYTES;
		} else {
			r->dtrd_arg = t.is_signed ? DT_RECF_SIGNED : 0;
		}
		r->dtrd_alignment = (uint16_t)int_align(r->dtrd_size);
		off = align_up(off, r->dtrd_alignment);
		r->dtrd_offset = off;
		off += r->dtrd_size;
	}
	off = align_up(off, 8);
	*r = (dtrace_recdesc_t){.dtrd_action = (dtrace_actkind_t)id->aggfunc,
				.dtrd_offset = off,
				.dtrd_size = api_value_size(a),
				.dtrd_alignment = 8};
	a->desc = (dtrace_aggdesc_t){.dtagd_name = (char *)(uintptr_t)id->name,
				     .dtagd_varid = a->id,
				     .dtagd_id = a->id,
				     .dtagd_size = off + r->dtrd_size,
				     .dtagd_nrecs = a->nkeys + 2,
				     .dtagd_rec = a->recs};
	if (a->nkeys == 0) {
		a->map = mod_map(m, DT_MAP_AGG, id->name, 0, a->value_size, a->has_gen ? 2 : 1);
	} else {
		a->key_size = align_up(koff, 4);
		uint64_t n = m->dtp->opt[DT_OPT_AGGSIZE] / (a->key_size + a->value_size + 16);
		a->map = mod_map(m, DT_MAP_AGG, id->name, a->key_size, a->value_size, n < 1 ? 1 : (uint32_t)n);
	}
	m->maps.p[a->map].ident = id;
}

/* ------------------------------------------------------------------- records */

typedef struct recs {
	dt_module_t *m;
	DT_VEC(dtrace_recdesc_t) r;
	DT_VEC(dt_krec_t) k;
	uint32_t off, koff;
	bool speculates;
} recs_t;

static dtrace_recdesc_t *
add_rec(recs_t *b, dtrace_actkind_t act, uint32_t size, dt_kkind_t kind, uint32_t ksize, int stmt)
{
	uint32_t al = size ? int_align(size) : 1, kal = ksize ? int_align(ksize) : 1;
	b->off = align_up(b->off, al);
	b->koff = align_up(b->koff, kal);
	dtrace_recdesc_t *r = dt_vec_push(&b->r);
	*r = (dtrace_recdesc_t){.dtrd_action = act,
				.dtrd_size = size,
				.dtrd_offset = b->off,
				.dtrd_alignment = (uint16_t)al,
				.dtrd_uarg = DT_UARG(stmt, 0)};
	*dt_vec_push(&b->k) = (dt_krec_t){kind, b->koff, ksize};
	b->off += size;
	b->koff += ksize;
	return r;
}

/* The value of an expression, as trace() and printf() record it. */
static dtrace_recdesc_t *
add_value(recs_t *b, dtrace_actkind_t act, dt_node_t *n, int stmt)
{
	uint32_t strsize = (uint32_t)b->m->dtp->opt[DT_OPT_STRSIZE];
	dt_tinfo_t t = dt_type_info(n->type);
	dtrace_recdesc_t *r;
	if (t.kind == DT_K_STRING) {
		if (is_probe_name(n))
			r = add_rec(b, act, align_up(DTRACE_FUNCNAMELEN, 8), DT_KK_STRID, 4, stmt);
		else {
			uint32_t size = align_up(str_bound(n, strsize), 8);
			r = add_rec(b, act, size, DT_KK_STRING, size, stmt);
		}
		r->dtrd_arg = DT_RECF_STRING;
	} else if (t.kind == DT_K_STRUCT || t.kind == DT_K_UNION || t.kind == DT_K_ARRAY) {
		r = add_rec(b, act, t.size, DT_KK_BYTES, t.size, stmt);
		r->dtrd_arg = DT_RECF_BYTES;
	} else {
		uint32_t size = t.size == 1 || t.size == 2 || t.size == 4 ? t.size : 8;
		r = add_rec(b, act, size, DT_KK_BYTES, size, stmt);
		r->dtrd_arg = t.is_signed ? DT_RECF_SIGNED : 0;
	}
	return r;
}

/* print() shows the value by its type: the number of the type, all of them being in one dictionary. */
static void
add_print(recs_t *b, dt_node_t *n, int stmt)
{
	dtrace_recdesc_t *r = add_value(b, DTRACEACT_PRINT, n, stmt);
	dt_type_t t = dt_type_info(n->type).kind == DT_K_STRING ? dt_basetypes(b->m->dtp)->string : n->type;
	r->dtrd_arg = (uint64_t)t.id;
}

/* freopen("") has no format of its own. */
static void
add_freopen(recs_t *b, dt_node_t *call)
{
	static const char original[] = DT_FREOPEN_ORIGINAL;
	const char *tag;
	char err[64];
	if (!call->fmt)
		call->fmt =
		    dt_fmt_parse(b->m->arena, original, sizeof(original) - 1, false, &tag, err, sizeof(err));
}

static uint32_t
add_format(dt_module_t *m, dt_fmt_t *fmt)
{
	if (!fmt)
		return 0;
	*dt_vec_push(&m->dtp->formats) = fmt;
	return (uint32_t)m->dtp->formats.n;
}

static dtrace_aggid_t
agg_id(dt_module_t *m, dt_node_t *n)
{
	keyed_t *k = (keyed_t *)storage(m, n->id);
	return k->agg ? k->agg->id : 0;
}

static uint32_t
const_arg(dt_node_t *n, dtrace_optval_t dflt)
{
	return (uint32_t)(n ? n->ival : dflt);
}

static void
add_libact(recs_t *b, dt_node_t *call, uint64_t what, int stmt)
{
	dt_node_t *value = call->args->next;
	uint32_t size = value ? 8 : 0;
	dtrace_recdesc_t *r = add_rec(b, DTRACEACT_LIBACT, size, DT_KK_BYTES, size, stmt);
	r->dtrd_arg = what;
	r->dtrd_uarg = DT_UARG(stmt, agg_id(b->m, call->args));
}

static void
add_action(recs_t *b, dt_node_t *call, int stmt)
{
	dt_module_t *m = b->m;
	const dtrace_optval_t *opt = m->dtp->opt;
	uint32_t fmt, n;
	dtrace_recdesc_t *r;
	dt_node_t *a = call->args;
	switch (call->func) {
	case DT_F_TRACE:
		add_value(b, DTRACEACT_DIFEXPR, a, stmt);
		break;
	case DT_F_PRINT:
		add_print(b, a, stmt);
		break;
	case DT_F_FREOPEN:
		add_freopen(b, call);
		/* fallthrough */
	case DT_F_SYSTEM:
	case DT_F_PRINTF: {
		dtrace_actkind_t act = call->func == DT_F_PRINTF   ? DTRACEACT_PRINTF
				       : call->func == DT_F_SYSTEM ? DTRACEACT_SYSTEM
								   : DTRACEACT_FREOPEN;
		fmt = add_format(m, call->fmt);
		if (!a->next)
			add_rec(b, act, 0, DT_KK_BYTES, 0, stmt)->dtrd_format = fmt;
		for (a = a->next; a; a = a->next)
			add_value(b, act, a, stmt)->dtrd_format = fmt;
		break;
	}
	case DT_F_PRINTA:
		fmt = add_format(m, call->fmt);
		for (; a; a = a->next) {
			if (a->kind != DN_AGG)
				continue;
			r = add_rec(b, DTRACEACT_PRINTA, 0, DT_KK_BYTES, 0, stmt);
			r->dtrd_format = fmt;
			r->dtrd_uarg = DT_UARG(stmt, agg_id(m, a));
		}
		break;
	case DT_F_TRACEMEM:
		if (a->next->next)
			add_rec(b, DTRACEACT_TRACEMEM_DYNSIZE, 8, DT_KK_BYTES, 8, stmt);
		n = const_arg(a->next, 0);
		add_rec(b, DTRACEACT_TRACEMEM, n, DT_KK_BYTES, n, stmt);
		break;
	case DT_F_STACK:
		n = const_arg(a, opt[DT_OPT_STACKFRAMES]);
		add_rec(b, DTRACEACT_STACK, n * 8, DT_KK_STACK, (n + STACK_SLACK) * 8, stmt)->dtrd_arg = n;
		break;
	case DT_F_USTACK:
	case DT_F_JSTACK:
		n = (uint32_t)call->ival;
		add_rec(b, call->func == DT_F_USTACK ? DTRACEACT_USTACK : DTRACEACT_JSTACK, (n + 1) * 8,
			DT_KK_BYTES, (n + 1) * 8, stmt)
		    ->dtrd_arg = call->ival;
		break;
	case DT_F_SYM:
	case DT_F_FUNC:
	case DT_F_MOD:
	case DT_F_USYM:
	case DT_F_UFUNC:
	case DT_F_UMOD:
	case DT_F_UADDR:
		n = call->func == DT_F_SYM || call->func == DT_F_FUNC || call->func == DT_F_MOD ? 8 : 16;
		add_rec(b, (dtrace_actkind_t)dt_func_keyact(call->func), n, DT_KK_BYTES, n, stmt);
		break;
	case DT_F_SETOPT:
		for (; a; a = a->next) {
			r = add_value(b, DTRACEACT_LIBACT, a, stmt);
			r->dtrd_arg = DT_ACT_SETOPT;
		}
		break;
	case DT_F_FTRUNCATE:
		add_rec(b, DTRACEACT_LIBACT, 0, DT_KK_BYTES, 0, stmt)->dtrd_arg = DT_ACT_FTRUNCATE;
		break;
	case DT_F_SPECULATE: /* nothing can stand before it: the speculation comes first in the record */
		b->speculates = true;
		b->koff = sizeof(struct dt_recspec);
		break;
	case DT_F_EXIT:
		add_rec(b, DTRACEACT_EXIT, 4, DT_KK_BYTES, 4, stmt);
		break;
	case DT_F_CLEAR:
		add_libact(b, call, DT_ACT_CLEAR, stmt);
		break;
	case DT_F_TRUNC:
		add_libact(b, call, DT_ACT_TRUNC, stmt);
		break;
	case DT_F_NORMALIZE:
		add_libact(b, call, DT_ACT_NORMALIZE, stmt);
		break;
	case DT_F_DENORMALIZE:
		add_libact(b, call, DT_ACT_DENORMALIZE, stmt);
		break;
	default:
		break;
	}
}

static void
finish_seg(dt_module_t *m, dt_clause_t *seg, recs_t *b)
{
	seg->nrecs = b->r.n;
	seg->recs = dt_arena_alloc(m->arena, sizeof(*seg->recs) * (size_t)(b->r.n + 1));
	seg->krecs = dt_arena_alloc(m->arena, sizeof(*seg->krecs) * (size_t)(b->r.n + 1));
	if (b->r.n) {
		memcpy(seg->recs, b->r.p, sizeof(*seg->recs) * (size_t)b->r.n);
		memcpy(seg->krecs, b->k.p, sizeof(*seg->krecs) * (size_t)b->r.n);
	}
	seg->recsize = align_up(b->off, 8);
	seg->krecsize = align_up(b->koff, 8);
	dt_vec_free(&b->r);
	dt_vec_free(&b->k);
}

/* A part of a clause that records on its own: the whole clause, or a run of statements between
 * (or inside) conditionals.  The first part is the clause itself. */
static dt_clause_t *
new_seg(dt_module_t *m, dt_clause_t *c, bool *first)
{
	dt_clause_t *seg = c;
	if (!*first) {
		seg = dt_arena_alloc(m->arena, sizeof(*seg));
		*seg = *c;
	}
	*first = false;
	seg->index = m->clauses.n;
	seg->records = seg->speculates = false;
	*dt_vec_push(&m->clauses) = seg;
	return seg;
}

static int
layout_list(dt_module_t *m, dt_clause_t *c, dt_node_t *list, int stmt, bool *first)
{
	while (list) {
		if (list->kind == DN_IF) {
			stmt++;
			stmt = layout_list(m, c, list->body, stmt, first);
			stmt = layout_list(m, c, list->orelse, stmt, first);
			list = list->next;
			continue;
		}
		dt_clause_t *seg = new_seg(m, c, first);
		recs_t b = {.m = m};
		for (; list && list->kind != DN_IF; list = list->next) {
			stmt++;
			dt_node_t *e = list->left;
			if (list->kind == DN_EXPR_STMT && e && e->kind == DN_CALL)
				add_action(&b, e, stmt);
		}
		seg->records = b.r.n > 0 || b.speculates;
		seg->speculates = b.speculates;
		finish_seg(m, seg, &b);
	}
	return stmt;
}

static void
layout_clause(dt_module_t *m, dt_clause_t *c, dtrace_epid_t *epid)
{
	bool first = true;
	int from = m->clauses.n;
	layout_list(m, c, c->stmts, 0, &first);
	if (first) {
		dt_clause_t *seg = new_seg(m, c, &first);
		recs_t b = {.m = m};
		finish_seg(m, seg, &b);
		seg->records = !c->stmts; /* the default action */
	}
	for (int i = from; i < m->clauses.n; i++) {
		dt_clause_t *seg = m->clauses.p[i];
		seg->epid0 = *epid;
		*epid += (dtrace_epid_t)(c->nprobes ? c->nprobes : 1);
		m->records |= seg->records;
	}
}

static void
forget(dt_module_t *m, dt_scope_t scope)
{
	for (int i = 0; i < dt_idents_count(m->dtp, scope); i++) {
		dt_ident_t *id = dt_ident_byid(m->dtp, scope, i);
		if (id)
			id->storage = NULL;
	}
}

/* m->clauses holds the enabled clauses on entry, their parts on return. */
void
layout_module(dt_module_t *m)
{
	uint32_t strsize = (uint32_t)m->dtp->opt[DT_OPT_STRSIZE];
	for (int s = DT_SC_GLOBAL; s <= DT_SC_AGG; s++)
		forget(m, (dt_scope_t)s);
	int n = m->clauses.n;
	dt_clause_t **clauses = m->clauses.p;
	m->clauses.p = NULL;
	m->clauses.n = m->clauses.cap = 0;
	for (int i = 0; i < n; i++) {
		visit(m, clauses[i]->pred, note_var);
		visit(m, clauses[i]->stmts, note_var);
		visit(m, clauses[i]->stmts, note_agg);
	}
	for (int i = 0; i < m->aggs.n; i++)
		layout_agg(m, m->aggs.p[i], strsize);
	dtrace_epid_t epid = 1;
	for (int i = 0; i < n; i++)
		layout_clause(m, clauses[i], &epid);
	free(clauses);

	uint32_t size = layout_scope(m, DT_SC_GLOBAL, 0, strsize);
	if (size)
		m->globals = mod_map(m, DT_MAP_GLOBALS, "globals", 4, size, 1);
	layout_scope(m, DT_SC_THIS, 0, strsize); /* sizes only: gen places them as clauses use them */
	size = layout_scope(m, DT_SC_SELF, 8, strsize);
	bool self = false;
	for (int i = 0; i < dt_idents_count(m->dtp, DT_SC_SELF); i++) {
		dt_ident_t *id = dt_ident_byid(m->dtp, DT_SC_SELF, i);
		self |= id && id->storage;
	}
	if (self)
		mod_map(m, DT_MAP_SELF, "self", 4, size, 1);
}
