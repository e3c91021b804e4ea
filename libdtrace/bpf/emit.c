/*
 * emit.c - IR with machine registers into BPF instructions.
 *
 * Registers are settled by regalloc.c, so that every IR instruction becomes a short
 * sequence on its own.  Two-address form costs a move only when the result is not
 * in the left operand's register.  Jumps are patched at the end, when blocks have
 * their place.
 */
#include "bpf.h"
#include "frame.h"

#include "../ir/analysis.h"

#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	R0,
	R1,
	FP = 10
};

typedef struct jump {
	int insn;
	const ir_block_t *to;
} jump_t;

typedef struct emitter {
	ir_func_t *f;
	const ra_result_t *ra;
	bpf_code_t *out;
	int line;
	int *start; /* first instruction of each block */
	DT_VEC(jump_t) jumps;
} emitter_t;

static struct bpf_insn *
put(emitter_t *e, int code, int dst, int src, int off, int32_t imm)
{
	*dt_vec_push(&e->out->lines) = e->line;
	struct bpf_insn *i = dt_vec_push(&e->out->insns);
	memset(i, 0, sizeof(*i));
	i->code = (uint8_t)code;
	i->dst_reg = (uint8_t)(dst & 15);
	i->src_reg = (uint8_t)(src & 15);
	i->off = (int16_t)off;
	i->imm = imm;
	return i;
}

static int
reg(const emitter_t *e, ir_opnd_t o)
{
	return e->ra->reg[o.reg];
}

static int
dst(const emitter_t *e, const ir_insn_t *i)
{
	return e->ra->reg[i->dst];
}

static void
put_reloc(emitter_t *e, bpf_rkind_t kind, int n, const char *name)
{
	*dt_vec_push(&e->out->relocs) = (bpf_reloc_t){kind, e->out->insns.n, n, name};
}

static void
put_ld64(emitter_t *e, int rd, int src, uint32_t lo, uint32_t hi)
{
	put(e, BPF_LD | BPF_IMM | BPF_DW, rd, src, 0, (int32_t)lo);
	put(e, 0, 0, 0, 0, (int32_t)hi);
}

static void
move_imm(emitter_t *e, int rd, int64_t v)
{
	if (ir_fits32(v))
		put(e, BPF_ALU64 | BPF_MOV | BPF_K, rd, 0, 0, (int32_t)v);
	else if (v == (int64_t)(uint32_t)v) /* 32-bit moves clear the upper half */
		put(e, BPF_ALU | BPF_MOV | BPF_K, rd, 0, 0, (int32_t)v);
	else
		put_ld64(e, rd, 0, (uint32_t)v, (uint32_t)((uint64_t)v >> 32));
}

static void
move_reg(emitter_t *e, int rd, int rs)
{
	if (rd != rs)
		put(e, BPF_ALU64 | BPF_MOV | BPF_X, rd, rs, 0, 0);
}

static void
move(emitter_t *e, int rd, ir_opnd_t o)
{
	if (o.kind == IR_O_REG)
		move_reg(e, rd, reg(e, o));
	else
		move_imm(e, rd, o.imm);
}

/* ---- many moves at once */

typedef struct pmove {
	int to, from;
} pmove_t;

static bool
is_source(const pmove_t *m, int n, int r)
{
	for (int k = 0; k < n; k++)
		if (m[k].from == r)
			return true;
	return false;
}

/* A move whose target nobody waits for goes first.  When only cycles are left, one value steps
 * aside into a register that is neither source nor target: `busy` are the targets there ever were. */
static void
parallel_move(emitter_t *e, pmove_t *m, int n, unsigned busy)
{
	while (n > 0) {
		int k = 0;
		while (k < n && is_source(m, n, m[k].to))
			k++;
		if (k < n) {
			put(e, BPF_ALU64 | BPF_MOV | BPF_X, m[k].to, m[k].from, 0, 0);
			m[k] = m[--n];
			continue;
		}
		int tmp = R0;
		while (busy & 1U << tmp)
			tmp++;
		int from = m[0].from;
		put(e, BPF_ALU64 | BPF_MOV | BPF_X, tmp, from, 0, 0);
		for (k = 0; k < n; k++)
			if (m[k].from == from)
				m[k].from = tmp;
	}
}

