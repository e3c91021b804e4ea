/*
 * pass_gvn.c - what was computed before is not computed again.
 *
 * The dominator tree is walked from the entry with a table of the expressions
 * computed on the way, scoped like names: leaving a subtree forgets what it added.
 * A second computation gives way to the first.  Behind a branch the table also
 * knows the branch's outcome, so a condition tested again is decided.
 *
 * Sharing constants and addresses makes them live long; the register allocator
 * recomputes those where that is cheaper than keeping them.
 */
#include "analysis.h"

#include <stdlib.h>
#include <string.h>

enum {
	NBUCKETS = 4096
};

typedef struct expr {
	ir_op_t op;
	ir_cc_t cc;
	int size, nargs;
	int32_t off;
	int64_t imm;
	const char *name;
	ir_opnd_t opnd[IR_MAXOPNDS]; /* a, b, c, args */
} expr_t;

typedef struct entry {
	expr_t key;
	int next; /* older entry of the bucket, -1 at the end */
	int bucket;
	ir_opnd_t value;
} entry_t;

typedef struct gvn {
	ir_func_t *f;
	ir_info_t info;
	ir_dom_t dom;
	int *child, *sibling; /* dominator tree; -1 */
	int *leader;          /* register that replaces this one */
	int head[NBUCKETS];
	DT_VEC(entry_t) entries; /* a stack: scopes end by truncation */
} gvn_t;

static bool
is_numbered(const ir_insn_t *i)
{
	switch (i->op) {
	case IR_NEG:
	case IR_SEXT:
	case IR_ZEXT:
	case IR_BSWAP:
	case IR_SET:
	case IR_SCALAR:
	case IR_CTX:
	case IR_OBJ:
	case IR_MAP:
	case IR_FNADDR:
	case IR_MAPVAL:
		return true;
	case IR_LD:
	case IR_CALL:
	case IR_RT:
	case IR_FN:
		return i->pure;
	default:
		return ir_is_binary(i->op);
	}
}

/* Order operands so that equal expressions look equal. */
static void
canonical(expr_t *k)
{
	ir_opnd_t a = k->opnd[0], b = k->opnd[1];
	bool wrong = a.kind == IR_O_IMM || (b.kind == IR_O_REG && a.reg > b.reg);
	if (!wrong || !(ir_commutes(k->op) || k->op == IR_SET))
		return;
	k->opnd[0] = b;
	k->opnd[1] = a;
	if (k->op == IR_SET)
		k->cc = ir_cc_swapped(k->cc);
}

/* The key of a pure instruction or, as that of IR_SET, of a branch; false when an operand may change. */
static bool
make_key(const gvn_t *g, const ir_insn_t *i, expr_t *k)
{
	memset(k, 0, sizeof(*k));
	bool cond = i->op == IR_BR || i->op == IR_SET;
	k->op = i->op == IR_BR ? IR_SET : i->op;
	k->cc = cond ? i->cc : IR_EQ;
	k->size = cond ? 0 : i->size;
	k->off = i->off;
	k->imm = i->imm;
	k->name = i->name;
	k->nargs = i->nargs;
	const ir_opnd_t abc[] = {i->a, i->b, i->c};
	for (int n = 0; n < 3 + i->nargs; n++) {
		ir_opnd_t o = n < 3 ? abc[n] : i->args[n - 3];
		if (o.kind == IR_O_REG && g->info.ndefs[o.reg] != 1)
			return false;
		k->opnd[n].kind = o.kind;
		k->opnd[n].reg = o.reg;
		k->opnd[n].imm = o.kind == IR_O_IMM ? o.imm : 0;
	}
	canonical(k);
	return true;
}

static int
bucket_of(const expr_t *k)
{
	uint64_t h = ((uint64_t)k->op << 8 | (uint64_t)k->cc) ^ (uint64_t)k->imm << 16 ^
		     (uint64_t)(uint32_t)k->off << 20;
	for (int n = 0; n < 3 + k->nargs; n++) {
		uint64_t o = k->opnd[n].kind == IR_O_REG ? (uint64_t)k->opnd[n].reg : ~(uint64_t)k->opnd[n].imm;
		h = (h ^ o) * 0x9e3779b97f4a7c15ULL;
		h ^= h >> 29;
	}
	return (int)(h % NBUCKETS);
}

static bool
same_key(const expr_t *x, const expr_t *y)
{
	if (x->op != y->op || x->cc != y->cc || x->size != y->size || x->off != y->off || x->imm != y->imm ||
	    x->nargs != y->nargs)
		return false;
	if (x->name != y->name && (!x->name || !y->name || strcmp(x->name, y->name) != 0))
		return false;
	for (int n = 0; n < 3 + x->nargs; n++)
		if (x->opnd[n].kind != y->opnd[n].kind || x->opnd[n].reg != y->opnd[n].reg ||
		    x->opnd[n].imm != y->opnd[n].imm)
			return false;
	return true;
}

