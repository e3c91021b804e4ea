/*
 * layout_rec.c - the records of a clause: what each action leaves in them, where it lies as
 * the kernel writes it and as the API shows it.
 */
#include <stdlib.h>
#include <string.h>

#include "../output/output.h"
#include "gen.h"

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
			r = add_rec(b, act, dt_api_strsize(size), DT_KK_STRING, size, stmt);
		}
		r->dtrd_arg = DT_RECF_STRING;
	} else if (t.kind == DT_K_STRUCT || t.kind == DT_K_UNION || t.kind == DT_K_ARRAY ||
		   (t.kind == DT_K_FLOAT && t.size > 8)) {
		r = add_rec(b, act, t.size, DT_KK_BYTES, t.size, stmt);
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
	for (int i = 0; i < m->aggs.n; i++)
		if (m->aggs.p[i]->ident == n->id)
			return m->aggs.p[i]->id;
	return 0;
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
	case DT_F_PRINTM:
		n = const_arg(a, 0);
		add_rec(b, DTRACEACT_TRACEMEM_DYNSIZE, 8, DT_KK_BYTES, 8, stmt)->dtrd_arg = DT_TRACEMEM_EXACT;
		add_rec(b, DTRACEACT_TRACEMEM, n, DT_KK_BYTES, n, stmt);
		break;
	case DT_F_STACK:
		n = (uint32_t)call->ival;
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

void
layout_records(dt_module_t *m, dt_clause_t *c, dtrace_epid_t *epid)
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