/* Parameters arrive in r1-r5. */
static void
take_params(emitter_t *e)
{
	pmove_t m[IR_MAXARGS];
	int n = 0;
	unsigned busy = 0;
	for (int p = 0; p < e->f->nparams; p++) {
		int to = e->ra->reg[p];
		if (to < 0)
			continue;
		busy |= 1U << to;
		if (to != p + 1)
			m[n++] = (pmove_t){to, p + 1};
	}
	parallel_move(e, m, n, busy);
}

static void
put_call(emitter_t *e, const ir_insn_t *i)
{
	pmove_t m[IR_MAXARGS];
	int n = 0;
	unsigned busy = 0;
	for (int k = 0; k < i->nargs; k++) {
		busy |= 1U << (R1 + k);
		if (i->args[k].kind == IR_O_REG && reg(e, i->args[k]) != R1 + k)
			m[n++] = (pmove_t){R1 + k, reg(e, i->args[k])};
	}
	parallel_move(e, m, n, busy);
	for (int k = 0; k < i->nargs; k++)
		if (i->args[k].kind == IR_O_IMM)
			move_imm(e, R1 + k, i->args[k].imm);
	if (i->op == IR_CALL) {
		put(e, BPF_JMP | BPF_CALL, 0, 0, 0, (int32_t)i->imm);
	} else {
		put_reloc(e, i->op == IR_RT ? BPF_R_RT : BPF_R_FN, (int)i->imm, i->name);
		put(e, BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_CALL, 0, -1);
	}
	if (i->dst >= 0)
		move_reg(e, dst(e, i), R0);
}

/* ---- arithmetic */

static int
alu_code(ir_op_t op)
{
	static const uint8_t code[] = {
	    [IR_ADD] = BPF_ADD,  [IR_SUB] = BPF_SUB, [IR_MUL] = BPF_MUL,   [IR_UDIV] = BPF_DIV,
	    [IR_UMOD] = BPF_MOD, [IR_AND] = BPF_AND, [IR_OR] = BPF_OR,     [IR_XOR] = BPF_XOR,
	    [IR_LSH] = BPF_LSH,  [IR_RSH] = BPF_RSH, [IR_ARSH] = BPF_ARSH,
	};
	return BPF_ALU64 | code[op];
}

static void
put_binary(emitter_t *e, const ir_insn_t *i)
{
	int rd = dst(e, i), code = alu_code(i->op);
	ir_opnd_t a = i->a, b = i->b;
	if (ir_commutes(i->op) && b.kind == IR_O_REG && reg(e, b) == rd) {
		a = i->b;
		b = i->a;
	}
	move(e, rd, a);
	if (b.kind == IR_O_REG)
		put(e, code | BPF_X, rd, reg(e, b), 0, 0);
	else
		put(e, code | BPF_K, rd, 0, 0, (int32_t)b.imm);
}

static void
put_shift(emitter_t *e, int op, int rd, int n)
{
	put(e, BPF_ALU64 | op | BPF_K, rd, 0, 0, n);
}

static void
put_unary(emitter_t *e, const ir_insn_t *i)
{
	int rd = dst(e, i), bits = 8 * i->size;
	if (i->op == IR_ZEXT && bits == 32) {
		put(e, BPF_ALU | BPF_MOV | BPF_X, rd, reg(e, i->a), 0, 0);
		return;
	}
	move(e, rd, i->a);
	if (i->op == IR_NEG) {
		put(e, BPF_ALU64 | BPF_NEG, rd, 0, 0, 0);
	} else if (i->op == IR_BSWAP) {
		int swap = __BYTE_ORDER == __LITTLE_ENDIAN ? BPF_TO_BE : BPF_TO_LE;
		put(e, BPF_ALU | BPF_END | swap, rd, 0, 0, bits);
	} else if (bits == 64) {
		return;
	} else if (i->op == IR_ZEXT) {
		put(e, BPF_ALU64 | BPF_AND | BPF_K, rd, 0, 0, (1 << bits) - 1);
	} else {
		put_shift(e, BPF_LSH, rd, 64 - bits);
		put_shift(e, BPF_ARSH, rd, 64 - bits);
	}
}

/* ---- memory */

static int
size_code(int size)
{
	return size == 1 ? BPF_B : size == 2 ? BPF_H : size == 4 ? BPF_W : BPF_DW;
}

