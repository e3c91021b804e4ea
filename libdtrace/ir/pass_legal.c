/*
 * pass_legal.c - from any IR to what single BPF instructions (or fixed short
 * sequences of emit.c) can say.  Running it twice changes nothing.
 *
 * Afterwards:
 *  - every block is reachable (the verifier refuses dead code), and there is no IR_CTX;
 *  - constants are where an instruction has an immediate of 32 bits, or sources of IR_MOV,
 *    call arguments, IR_RET, and left operands that do not commute;
 *  - a load or store has an offset of 16 bits, from a register or a stack object;
 *  - IR_XCHG, IR_FADD and IR_CAS have a result register;
 *  - no result overwrites an operand that is still wanted after it was written.
 */
#include "analysis.h"

#include <stdlib.h>

typedef struct legal {
	ir_func_t *f;
	int ctx;               /* the context's register */
	DT_VEC(ir_insn_t) out; /* the block being rebuilt */
	int *object, *objoff;  /* by register: the stack object it points to, or -1; bytes beyond */
	int nknown;            /* size of these: registers there were at the start */
} legal_t;

static ir_insn_t
make(const ir_insn_t *like, ir_op_t op, int dst)
{
	return (ir_insn_t){
	    .op = op, .dst = dst, .a = ir_none(), .b = ir_none(), .c = ir_none(), .line = like->line};
}

static void
to_register(legal_t *l, const ir_insn_t *i, ir_opnd_t *o)
{
	ir_insn_t mov = make(i, IR_MOV, ir_newreg(l->f));
	mov.a = *o;
	*dt_vec_push(&l->out) = mov;
	*o = ir_reg(mov.dst);
}

static void
need_register(legal_t *l, const ir_insn_t *i, ir_opnd_t *o)
{
	if (o->kind == IR_O_IMM)
		to_register(l, i, o);
}

static void
need_imm32(legal_t *l, const ir_insn_t *i, ir_opnd_t *o)
{
	if (o->kind == IR_O_IMM && !ir_fits32(o->imm))
		to_register(l, i, o);
}

static void
legal_binary(legal_t *l, ir_insn_t *i)
{
	if (i->a.kind == IR_O_IMM && i->b.kind == IR_O_REG && ir_commutes(i->op)) {
		ir_opnd_t x = i->a;
		i->a = i->b;
		i->b = x;
	}
	if (i->a.kind == IR_O_IMM && i->b.kind == IR_O_IMM)
		to_register(l, i, &i->a);
	if (i->b.kind == IR_O_IMM && i->op >= IR_LSH && i->op <= IR_ARSH)
		i->b.imm &= 63;
	/* The verifier refuses a division by the constant 0, even one that is never reached. */
	if (i->b.kind == IR_O_IMM && i->b.imm == 0 && (i->op == IR_UDIV || i->op == IR_UMOD))
		to_register(l, i, &i->b);
	need_imm32(l, i, &i->b);
}

static void
legal_cond(legal_t *l, ir_insn_t *i)
{
	if (i->a.kind == IR_O_IMM && i->b.kind == IR_O_REG) {
		ir_opnd_t x = i->a;
		i->a = i->b;
		i->b = x;
		i->cc = ir_cc_swapped(i->cc);
	}
	need_register(l, i, &i->a);
	need_imm32(l, i, &i->b);
}

static void
legal_memory(legal_t *l, ir_insn_t *i)
{
	if (i->a.kind == IR_O_REG && i->a.reg < l->nknown && l->object[i->a.reg] >= 0) {
		i->off += l->objoff[i->a.reg];
		i->a = ir_obj(l->object[i->a.reg]);
	}
	need_register(l, i, &i->a);
	if (i->a.kind == IR_O_REG && i->off != (int16_t)i->off) {
		ir_insn_t add = make(i, IR_ADD, ir_newreg(l->f));
		add.a = i->a;
		add.b = ir_imm(i->off);
		*dt_vec_push(&l->out) = add;
		i->a = ir_reg(add.dst);
		i->off = 0;
	}
	if (i->op == IR_ST && i->b.kind == IR_O_IMM && i->size < 8)
		i->b.imm = (int64_t)ir_eval(IR_SEXT, i->size, (uint64_t)i->b.imm, 0);
	if (i->op == IR_ST)
		need_imm32(l, i, &i->b);
	else
		need_register(l, i, &i->b);
	if (i->op == IR_FADD && i->dst < 0)
		i->op = IR_XADD;
	if ((i->op == IR_XCHG || i->op == IR_CAS) && i->dst < 0)
		i->dst = ir_newreg(l->f);
}

