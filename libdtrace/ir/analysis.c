/* analysis.c - see analysis.h. */
#include "analysis.h"

#include <stdlib.h>
#include <string.h>

int
ir_reg_operands(ir_insn_t *i, ir_opnd_t *out[IR_MAXOPNDS])
{
	int n = 0;
	if (i->a.kind == IR_O_REG)
		out[n++] = &i->a;
	if (i->b.kind == IR_O_REG)
		out[n++] = &i->b;
	if (i->c.kind == IR_O_REG)
		out[n++] = &i->c;
	for (int k = 0; k < i->nargs; k++)
		if (i->args[k].kind == IR_O_REG)
			out[n++] = &i->args[k];
	return n;
}

bool
ir_is_term(ir_op_t op)
{
	return op == IR_JMP || op == IR_BR || op == IR_RET;
}

bool
ir_is_binary(ir_op_t op)
{
	return op >= IR_ADD && op <= IR_ARSH;
}

bool
ir_is_unary(ir_op_t op)
{
	return op >= IR_NEG && op <= IR_BSWAP;
}

bool
ir_is_call(ir_op_t op)
{
	return op == IR_CALL || op == IR_RT || op == IR_FN;
}

bool
ir_is_mem(ir_op_t op)
{
	return op >= IR_LD && op <= IR_CAS;
}

bool
ir_commutes(ir_op_t op)
{
	return op == IR_ADD || op == IR_MUL || op == IR_AND || op == IR_OR || op == IR_XOR;
}

bool
ir_has_effect(const ir_insn_t *i)
{
	if (ir_is_term(i->op))
		return true;
	if (ir_is_call(i->op))
		return !i->pure;
	return ir_is_mem(i->op) && i->op != IR_LD;
}

bool
ir_is_remat(const ir_insn_t *i)
{
	return i->op == IR_OBJ || i->op == IR_MAP || i->op == IR_FNADDR || i->op == IR_MAPVAL ||
	       (i->op == IR_MOV && i->a.kind == IR_O_IMM);
}

ir_cc_t
ir_cc_swapped(ir_cc_t cc)
{
	static const ir_cc_t swapped[] = {IR_EQ,  IR_NE,  IR_UGT, IR_UGE, IR_ULT, IR_ULE,
					  IR_SGT, IR_SGE, IR_SLT, IR_SLE, IR_TST};
	return swapped[cc];
}

bool
ir_cc_inverse(ir_cc_t cc, ir_cc_t *out)
{
	static const ir_cc_t inverse[] = {IR_NE,  IR_EQ,  IR_UGE, IR_UGT, IR_ULE,
					  IR_ULT, IR_SGE, IR_SGT, IR_SLE, IR_SLT};
	if (cc == IR_TST)
		return false;
	*out = inverse[cc];
	return true;
}

static uint64_t
low(uint64_t v, int size)
{
	return size >= 8 ? v : v & ((1ULL << (8 * size)) - 1);
}

uint64_t
ir_eval(ir_op_t op, int size, uint64_t a, uint64_t b)
{
	int unused = 64 - 8 * (size ? size : 8);
	switch (op) {
	case IR_ADD:
		return a + b;
	case IR_SUB:
		return a - b;
	case IR_MUL:
		return a * b;
	case IR_UDIV:
		return b ? a / b : 0;
	case IR_UMOD:
		return b ? a % b : a;
	case IR_AND:
		return a & b;
	case IR_OR:
		return a | b;
	case IR_XOR:
		return a ^ b;
	case IR_LSH:
		return a << (b & 63);
	case IR_RSH:
		return a >> (b & 63);
	case IR_ARSH:
		return (uint64_t)((int64_t)a >> (b & 63));
	case IR_NEG:
		return -a;
	case IR_SEXT:
		return (uint64_t)((int64_t)(a << unused) >> unused);
	case IR_ZEXT:
		return low(a, size);
	case IR_BSWAP:
		return __builtin_bswap64(a) >> unused;
	default:
		return a;
	}
}

bool
ir_eval_cc(ir_cc_t cc, uint64_t a, uint64_t b)
{
	int64_t sa = (int64_t)a, sb = (int64_t)b;
	switch (cc) {
	case IR_EQ:
		return a == b;
	case IR_NE:
		return a != b;
	case IR_ULT:
		return a < b;
	case IR_ULE:
		return a <= b;
	case IR_UGT:
		return a > b;
	case IR_UGE:
		return a >= b;
	case IR_SLT:
		return sa < sb;
	case IR_SLE:
		return sa <= sb;
	case IR_SGT:
		return sa > sb;
	case IR_SGE:
		return sa >= sb;
	case IR_TST:
		return (a & b) != 0;
	}
	return false;
}