/* The base register of a memory operand; *off gets the offset from it. */
static int
base(const emitter_t *e, const ir_insn_t *i, int *off)
{
	*off = i->off;
	if (i->a.kind == IR_O_REG)
		return reg(e, i->a);
	*off += e->f->objs.p[i->a.imm].off;
	return FP;
}

static void
put_atomic(emitter_t *e, const ir_insn_t *i)
{
	int off, rb = base(e, i, &off), rs = reg(e, i->b), op = BPF_ADD;
	if (i->op == IR_FADD || i->op == IR_XCHG) {
		/* The instruction's source becomes the old value. */
		rs = dst(e, i);
		move(e, rs, i->b);
		op = i->op == IR_FADD ? BPF_ADD | BPF_FETCH : BPF_XCHG;
	} else if (i->op == IR_CAS) {
		move(e, R0, i->c);
		op = BPF_CMPXCHG;
	}
	put(e, BPF_STX | BPF_ATOMIC | size_code(i->size), rb, rs, off, op);
	if (i->op == IR_CAS)
		move_reg(e, dst(e, i), R0);
}

static void
put_memory(emitter_t *e, const ir_insn_t *i)
{
	int off, rb = base(e, i, &off), size = size_code(i->size);
	if (i->op == IR_LD)
		put(e, BPF_LDX | BPF_MEM | size, dst(e, i), rb, off, 0);
	else if (i->op != IR_ST)
		put_atomic(e, i);
	else if (i->b.kind == IR_O_REG)
		put(e, BPF_STX | BPF_MEM | size, rb, reg(e, i->b), off, 0);
	else
		put(e, BPF_ST | BPF_MEM | size, rb, 0, off, (int32_t)i->b.imm);
}

/* ---- conditions and jumps */

static int
put_cond(emitter_t *e, ir_cc_t cc, ir_opnd_t a, ir_opnd_t b, int off)
{
	static const uint8_t code[] = {
	    [IR_EQ] = BPF_JEQ,   [IR_NE] = BPF_JNE,   [IR_ULT] = BPF_JLT,  [IR_ULE] = BPF_JLE,
	    [IR_UGT] = BPF_JGT,  [IR_UGE] = BPF_JGE,  [IR_SLT] = BPF_JSLT, [IR_SLE] = BPF_JSLE,
	    [IR_SGT] = BPF_JSGT, [IR_SGE] = BPF_JSGE, [IR_TST] = BPF_JSET,
	};
	int at = e->out->insns.n;
	if (b.kind == IR_O_REG)
		put(e, BPF_JMP | code[cc] | BPF_X, reg(e, a), reg(e, b), off, 0);
	else
		put(e, BPF_JMP | code[cc] | BPF_K, reg(e, a), 0, off, (int32_t)b.imm);
	return at;
}

static void
put_jump(emitter_t *e, const ir_block_t *from, const ir_block_t *to)
{
	if (to->id == from->id + 1)
		return;
	*dt_vec_push(&e->jumps) = (jump_t){e->out->insns.n, to};
	put(e, BPF_JMP | BPF_JA, 0, 0, 0, 0);
}

static void
put_branch(emitter_t *e, const ir_block_t *blk, const ir_insn_t *i)
{
	ir_cc_t cc = i->cc;
	const ir_block_t *t = i->t, *f = i->f;
	if (t->id == blk->id + 1 && ir_cc_inverse(cc, &cc)) {
		t = i->f;
		f = i->t;
	}
	int at = put_cond(e, cc, i->a, i->b, 0);
	*dt_vec_push(&e->jumps) = (jump_t){at, t};
	put_jump(e, blk, f);
}

static void
put_set(emitter_t *e, const ir_insn_t *i)
{
	int rd = dst(e, i);
	move_imm(e, rd, 1);
	put_cond(e, i->cc, i->a, i->b, 1);
	move_imm(e, rd, 0);
}

/* ---- all of it */

static void
put_object(emitter_t *e, const ir_insn_t *i)
{
	int rd = dst(e, i);
	move_reg(e, rd, FP);
	put(e, BPF_ALU64 | BPF_ADD | BPF_K, rd, 0, 0, e->f->objs.p[i->imm].off + i->off);
}

