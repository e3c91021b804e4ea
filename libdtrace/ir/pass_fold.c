/*
 * pass_fold.c - constants, copies, algebra.
 *
 * One walk in layout order: every value that can reach an instruction is final when
 * the walk gets there.  Copies and constants are put into the operands of their
 * users, then each instruction is rewritten to the cheapest equal one until nothing
 * changes.  What loses its last use is left to pass_dce.
 *
 * A register with several definitions is opaque: only its width is followed.
 */
#include "analysis.h"

#include <stdlib.h>

typedef struct fold {
	ir_func_t *f;
	ir_info_t info;
	/* The value fits in so many bits, taken as unsigned or as signed; over all definitions so far. */
	uint8_t *ubits, *sbits;
} fold_t;

/* The instruction that makes the operand, if it is the only one. */
static ir_insn_t *
def_of(const fold_t *fo, ir_opnd_t o)
{
	return o.kind == IR_O_REG ? fo->info.def[o.reg] : NULL;
}

/* The operand has the same value wherever it is defined. */
static bool
is_fixed(const fold_t *fo, ir_opnd_t o)
{
	return o.kind != IR_O_REG || fo->info.ndefs[o.reg] == 1;
}

static bool
is_imm(ir_opnd_t o, int64_t v)
{
	return o.kind == IR_O_IMM && o.imm == v;
}

static bool
same(ir_opnd_t x, ir_opnd_t y)
{
	return x.kind == y.kind && (x.kind == IR_O_REG ? x.reg == y.reg : x.imm == y.imm);
}

static void
count(fold_t *fo, ir_opnd_t o, int by)
{
	if (o.kind == IR_O_REG)
		fo->info.nuses[o.reg] += by;
}

static void
set_opnd(fold_t *fo, ir_opnd_t *slot, ir_opnd_t v)
{
	count(fo, v, 1);
	count(fo, *slot, -1);
	*slot = v;
}

/* Turn into dst = v. */
static bool
to_mov(fold_t *fo, ir_insn_t *i, ir_opnd_t v)
{
	i->op = IR_MOV;
	set_opnd(fo, &i->a, v);
	set_opnd(fo, &i->b, ir_none());
	return true;
}

static bool
to_op(fold_t *fo, ir_insn_t *i, ir_op_t op, ir_opnd_t b)
{
	i->op = op;
	set_opnd(fo, &i->b, b);
	return true;
}

static bool
to_ext(fold_t *fo, ir_insn_t *i, ir_op_t op, int size)
{
	i->size = (uint8_t)size;
	return to_op(fo, i, op, ir_none());
}

/* ---- widths */

static int
ubits_of(const fold_t *fo, ir_opnd_t o)
{
	if (o.kind == IR_O_REG)
		return fo->ubits[o.reg];
	return o.imm ? 64 - __builtin_clzll((uint64_t)o.imm) : 0;
}

static int
sbits_of(const fold_t *fo, ir_opnd_t o)
{
	if (o.kind == IR_O_REG)
		return fo->sbits[o.reg];
	uint64_t v = (uint64_t)(o.imm < 0 ? ~o.imm : o.imm);
	return v ? 65 - __builtin_clzll(v) : 1;
}

static int
max(int a, int b)
{
	return a > b ? a : b;
}

static int
min(int a, int b)
{
	return a < b ? a : b;
}

/* Bits of the result as unsigned; *s: as signed. */
static int
result_bits(const fold_t *fo, const ir_insn_t *i, int *s)
{
	int u = 64, ua = ubits_of(fo, i->a), ub = ubits_of(fo, i->b);
	*s = 64;
	switch (i->op) {
	case IR_MOV:
		u = ua;
		*s = sbits_of(fo, i->a);
		break;
	case IR_ADD:
		u = min(64, max(ua, ub) + 1);
		break;
	case IR_MUL:
		u = min(64, ua + ub);
		break;
	case IR_UDIV:
	case IR_UMOD: /* by 0: 0, and a */
		u = ua;
		break;
	case IR_AND:
		u = min(ua, ub);
		break;
	case IR_OR:
	case IR_XOR:
		u = max(ua, ub);
		break;
	case IR_LSH:
		if (i->b.kind == IR_O_IMM)
			u = min(64, ua + (int)(i->b.imm & 63));
		break;
	case IR_RSH:
		u = i->b.kind == IR_O_IMM ? max(0, ua - (int)(i->b.imm & 63)) : ua;
		break;
	case IR_SEXT:
		*s = min(8 * i->size, sbits_of(fo, i->a));
		if (ua < 8 * i->size)
			u = ua;
		break;
	case IR_ZEXT:
		u = min(8 * i->size, ua);
		break;
	case IR_BSWAP:
	case IR_LD:
		u = 8 * i->size;
		break;
	case IR_SET:
		u = 1;
		break;
	default:
		break;
	}
	*s = min(*s, min(64, u + 1));
	return u;
}

