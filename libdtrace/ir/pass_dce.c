/*
 * pass_dce.c - what has no effect goes: unused results, jumps to jumps, blocks no
 * path reaches; and blocks that always follow one another become one.
 */
#include "analysis.h"

#include <stdlib.h>

static const ir_insn_t nop = {.op = IR_NOP, .dst = -1, .a = {.reg = -1}, .b = {.reg = -1}, .c = {.reg = -1}};

/* Users stand behind what they use: one walk from the end sees every last use go. */
static void
drop_unused(ir_func_t *f)
{
	ir_info_t info;
	ir_info_init(&info, f);
	for (int b = f->blocks.n; b-- > 0;) {
		ir_block_t *blk = f->blocks.p[b];
		for (int k = blk->insns.n; k-- > 0;) {
			ir_insn_t *i = &blk->insns.p[k];
			bool used = i->dst >= 0 && info.nuses[i->dst];
			bool self = i->op == IR_MOV && i->a.kind == IR_O_REG && i->a.reg == i->dst;
			if (!self && (used || ir_has_effect(i)))
				continue;
			ir_opnd_t *use[IR_MAXOPNDS];
			for (int u = ir_reg_operands(i, use); u-- > 0;)
				info.nuses[use[u]->reg]--;
			*i = nop;
		}
	}
	ir_info_free(&info);
}

static void
squeeze(ir_block_t *blk)
{
	int n = 0;
	for (int k = 0; k < blk->insns.n; k++)
		if (blk->insns.p[k].op != IR_NOP)
			blk->insns.p[n++] = blk->insns.p[k];
	blk->insns.n = n;
}

/* Where a jump to the block really leads. */
static ir_block_t *
destination(ir_block_t *blk)
{
	while (blk->insns.n == 1 && blk->insns.p[0].op == IR_JMP)
		blk = blk->insns.p[0].t;
	return blk;
}

/* The block's value of register r at its end, if it is a constant set here. */
static bool
constant_at_end(const ir_block_t *blk, int r, int64_t *v)
{
	enum {
		NEAR = 4 /* the value of a ?: is set right before the jump */
	};
	for (int k = blk->insns.n - 2; k >= 0 && k > blk->insns.n - 2 - NEAR; k--) {
		const ir_insn_t *i = &blk->insns.p[k];
		if (i->dst != r)
			continue;
		*v = i->a.imm;
		return i->op == IR_MOV && i->a.kind == IR_O_IMM;
	}
	return false;
}

/* The block jumps to one that only tests a value which is known here. */
static void
thread_test(ir_block_t *blk)
{
	ir_insn_t *jmp = ir_last(blk);
	int64_t v;
	while (jmp->op == IR_JMP) {
		const ir_insn_t *test = &jmp->t->insns.p[0];
		if (test->op != IR_BR || test->a.kind != IR_O_REG || test->b.kind != IR_O_IMM ||
		    !constant_at_end(blk, test->a.reg, &v))
			return;
		bool taken = ir_eval_cc(test->cc, (uint64_t)v, (uint64_t)test->b.imm);
		jmp->t = destination(taken ? test->t : test->f);
	}
}

/* From the end, so that every target is in its final form: long chains cost nothing. */
static void
thread_jumps(ir_func_t *f)
{
	for (int b = f->blocks.n; b-- > 0;) {
		ir_block_t *blk = f->blocks.p[b];
		ir_insn_t *last = ir_last(blk);
		if (last->op == IR_RET)
			continue;
		last->t = destination(last->t);
		if (last->op == IR_BR)
			last->f = destination(last->f);
		if (last->op == IR_BR && last->t == last->f) {
			last->op = IR_JMP;
			last->a = last->b = ir_none();
		}
		thread_test(blk);
	}
}

/* A block entered only by falling out of the one before joins it. */
static void
merge_blocks(ir_func_t *f)
{
	int *npreds = dt_xcalloc((size_t)f->blocks.n, sizeof(int));
	for (int b = 0; b < f->blocks.n; b++) {
		const ir_insn_t *last = ir_last(f->blocks.p[b]);
		if (last->op != IR_RET)
			npreds[last->t->id]++;
		if (last->op == IR_BR)
			npreds[last->f->id]++;
	}
	int n = 0;
	for (int b = 0; b < f->blocks.n; b++) {
		ir_block_t *blk = f->blocks.p[b], *prev = n ? f->blocks.p[n - 1] : NULL;
		if (!prev || ir_last(prev)->op != IR_JMP || ir_last(prev)->t != blk || npreds[b] != 1) {
			f->blocks.p[n++] = blk;
			continue;
		}
		prev->insns.n--;
		for (int k = 0; k < blk->insns.n; k++)
			*dt_vec_push(&prev->insns) = blk->insns.p[k];
		dt_vec_free(&blk->insns);
	}
	f->blocks.n = n;
	for (int b = 0; b < n; b++)
		f->blocks.p[b]->id = b;
	free(npreds);
}

void
ir_pass_dce(ir_func_t *f)
{
	ir_drop_unreachable(f);
	drop_unused(f);
	for (int b = 0; b < f->blocks.n; b++)
		squeeze(f->blocks.p[b]);
	thread_jumps(f);
	ir_drop_unreachable(f);
	/* The tests jumps were threaded past may have been the last use of something. */
	drop_unused(f);
	for (int b = 0; b < f->blocks.n; b++)
		squeeze(f->blocks.p[b]);
	merge_blocks(f);
}
