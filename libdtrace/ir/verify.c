/*
 * verify.c - is a function well formed?  Shape of every instruction, blocks and
 * branches, and that no path reaches a use of a register before a definition.
 * Quadratic in the worst case: for tests and debug builds.
 */
#include "analysis.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Which fields an operation wants.  R: register or constant, r: register, .: nothing, *: any of these,
 * A: an address (register, constant or stack object). */
static const char *const shape[] = {
    /* dst a b c */
    [IR_NOP] = "****",  [IR_MOV] = "rR..",   [IR_ADD] = "rRR.",    [IR_SUB] = "rRR.",    [IR_MUL] = "rRR.",
    [IR_UDIV] = "rRR.", [IR_UMOD] = "rRR.",  [IR_AND] = "rRR.",    [IR_OR] = "rRR.",     [IR_XOR] = "rRR.",
    [IR_LSH] = "rRR.",  [IR_RSH] = "rRR.",   [IR_ARSH] = "rRR.",   [IR_NEG] = "rR..",    [IR_SEXT] = "rR..",
    [IR_ZEXT] = "rR..", [IR_BSWAP] = "rR..", [IR_SET] = "rRR.",    [IR_LD] = "rA..",     [IR_ST] = ".AR.",
    [IR_XADD] = ".AR.", [IR_FADD] = "*AR.",  [IR_XCHG] = "*AR.",   [IR_CAS] = "*ARR",    [IR_CTX] = "r...",
    [IR_OBJ] = "r...",  [IR_MAP] = "r...",   [IR_FNADDR] = "r...", [IR_MAPVAL] = "r...", [IR_SCALAR] = "rR*.",
    [IR_CALL] = "*...", [IR_RT] = "*...",    [IR_FN] = "*...",     [IR_JMP] = "....",    [IR_BR] = ".RR.",
    [IR_RET] = ".R..",
};

static bool
fits(char want, ir_opnd_t o)
{
	switch (want) {
	case 'R':
		return o.kind == IR_O_REG || o.kind == IR_O_IMM;
	case 'A':
		return o.kind != IR_O_NONE;
	case '.':
		return o.kind == IR_O_NONE;
	default:
		return true;
	}
}

static bool
is_object(const ir_func_t *f, int64_t n)
{
	return n >= 0 && n < f->objs.n;
}

static const char *
check_size(const ir_insn_t *i)
{
	bool atomic = i->op >= IR_XADD && i->op <= IR_CAS;
	if (!ir_is_mem(i->op) && (!ir_is_unary(i->op) || i->op == IR_NEG))
		return NULL;
	if (i->size == 8 || i->size == 4)
		return NULL;
	if (!atomic && (i->size == 2 || (i->size == 1 && i->op != IR_BSWAP)))
		return NULL;
	return "an instruction has a size it cannot have";
}

static const char *
check_target(const ir_func_t *f, const ir_block_t *from, const ir_block_t *to)
{
	if (!to)
		return "a branch leads nowhere";
	if (to->id < 0 || to->id >= f->blocks.n || f->blocks.p[to->id] != to)
		return "a branch leads to a block that is not in the layout";
	return to->id > from->id ? NULL : "a branch leads backwards";
}