/* ---- algebra */

static bool
is_pow2(int64_t v)
{
	return __builtin_popcountll((uint64_t)v) == 1;
}

/* (x op c1) op c2 -> x op c, when the inner result is used here only or is a place on the stack. */
static bool
reassociate(fold_t *fo, ir_insn_t *i)
{
	ir_insn_t *d = def_of(fo, i->a);
	if (!d)
		return false;
	int64_t off;
	/* Not so for IR_MAPVAL: the kernel refuses the address right behind a map's value. */
	if (i->op == IR_ADD && d->op == IR_OBJ && !__builtin_add_overflow(i->b.imm, d->off, &off) &&
	    ir_fits32(off)) {
		i->op = d->op;
		i->off = (int32_t)off;
		i->imm = d->imm;
		set_opnd(fo, &i->a, ir_none());
		set_opnd(fo, &i->b, ir_none());
		return true;
	}
	if (d->op != i->op || d->b.kind != IR_O_IMM || !is_fixed(fo, d->a) || fo->info.nuses[i->a.reg] != 1)
		return false;
	uint64_t c1 = (uint64_t)d->b.imm, c2 = (uint64_t)i->b.imm, c;
	switch (i->op) {
	case IR_ADD:
	case IR_MUL:
	case IR_AND:
	case IR_OR:
	case IR_XOR:
		c = ir_eval(i->op, 8, c1, c2);
		break;
	case IR_LSH:
	case IR_RSH:
		c = (c1 & 63) + (c2 & 63);
		if (c > 63)
			return to_mov(fo, i, ir_imm(0));
		break;
	default:
		return false;
	}
	if (!ir_fits32((int64_t)c))
		return false;
	set_opnd(fo, &i->a, d->a);
	i->b.imm = (int64_t)c;
	return true;
}

/* a op constant */
static bool
fold_binary_imm(fold_t *fo, ir_insn_t *i)
{
	int64_t c = i->b.imm;
	switch (i->op) {
	case IR_ADD:
	case IR_XOR:
		if (c == 0)
			return to_mov(fo, i, i->a);
		break;
	case IR_SUB:
		if (c != INT64_MIN)
			return to_op(fo, i, IR_ADD, ir_imm(-c));
		break;
	case IR_MUL:
		if (c == 0)
			return to_mov(fo, i, ir_imm(0));
		if (c == 1)
			return to_mov(fo, i, i->a);
		if (is_pow2(c))
			return to_op(fo, i, IR_LSH, ir_imm(__builtin_ctzll((uint64_t)c)));
		break;
	case IR_UDIV:
		if (is_pow2(c))
			return to_op(fo, i, IR_RSH, ir_imm(__builtin_ctzll((uint64_t)c)));
		break;
	case IR_UMOD:
		if (is_pow2(c))
			return to_op(fo, i, IR_AND, ir_imm((int64_t)((uint64_t)c - 1)));
		break;
	case IR_AND:
		if (c == 0)
			return to_mov(fo, i, ir_imm(0));
		if (!(~(uint64_t)c & (ubits_of(fo, i->a) == 64 ? ~0ULL : (1ULL << ubits_of(fo, i->a)) - 1)))
			return to_mov(fo, i, i->a);
		if (c == 0xffffffff)
			return to_ext(fo, i, IR_ZEXT, 4);
		break;
	case IR_OR:
		if (c == 0)
			return to_mov(fo, i, i->a);
		if (c == -1)
			return to_mov(fo, i, ir_imm(-1));
		break;
	case IR_LSH:
	case IR_RSH:
	case IR_ARSH:
		i->b.imm = c &= 63;
		if (c == 0)
			return to_mov(fo, i, i->a);
		if (i->op == IR_RSH && ubits_of(fo, i->a) <= c)
			return to_mov(fo, i, ir_imm(0));
		if (i->op == IR_ARSH && ubits_of(fo, i->a) < 64)
			return to_op(fo, i, IR_RSH, i->b);
		break;
	default:
		break;
	}
	return reassociate(fo, i);
}