static const entry_t *
find(const gvn_t *g, const expr_t *k)
{
	for (int e = g->head[bucket_of(k)]; e >= 0; e = g->entries.p[e].next)
		if (same_key(&g->entries.p[e].key, k))
			return &g->entries.p[e];
	return NULL;
}

static void
add(gvn_t *g, const expr_t *k, ir_opnd_t value)
{
	int b = bucket_of(k), n = g->entries.n;
	*dt_vec_push(&g->entries) = (entry_t){*k, g->head[b], b, value};
	g->head[b] = n;
}

static void
forget(gvn_t *g, int mark)
{
	while (g->entries.n > mark) {
		const entry_t *e = &g->entries.p[--g->entries.n];
		g->head[e->bucket] = e->next;
	}
}

/* The only way into the block is one side of a branch: its condition is known here. */
static void
learn_branch(gvn_t *g, const ir_block_t *blk)
{
	int p = g->dom.idom[blk->id];
	if (p < 0 || g->dom.npreds[blk->id] != 1)
		return;
	const ir_insn_t *br = ir_last(g->f->blocks.p[p]);
	expr_t k;
	if (br->op != IR_BR || br->t == br->f || !make_key(g, br, &k))
		return;
	add(g, &k, ir_imm(br->t == blk));
	if (ir_cc_inverse(k.cc, &k.cc))
		add(g, &k, ir_imm(br->t != blk));
}

static void
replace_operands(gvn_t *g, ir_insn_t *i)
{
	ir_opnd_t *use[IR_MAXOPNDS];
	for (int k = ir_reg_operands(i, use); k-- > 0;)
		use[k]->reg = g->leader[use[k]->reg];
}

static void
number_branch(gvn_t *g, ir_insn_t *i)
{
	expr_t k;
	if (i->keep || !make_key(g, i, &k))
		return;
	const entry_t *e = find(g, &k);
	if (!e || e->value.kind != IR_O_IMM)
		return;
	i->op = IR_JMP;
	if (!e->value.imm)
		i->t = i->f;
	i->a = i->b = ir_none();
}

static void
number_insn(gvn_t *g, ir_insn_t *i)
{
	replace_operands(g, i);
	if (i->op == IR_BR)
		number_branch(g, i);
	expr_t k;
	if (!is_numbered(i) || i->dst < 0 || !make_key(g, i, &k))
		return;
	const entry_t *e = find(g, &k);
	if (!e) {
		if (g->info.ndefs[i->dst] == 1)
			add(g, &k, ir_reg(i->dst));
		return;
	}
	ir_opnd_t value = e->value;
	if (g->info.ndefs[i->dst] == 1 && value.kind == IR_O_REG) {
		g->leader[i->dst] = value.reg;
		*i = (ir_insn_t){.op = IR_NOP, .dst = -1, .a = ir_none(), .b = ir_none(), .c = ir_none()};
	} else {
		*i = (ir_insn_t){
		    .op = IR_MOV, .dst = i->dst, .a = value, .b = ir_none(), .c = ir_none(), .line = i->line};
	}
}

static void
number_block(gvn_t *g, ir_block_t *blk)
{
	learn_branch(g, blk);
	for (int k = 0; k < blk->insns.n; k++)
		number_insn(g, &blk->insns.p[k]);
}

static void
link_children(gvn_t *g, int n)
{
	g->child = dt_xcalloc((size_t)n, sizeof(int));
	g->sibling = dt_xcalloc((size_t)n, sizeof(int));
	memset(g->child, -1, (size_t)n * sizeof(int));
	for (int b = n - 1; b > 0; b--) { /* downwards: the first child is the first in the layout */
		g->sibling[b] = g->child[g->dom.idom[b]];
		g->child[g->dom.idom[b]] = b;
	}
	g->sibling[0] = -1;
}

static void
walk(gvn_t *g)
{
	int *mark = dt_xcalloc((size_t)g->f->blocks.n, sizeof(int)); /* table size before the block */
	int b = 0;
	for (;;) {
		mark[b] = g->entries.n;
		number_block(g, g->f->blocks.p[b]);
		if (g->child[b] >= 0) {
			b = g->child[b];
			continue;
		}
		while (b >= 0 && g->sibling[b] < 0) {
			forget(g, mark[b]);
			b = g->dom.idom[b];
		}
		if (b < 0)
			break;
		forget(g, mark[b]);
		b = g->sibling[b];
	}
	free(mark);
}

void
ir_pass_gvn(ir_func_t *f)
{
	ir_drop_unreachable(f);
	gvn_t *g = dt_xcalloc(1, sizeof(*g));
	g->f = f;
	ir_info_init(&g->info, f);
	ir_dom_init(&g->dom, f);
	memset(g->head, -1, sizeof(g->head));
	g->leader = dt_xcalloc((size_t)f->nregs, sizeof(int));
	for (int r = 0; r < f->nregs; r++)
		g->leader[r] = r;
	link_children(g, f->blocks.n);
	walk(g);
	free(g->child);
	free(g->sibling);
	free(g->leader);
	dt_vec_free(&g->entries);
	ir_dom_free(&g->dom);
	ir_info_free(&g->info);
	free(g);
}