static const char *
check_insn(const ir_func_t *f, const ir_block_t *blk, ir_insn_t *i)
{
	if ((unsigned)i->op > IR_RET)
		return "there is no such operation";
	const char *want = shape[i->op];
	if ((want[0] == 'r' && i->dst < 0) || (want[0] == '.' && i->dst >= 0) || i->dst >= f->nregs)
		return "an instruction lacks a result register, or has a wrong one";
	if (!fits(want[1], i->a) || !fits(want[2], i->b) || !fits(want[3], i->c))
		return "an instruction has an operand it cannot have, or lacks one";
	ir_opnd_t *use[IR_MAXOPNDS];
	for (int k = ir_reg_operands(i, use); k-- > 0;)
		if (use[k]->reg < 0 || use[k]->reg >= f->nregs)
			return "an operand is a register that does not exist";
	if (i->nargs < 0 || i->nargs > IR_MAXARGS || (i->nargs && !ir_is_call(i->op)))
		return "an instruction has a wrong number of arguments";
	for (int k = 0; k < i->nargs; k++)
		if (i->args[k].kind != IR_O_REG && i->args[k].kind != IR_O_IMM)
			return "an argument is neither register nor constant";
	if (i->op == IR_RT && !i->name)
		return "a call of a runtime routine lacks the name";
	if ((i->op == IR_OBJ && !is_object(f, i->imm)) || (i->a.kind == IR_O_OBJ && !is_object(f, i->a.imm)))
		return "a stack object does not exist";
	if ((i->op == IR_SET || i->op == IR_BR) && (unsigned)i->cc > IR_TST)
		return "there is no such condition";
	const char *why = check_size(i);
	if (!why && (i->op == IR_JMP || i->op == IR_BR))
		why = check_target(f, blk, i->t);
	if (!why && i->op == IR_BR)
		why = check_target(f, blk, i->f);
	return why;
}

static const char *
check_block(const ir_func_t *f, int b)
{
	const ir_block_t *blk = f->blocks.p[b];
	if (blk->id != b)
		return "a block does not know its place";
	if (!ir_terminated(blk))
		return "a block does not end in a jump, branch or return";
	for (int k = 0; k < blk->insns.n; k++) {
		const char *why = check_insn(f, blk, &blk->insns.p[k]);
		if (why)
			return why;
		if (ir_is_term(blk->insns.p[k].op) && k != blk->insns.n - 1)
			return "instructions follow the end of a block";
	}
	return NULL;
}

/* ---- definite assignment: bit sets of the registers defined on every path to a block */

typedef unsigned long word_t;
enum {
	WORD = CHAR_BIT * sizeof(word_t)
};

static void
flow(word_t *in, bool *reached, const word_t *set, int words, const ir_block_t *to)
{
	word_t *s = in + (size_t)to->id * (size_t)words;
	for (int w = 0; w < words; w++)
		s[w] = reached[to->id] ? s[w] & set[w] : set[w];
	reached[to->id] = true;
}

static const char *
check_defined(const ir_func_t *f)
{
	int words = f->nregs / WORD + 1;
	word_t *in = dt_xcalloc((size_t)f->blocks.n * (size_t)words, sizeof(word_t));
	bool *reached = dt_xcalloc((size_t)f->blocks.n, sizeof(bool));
	const char *why = NULL;
	reached[0] = true;
	for (int p = 0; p < f->nparams; p++)
		in[p / WORD] |= (word_t)1 << p % WORD;
	for (int b = 0; b < f->blocks.n && !why; b++) {
		if (!reached[b])
			continue;
		word_t *set = in + (size_t)b * (size_t)words;
		const ir_block_t *blk = f->blocks.p[b];
		for (int k = 0; k < blk->insns.n; k++) {
			ir_insn_t *i = &blk->insns.p[k];
			ir_opnd_t *use[IR_MAXOPNDS];
			for (int u = ir_reg_operands(i, use); u-- > 0;)
				if (!(set[use[u]->reg / WORD] >> use[u]->reg % WORD & 1))
					why = "a register is used where a path leads that does not define it";
			if (i->dst >= 0)
				set[i->dst / WORD] |= (word_t)1 << i->dst % WORD;
		}
		const ir_insn_t *last = ir_last(blk);
		if (last->op != IR_RET)
			flow(in, reached, set, words, last->t);
		if (last->op == IR_BR)
			flow(in, reached, set, words, last->f);
	}
	free(in);
	free(reached);
	return why;
}

const char *
ir_verify(const ir_func_t *f)
{
	if (f->nparams < 0 || f->nparams > IR_MAXARGS || f->nparams > f->nregs)
		return "the number of parameters is wrong";
	if (f->blocks.n == 0)
		return "there are no blocks";
	for (int b = 0; b < f->blocks.n; b++) {
		const char *why = check_block(f, b);
		if (why)
			return why;
	}
	return check_defined(f);
}