static bool
fold_binary(fold_t *fo, ir_insn_t *i)
{
	if (i->a.kind == IR_O_IMM && i->b.kind == IR_O_IMM)
		return to_mov(fo, i,
			      ir_imm((int64_t)ir_eval(i->op, 8, (uint64_t)i->a.imm, (uint64_t)i->b.imm)));
	if (i->a.kind == IR_O_IMM && ir_commutes(i->op)) {
		ir_opnd_t x = i->a;
		i->a = i->b;
		i->b = x;
	}
	if (i->b.kind == IR_O_IMM)
		return fold_binary_imm(fo, i);
	if (i->op == IR_SUB && is_imm(i->a, 0)) {
		set_opnd(fo, &i->a, i->b);
		return to_op(fo, i, IR_NEG, ir_none());
	}
	if (!same(i->a, i->b))
		return false;
	if (i->op == IR_SUB || i->op == IR_XOR)
		return to_mov(fo, i, ir_imm(0));
	if (i->op == IR_AND || i->op == IR_OR)
		return to_mov(fo, i, i->a);
	return false;
}

static bool
fold_unary(fold_t *fo, ir_insn_t *i)
{
	ir_opnd_t a = i->a;
	if (a.kind == IR_O_IMM)
		return to_mov(fo, i, ir_imm((int64_t)ir_eval(i->op, i->size, (uint64_t)a.imm, 0)));
	int bits = 8 * i->size;
	if (i->op == IR_ZEXT && ubits_of(fo, a) <= bits)
		return to_mov(fo, i, a);
	if (i->op == IR_SEXT && sbits_of(fo, a) <= bits)
		return to_mov(fo, i, a);
	/* Bits a later extension cuts off need not be made. */
	ir_insn_t *d = def_of(fo, a);
	if (d && (i->op == IR_ZEXT || i->op == IR_SEXT) && (d->op == IR_ZEXT || d->op == IR_SEXT) &&
	    d->size >= i->size && is_fixed(fo, d->a)) {
		set_opnd(fo, &i->a, d->a);
		return true;
	}
	return false;
}

/* ---- conditions */

/* What is always so, or always not so: 1, 0; else -1. */
static int
known_cc(const fold_t *fo, const ir_insn_t *i)
{
	if (i->a.kind == IR_O_IMM && i->b.kind == IR_O_IMM)
		return ir_eval_cc(i->cc, (uint64_t)i->a.imm, (uint64_t)i->b.imm);
	if (same(i->a, i->b) && i->cc != IR_TST)
		return ir_eval_cc(i->cc, 0, 0);
	if (i->b.kind != IR_O_IMM)
		return -1;
	int u = ubits_of(fo, i->a);
	uint64_t c = (uint64_t)i->b.imm, top = u == 64 ? ~0ULL : (1ULL << u) - 1;
	switch (i->cc) {
	case IR_EQ:
	case IR_NE:
		return c > top ? i->cc == IR_NE : -1;
	case IR_ULT:
		return c > top ? 1 : c == 0 ? 0 : -1;
	case IR_ULE:
		return c >= top ? 1 : -1;
	case IR_UGT:
		return c >= top ? 0 : -1;
	case IR_UGE:
		return c > top ? 0 : c == 0 ? 1 : -1;
	case IR_TST:
		return (c & top) == 0 ? 0 : -1;
	default:
		if (u == 64)
			return -1;
		/* a is in 0..top, not negative. */
		if (i->b.imm < 0)
			return i->cc == IR_SGT || i->cc == IR_SGE;
		return -1;
	}
}

