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
	COMM = 16
};

bool
is_string(dt_node_t *n)
{
	return dt_type_info(n->type).kind == DT_K_STRING;
}

bool
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

/* A map has one entry at least; how many the kernel really gives is seen when it is made. */
static uint32_t
entries(uint64_t n)
{
	return n < 1 ? 1 : n > UINT32_MAX ? UINT32_MAX : (uint32_t)n;
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
	k->var.map = mod_map(m, DT_MAP_ASSOC, id->name, k->var.key_size, k->var.room, entries(n));
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
			if (id->kvar)
				*dt_vec_push(&m->kvars) =
				    (dt_kvaruse_t){.number = id->kvar - 1, .off = off, .size = v->size};
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
	if (a->nbuckets)
		return dt_dist_size(a);
	return f == DTRACEAGG_MIN || f == DTRACEAGG_MAX ? 8 : a->value_size - (a->has_used ? 8 : 0);
}

/* Can what has been counted add up to zeros? */
static bool
can_cancel(int f)
{
	return f == DTRACEAGG_SUM || f == DTRACEAGG_QUANTIZE || f == DTRACEAGG_LQUANTIZE ||
	       f == DTRACEAGG_LLQUANTIZE;
}

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
	k->agg = a;
}

static int
by_mention(const void *a, const void *b)
{
	return (*(dt_agginfo_t *const *)a)->ident->id - (*(dt_agginfo_t *const *)b)->ident->id;
}

/* Aggregations are numbered by first mention in the program text, even where that never runs: it is the
 * order in which they are printed at the end. */
static void
number_aggs(dt_module_t *m)
{
	if (m->aggs.n)
		qsort(m->aggs.p, (size_t)m->aggs.n, sizeof(m->aggs.p[0]), by_mention);
	for (int i = 0; i < m->aggs.n; i++)
		m->aggs.p[i]->id = (dtrace_aggid_t)i + 1;
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
			r->dtrd_size = dt_api_strsize(a->key[i].kind == DT_KK_STRID ? align_up(strsize, 8)
										    : a->key[i].ksize);
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
	a->desc = (dtrace_aggdesc_t){
	    .dtagd_name = (char *)(uintptr_t)id->name,
	    .dtagd_varid = a->id,
	    .dtagd_id = a->id,
	    .dtagd_size = off + (a->nbuckets ? dt_dist_head(a) + (uint32_t)a->nbuckets * 8 : r->dtrd_size),
	    .dtagd_nrecs = a->nkeys + 2,
	    .dtagd_rec = a->recs};
	if (a->nkeys == 0) {
		a->map = mod_map(m, DT_MAP_AGG, id->name, 0, a->value_size, a->has_gen ? 2 : 1);
	} else {
		a->key_size = align_up(koff, 4);
		uint64_t n = m->dtp->opt[DT_OPT_AGGSIZE] / (a->key_size + a->value_size + 16);
		a->map = mod_map(m, DT_MAP_AGG, id->name, a->key_size, a->value_size, entries(n));
		uint32_t spare =
		    entries(n) / DT_AGG_PART < DT_AGG_SPARE ? entries(n) / DT_AGG_PART : DT_AGG_SPARE;
		if (spare && a->value_size <= DT_AGG_LARGE && a->id <= DT_AGG_SPARES)
			a->spare = mod_map(m, DT_MAP_AGGSPARE, "spare", a->key_size, a->value_size, spare);
	}
	m->maps.p[a->map].ident = id;
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
		int before = m->aggs.n;
		visit(m, clauses[i]->stmts, note_agg);
		for (int j = before; j < m->aggs.n; j++)
			m->aggs.p[j]->clause = clauses[i];
	}
	for (int i = 0; i < m->carriers.n; i++) {
		const dt_clause_t *c = m->carriers.p[i];
		visit(m, c->pred, note_var);
		visit(m, c->stmts, note_var);
		for (int v = 0; v < c->nvalues; v++)
			visit(m, c->values[v], note_var);
	}
	number_aggs(m);
	for (int i = 0; i < m->aggs.n; i++)
		layout_agg(m, m->aggs.p[i], strsize);
	dtrace_epid_t epid = 1;
	for (int i = 0; i < n; i++)
		layout_records(m, clauses[i], &epid);
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