void
ir_info_init(ir_info_t *info, const ir_func_t *f)
{
	size_t n = (size_t)f->nregs;
	info->ndefs = dt_xcalloc(n, sizeof(int));
	info->nuses = dt_xcalloc(n, sizeof(int));
	info->def = dt_xcalloc(n, sizeof(ir_insn_t *));
	for (int p = 0; p < f->nparams; p++)
		info->ndefs[p] = 1;
	for (int b = 0; b < f->blocks.n; b++) {
		ir_block_t *blk = f->blocks.p[b];
		for (ir_insn_t *i = blk->insns.p, *end = i + blk->insns.n; i < end; i++) {
			ir_opnd_t *use[IR_MAXOPNDS];
			for (int k = ir_reg_operands(i, use); k-- > 0;)
				info->nuses[use[k]->reg]++;
			if (i->dst >= 0)
				info->def[i->dst] = info->ndefs[i->dst]++ ? NULL : i;
		}
	}
}

void
ir_info_free(ir_info_t *info)
{
	free(info->ndefs);
	free(info->nuses);
	free(info->def);
}

ir_insn_t *
ir_last(const ir_block_t *b)
{
	return &b->insns.p[b->insns.n - 1];
}

void
ir_drop_unreachable(ir_func_t *f)
{
	bool *reached = dt_xcalloc((size_t)f->blocks.n, sizeof(bool));
	reached[0] = true;
	int n = 0;
	for (int b = 0; b < f->blocks.n; b++) {
		if (!reached[b])
			continue;
		ir_block_t *blk = f->blocks.p[b];
		const ir_insn_t *last = ir_last(blk);
		if (last->op != IR_RET)
			reached[last->t->id] = true;
		if (last->op == IR_BR)
			reached[last->f->id] = true;
		f->blocks.p[n++] = blk;
	}
	f->blocks.n = n;
	/* Only now: targets were looked up by their old numbers. */
	for (int b = 0; b < n; b++)
		f->blocks.p[b]->id = b;
	free(reached);
}

/* The dominator tree grows as blocks are walked; `jump` leads to an ancestor such that any
 * ancestor is O(log depth) steps away. */
typedef struct domtree {
	int *parent, *depth, *jump;
} domtree_t;

static int
common_ancestor(const domtree_t *t, int a, int b)
{
	if (t->depth[a] < t->depth[b]) {
		int x = a;
		a = b;
		b = x;
	}
	while (t->depth[a] > t->depth[b])
		a = t->depth[t->jump[a]] >= t->depth[b] ? t->jump[a] : t->parent[a];
	while (a != b) {
		bool far = t->jump[a] != t->jump[b];
		a = far ? t->jump[a] : t->parent[a];
		b = far ? t->jump[b] : t->parent[b];
	}
	return a;
}

static void
add_child(domtree_t *t, int b, int p)
{
	int j = t->jump[p];
	bool even = t->depth[p] - t->depth[j] == t->depth[j] - t->depth[t->jump[j]];
	t->parent[b] = p;
	t->depth[b] = t->depth[p] + 1;
	t->jump[b] = even ? t->jump[j] : p;
}

void
ir_dom_init(ir_dom_t *d, const ir_func_t *f)
{
	size_t n = (size_t)f->blocks.n;
	d->idom = dt_xcalloc(n, sizeof(int));
	d->npreds = dt_xcalloc(n, sizeof(int));
	memset(d->idom, -1, n * sizeof(int));
	domtree_t t = {d->idom, dt_xcalloc(n, sizeof(int)), dt_xcalloc(n, sizeof(int))};
	int *meet = dt_xcalloc(n, sizeof(int)); /* of the predecessors seen so far */
	for (int b = 0; b < f->blocks.n; b++) {
		if (b)
			add_child(&t, b, meet[b]);
		const ir_insn_t *last = ir_last(f->blocks.p[b]);
		const ir_block_t *to[] = {last->op == IR_RET ? NULL : last->t,
					  last->op == IR_BR ? last->f : NULL};
		for (int k = 0; k < 2; k++) {
			if (!to[k])
				continue;
			int s = to[k]->id;
			meet[s] = d->npreds[s]++ ? common_ancestor(&t, meet[s], b) : b;
		}
	}
	free(t.depth);
	free(t.jump);
	free(meet);
}

void
ir_dom_free(ir_dom_t *d)
{
	free(d->idom);
	free(d->npreds);
}