/* Is `a cc b` the question whether a truth value is true (1), or whether it is false (0)?  Else -1. */
static int
asks_truth(const ir_insn_t *i)
{
	bool zero = is_imm(i->b, 0), one = is_imm(i->b, 1);
	switch (i->cc) {
	case IR_NE:
	case IR_UGT:
		return zero ? 1 : one && i->cc == IR_NE ? 0 : -1;
	case IR_EQ:
		return zero ? 0 : one ? 1 : -1;
	case IR_TST:
		return i->b.kind == IR_O_IMM && (i->b.imm & 1) ? 1 : -1;
	default:
		return -1;
	}
}

static bool
negate(ir_insn_t *i)
{
	if (i->op == IR_BR) {
		ir_block_t *t = i->t;
		i->t = i->f;
		i->f = t;
		return true;
	}
	return ir_cc_inverse(i->cc, &i->cc);
}

/* A condition on the result d of a condition is that condition: only when nothing else uses the
 * result, so that no register lives longer for nothing. */
static bool
fold_cc_of_set(fold_t *fo, ir_insn_t *i, ir_insn_t *d)
{
	int truth = asks_truth(i);
	ir_cc_t inverse;
	if (truth < 0 || (truth == 0 && i->op == IR_SET && !ir_cc_inverse(d->cc, &inverse)))
		return false;
	i->cc = d->cc;
	set_opnd(fo, &i->a, d->a);
	set_opnd(fo, &i->b, d->b);
	if (truth == 0)
		negate(i);
	return true;
}

/* ((x & m) != 0) is a test of bits; so is == 0 where the branch can be turned round. */
static bool
fold_cc_of_and(fold_t *fo, ir_insn_t *i, ir_insn_t *d)
{
	if (!is_imm(i->b, 0) || !(i->cc == IR_NE || i->cc == IR_UGT || (i->cc == IR_EQ && i->op == IR_BR)))
		return false;
	if (i->cc == IR_EQ)
		negate(i);
	i->cc = IR_TST;
	set_opnd(fo, &i->a, d->a);
	set_opnd(fo, &i->b, d->b);
	return true;
}

static bool
fold_cc(fold_t *fo, ir_insn_t *i)
{
	if (i->keep && i->a.kind != IR_O_IMM)
		return false;
	int known = known_cc(fo, i);
	if (known >= 0 && i->op == IR_SET)
		return to_mov(fo, i, ir_imm(known));
	if (known >= 0 || (i->op == IR_BR && i->t == i->f)) {
		i->op = IR_JMP;
		if (known == 0)
			i->t = i->f;
		set_opnd(fo, &i->a, ir_none());
		set_opnd(fo, &i->b, ir_none());
		return true;
	}
	if (i->a.kind == IR_O_IMM) {
		ir_opnd_t x = i->a;
		i->a = i->b;
		i->b = x;
		i->cc = ir_cc_swapped(i->cc);
		return true;
	}
	ir_insn_t *d = def_of(fo, i->a);
	if (!d || fo->info.nuses[i->a.reg] != 1)
		return false;
	/* Its operands must still hold what they held then. */
	if (d != i - 1 && !(is_fixed(fo, d->a) && is_fixed(fo, d->b)))
		return false;
	if (d->op == IR_SET)
		return fold_cc_of_set(fo, i, d);
	if (d->op == IR_AND)
		return fold_cc_of_and(fo, i, d);
	return false;
}

/* ---- memory */

static bool
fold_address(fold_t *fo, ir_insn_t *i)
{
	ir_insn_t *d = def_of(fo, i->a);
	if (!d || d->op != IR_ADD || d->b.kind != IR_O_IMM || !is_fixed(fo, d->a) || d->a.kind != IR_O_REG)
		return false;
	int64_t off;
	if (__builtin_add_overflow(d->b.imm, i->off, &off) || off != (int16_t)off)
		return false;
	i->off = (int32_t)off;
	set_opnd(fo, &i->a, d->a);
	return true;
}