/* Does the machine sequence write the result before it reads this operand for the last time? */
static bool
is_clobbered(const ir_insn_t *i, const ir_opnd_t *o)
{
	if (o->kind != IR_O_REG || o->reg != i->dst)
		return false;
	if (ir_is_binary(i->op))
		return o == &i->b && !ir_commutes(i->op) && !(i->a.kind == IR_O_REG && i->a.reg == i->dst);
	if (i->op == IR_SET)
		return true;
	return (i->op == IR_FADD || i->op == IR_XCHG) && o == &i->a;
}

static void
legal_insn(legal_t *l, ir_insn_t i)
{
	if (i.op == IR_NOP)
		return;
	if (i.op == IR_CTX) {
		i.op = IR_MOV;
		i.a = ir_reg(l->ctx);
	}
	if (ir_is_binary(i.op))
		legal_binary(l, &i);
	else if (ir_is_unary(i.op) || i.op == IR_SCALAR)
		need_register(l, &i, &i.a);
	else if (i.op == IR_SET || i.op == IR_BR)
		legal_cond(l, &i);
	else if (ir_is_mem(i.op))
		legal_memory(l, &i);
	if (i.op == IR_SCALAR)
		i.b = ir_none();
	if (i.op == IR_BR && i.t == i.f) {
		i.op = IR_JMP;
		i.a = i.b = ir_none();
	}
	int dst = i.dst;
	if (dst >= 0 && (is_clobbered(&i, &i.a) || is_clobbered(&i, &i.b)))
		i.dst = ir_newreg(l->f);
	*dt_vec_push(&l->out) = i;
	if (i.dst != dst) {
		ir_insn_t mov = make(&i, IR_MOV, dst);
		mov.a = ir_reg(i.dst);
		*dt_vec_push(&l->out) = mov;
	}
}

/* Registers that can only be the address of one stack object, for addressing from r10. */
static void
find_objects(legal_t *l)
{
	ir_info_t info;
	ir_info_init(&info, l->f);
	for (int r = 0; r < l->nknown; r++) {
		const ir_insn_t *d = info.def[r];
		bool obj = d && d->op == IR_OBJ;
		l->object[r] = obj ? (int)d->imm : -1;
		l->objoff[r] = obj ? d->off : 0;
	}
	ir_info_free(&info);
}

/* Addresses all of whose uses became r10 + offset. */
static void
drop_objects(ir_func_t *f)
{
	ir_info_t info;
	ir_info_init(&info, f);
	for (int b = 0; b < f->blocks.n; b++) {
		ir_block_t *blk = f->blocks.p[b];
		int n = 0;
		for (int k = 0; k < blk->insns.n; k++)
			if (blk->insns.p[k].op != IR_OBJ || info.nuses[blk->insns.p[k].dst])
				blk->insns.p[n++] = blk->insns.p[k];
		blk->insns.n = n;
	}
	ir_info_free(&info);
}

static int
context_param(const ir_func_t *f)
{
	for (int p = 0; !f->is_main && p < f->nparams; p++)
		if (f->paramtypes[p] && f->paramtypes[p][0] == 'c')
			return p;
	return 0;
}

void
ir_pass_legal(ir_func_t *f)
{
	ir_drop_unreachable(f);
	legal_t l = {.f = f, .ctx = context_param(f), .nknown = f->nregs};
	l.object = dt_xcalloc((size_t)f->nregs, sizeof(int));
	l.objoff = dt_xcalloc((size_t)f->nregs, sizeof(int));
	find_objects(&l);
	for (int b = 0; b < f->blocks.n; b++) {
		ir_block_t *blk = f->blocks.p[b];
		l.out.n = 0;
		for (int k = 0; k < blk->insns.n; k++)
			legal_insn(&l, blk->insns.p[k]);
		/* The old list becomes the room for the next block. */
		__typeof__(blk->insns) old = blk->insns;
		blk->insns.p = l.out.p;
		blk->insns.n = l.out.n;
		blk->insns.cap = l.out.cap;
		l.out.p = old.p;
		l.out.cap = old.cap;
	}
	drop_objects(f);
	dt_vec_free(&l.out);
	free(l.object);
	free(l.objoff);
}