static void
put_insn(emitter_t *e, const ir_block_t *blk, const ir_insn_t *i)
{
	e->line = i->line;
	switch (i->op) {
	case IR_NOP:
	case IR_CTX: /* made a move by ir_pass_legal */
		break;
	case IR_MOV:
		move(e, dst(e, i), i->a);
		break;
	case IR_SET:
		put_set(e, i);
		break;
	case IR_SCALAR:
		move(e, dst(e, i), i->a);
		put(e, BPF_ALU64 | BPF_NEG, dst(e, i), 0, 0, 0);
		put(e, BPF_ALU64 | BPF_NEG, dst(e, i), 0, 0, 0);
		break;
	case IR_OBJ:
		put_object(e, i);
		break;
	case IR_MAP:
		put_reloc(e, BPF_R_MAP, (int)i->imm, NULL);
		put_ld64(e, dst(e, i), BPF_PSEUDO_MAP_FD, 0, 0);
		break;
	case IR_FNADDR:
		put_reloc(e, BPF_R_FNADDR, (int)i->imm, NULL);
		put_ld64(e, dst(e, i), BPF_PSEUDO_FUNC, 0, 0);
		break;
	case IR_MAPVAL:
		put_reloc(e, BPF_R_MAPVAL, (int)i->imm, NULL);
		put_ld64(e, dst(e, i), BPF_PSEUDO_MAP_VALUE, 0, (uint32_t)i->off);
		break;
	case IR_CALL:
	case IR_RT:
	case IR_FN:
		put_call(e, i);
		break;
	case IR_JMP:
		put_jump(e, blk, i->t);
		break;
	case IR_BR:
		put_branch(e, blk, i);
		break;
	case IR_RET:
		move(e, R0, i->a);
		put(e, BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
		break;
	default:
		if (ir_is_binary(i->op))
			put_binary(e, i);
		else if (ir_is_unary(i->op))
			put_unary(e, i);
		else
			put_memory(e, i);
		break;
	}
}

/* 0, or the length of a jump that has no room in 16 bits. */
static int
patch_jumps(emitter_t *e)
{
	for (int k = 0; k < e->jumps.n; k++) {
		int at = e->jumps.p[k].insn, off = e->start[e->jumps.p[k].to->id] - at - 1;
		if (off != (int16_t)off)
			return off;
		e->out->insns.p[at].off = (int16_t)off;
	}
	return 0;
}

static bool
emit_blocks(emitter_t *e, char *err, size_t errlen)
{
	ir_func_t *f = e->f;
	take_params(e);
	for (int b = 0; b < f->blocks.n; b++) {
		const ir_block_t *blk = f->blocks.p[b];
		e->start[b] = e->out->insns.n;
		for (int k = 0; k < blk->insns.n; k++)
			put_insn(e, blk, &blk->insns.p[k]);
	}
	int off = patch_jumps(e);
	if (off)
		snprintf(err, errlen,
			 "a clause is too long: it makes %d instructions, and the kernel has room for 32767; "
			 "split it into several",
			 off);
	return !off;
}

bool
bpf_emit(ir_func_t *f, bpf_code_t *out, char *err, size_t errlen)
{
	memset(out, 0, sizeof(*out));
	out->name = f->name;
	ir_pass_legal(f);
	int nobjs = f->objs.n;
	int64_t stack = frame_lay_out(f);
	ra_result_t *ra = ra_allocate(f);
	if (!ra) {
		snprintf(err, errlen, "%s: the register allocator found no solution (a bug)", f->name);
		return false;
	}
	frame_add_slots(f, nobjs, &stack);
	bool ok = stack <= FRAME_MAX;
	if (!ok)
		snprintf(err, errlen,
			 "%s needs %lld bytes of stack (%d of them for spilled values), and BPF has %d; use "
			 "fewer or smaller values at once",
			 f->name, (long long)stack, 8 * ra->nspills, FRAME_MAX);
	out->stack = ok ? (int)stack : 0;
	emitter_t e = {.f = f, .ra = ra, .out = out};
	e.start = dt_xcalloc((size_t)f->blocks.n, sizeof(int));
	ok = ok && emit_blocks(&e, err, errlen);
	free(e.start);
	dt_vec_free(&e.jumps);
	ra_free(ra);
	return ok;
}

void
bpf_code_free(bpf_code_t *c)
{
	dt_vec_free(&c->insns);
	dt_vec_free(&c->relocs);
	dt_vec_free(&c->lines);
}