/* A store takes the low bytes only. */
static bool
fold_stored(fold_t *fo, ir_insn_t *i)
{
	ir_insn_t *d = def_of(fo, i->b);
	if (!d || i->size == 8 || !is_fixed(fo, d->a))
		return false;
	uint64_t kept = (1ULL << (8 * i->size)) - 1;
	bool ext = (d->op == IR_ZEXT || d->op == IR_SEXT) && d->size >= i->size;
	bool mask = d->op == IR_AND && d->b.kind == IR_O_IMM && ((uint64_t)d->b.imm & kept) == kept;
	if (!ext && !mask)
		return false;
	set_opnd(fo, &i->b, d->a);
	return true;
}

/* ---- the walk */

static bool
fold_once(fold_t *fo, ir_insn_t *i)
{
	if (ir_is_binary(i->op))
		return fold_binary(fo, i);
	if (ir_is_unary(i->op))
		return fold_unary(fo, i);
	switch (i->op) {
	case IR_SET:
	case IR_BR:
		return fold_cc(fo, i);
	case IR_SCALAR:
		set_opnd(fo, &i->b, ir_none());
		return i->a.kind == IR_O_IMM && to_mov(fo, i, i->a);
	case IR_ST:
		return fold_stored(fo, i) || fold_address(fo, i);
	case IR_FADD:
		if (i->dst < 0 || !fo->info.nuses[i->dst])
			i->op = IR_XADD, i->dst = -1;
		return fold_address(fo, i);
	case IR_LD:
	case IR_XADD:
	case IR_XCHG:
	case IR_CAS:
		return fold_address(fo, i);
	default:
		return false;
	}
}

static void
propagate(fold_t *fo, ir_insn_t *i)
{
	ir_opnd_t *use[IR_MAXOPNDS];
	for (int k = ir_reg_operands(i, use); k-- > 0;) {
		ir_insn_t *d = def_of(fo, *use[k]);
		if (d && d->op == IR_MOV && is_fixed(fo, d->a))
			set_opnd(fo, use[k], d->a);
	}
}

/* t = ...; v = t  ->  v = ...: for merges, whose copies cannot be propagated forward. */
static void
absorb_copy(fold_t *fo, ir_insn_t *i, ir_insn_t *first)
{
	if (i->op != IR_MOV || i->a.kind != IR_O_REG || fo->info.ndefs[i->dst] == 1)
		return;
	int t = i->a.reg;
	ir_insn_t *d = fo->info.def[t];
	if (d != i - 1 || d < first || fo->info.nuses[t] != 1)
		return;
	fo->ubits[i->dst] = (uint8_t)max(fo->ubits[i->dst], fo->ubits[t]);
	fo->sbits[i->dst] = (uint8_t)max(fo->sbits[i->dst], fo->sbits[t]);
	d->dst = i->dst;
	fo->info.def[t] = NULL;
	fo->info.ndefs[t] = 0;
	fo->info.nuses[t] = 0;
	i->op = IR_NOP;
	i->dst = -1;
	i->a = ir_none();
}

static void
fold_insn(fold_t *fo, ir_insn_t *i, ir_insn_t *first)
{
	propagate(fo, i);
	while (fold_once(fo, i))
		propagate(fo, i);
	absorb_copy(fo, i, first);
	if (i->dst >= 0) {
		int s, u = result_bits(fo, i, &s);
		fo->ubits[i->dst] = (uint8_t)max(fo->ubits[i->dst], u);
		fo->sbits[i->dst] = (uint8_t)max(fo->sbits[i->dst], s);
	}
}

void
ir_pass_fold(ir_func_t *f)
{
	fold_t fo = {.f = f};
	ir_info_init(&fo.info, f);
	fo.ubits = dt_xcalloc((size_t)f->nregs, 1);
	fo.sbits = dt_xcalloc((size_t)f->nregs, 1);
	for (int p = 0; p < f->nparams; p++)
		fo.ubits[p] = fo.sbits[p] = 64;
	for (int b = 0; b < f->blocks.n; b++) {
		ir_block_t *blk = f->blocks.p[b];
		for (int k = 0; k < blk->insns.n; k++)
			fold_insn(&fo, &blk->insns.p[k], blk->insns.p);
	}
	free(fo.ubits);
	free(fo.sbits);
	ir_info_free(&fo.info);
}
