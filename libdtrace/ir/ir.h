/*
 * ir.h - the intermediate representation: three-address code over basic blocks and
 * 64-bit virtual registers, close to what BPF can do.
 *
 * A virtual register usually has one definition; one with several (a merge of ?:,
 * a loop-free "variable") is found by counting.  Registers carry what the verifier
 * sees: a pointer stays a pointer through IR_MOV and spills.  Only forward branches:
 * blocks are laid out in order and a branch goes to a later block.
 *
 * Built by gen*.c, transformed by pass_*.c, printed by dump.c, emitted by bpf/.
 */
#ifndef DT_IR_H
#define DT_IR_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "../handle/arena.h"

typedef enum ir_op {
	IR_NOP,
	IR_MOV, /* dst = a */
	/* dst = a op b; 64-bit */
	IR_ADD,
	IR_SUB,
	IR_MUL,
	IR_UDIV,
	IR_UMOD, /* b == 0 never happens: gen checked it (BPF would give 0, and a) */
	IR_AND,
	IR_OR,
	IR_XOR,
	IR_LSH,
	IR_RSH,
	IR_ARSH,   /* counts taken modulo 64 */
	IR_NEG,    /* dst = -a */
	IR_SEXT,   /* dst = low `size` bytes of a, sign-extended */
	IR_ZEXT,   /* dst = low `size` bytes of a, zero-extended */
	IR_BSWAP,  /* dst = low `size` bytes of a, swapped, zero-extended */
	IR_SET,    /* dst = (a cc b) ? 1 : 0 */
	IR_LD,     /* dst = zero-extended *(u<size> *)(a + off) */
	IR_ST,     /* *(u<size> *)(a + off) = b */
	IR_XADD,   /* atomic *(u<size> *)(a + off) += b; size 4 or 8 */
	IR_FADD,   /* dst = atomic fetch-and-add of b at a + off */
	IR_XCHG,   /* dst = atomic exchange of b at a + off */
	IR_CAS,    /* dst = value at a + off before; stored b if it was c */
	IR_CTX,    /* dst = the program's context: main's parameter, elsewhere the "ctx" one */
	IR_OBJ,    /* dst = address of stack object n (imm) plus off */
	IR_MAP,    /* dst = map number imm, to hand to a helper */
	IR_FNADDR, /* dst = address of function number imm of this unit, to hand to a helper */
	IR_MAPVAL, /* dst = address of the only value of array map imm, plus off */
	IR_SCALAR, /* dst = a made a plain number the verifier lets us compute with (a may be a pointer).
		    * Two negations: a privileged program may negate a pointer, and the verifier (6.1
		    * and on) takes the result for an unknown number.  b is not used. */
	IR_CALL,   /* dst = helper number imm (args) */
	IR_RT,     /* dst = runtime routine `name` (args) */
	IR_FN,     /* dst = function number imm of this unit (args) */
	/* terminators, last of a block */
	IR_JMP, /* to t */
	IR_BR,  /* a cc b ? t : f */
	IR_RET  /* a */
} ir_op_t;

typedef enum ir_cc {
	IR_EQ,
	IR_NE,
	IR_ULT,
	IR_ULE,
	IR_UGT,
	IR_UGE,
	IR_SLT,
	IR_SLE,
	IR_SGT,
	IR_SGE,
	IR_TST /* (a & b) != 0 */
} ir_cc_t;

/* An operand: nothing, a virtual register, a constant, or - as the address of a load, store or
 * atomic, made by ir_pass_legal and the register allocator only - stack object imm. */
typedef struct ir_opnd {
	enum {
		IR_O_NONE,
		IR_O_REG,
		IR_O_IMM,
		IR_O_OBJ
	} kind;
	int reg;
	int64_t imm;
} ir_opnd_t;

static inline ir_opnd_t
ir_reg(int r)
{
	return (ir_opnd_t){IR_O_REG, r, 0};
}
static inline ir_opnd_t
ir_imm(int64_t v)
{
	return (ir_opnd_t){IR_O_IMM, -1, v};
}
static inline ir_opnd_t
ir_obj(int n)
{
	return (ir_opnd_t){IR_O_OBJ, -1, n};
}
static inline ir_opnd_t
ir_none(void)
{
	return (ir_opnd_t){IR_O_NONE, -1, 0};
}

typedef struct ir_block ir_block_t;

enum {
	IR_MAXARGS = 5
};

typedef struct ir_insn {
	ir_op_t op;
	ir_cc_t cc;
	uint8_t size; /* 1, 2, 4, 8 */
	bool pure;    /* LD, CALL: same operands give the same value all through a firing,
			 no effect: may be shared or dropped */
	bool keep;    /* BR: tells the verifier a bound it cannot find out by itself; never folded
			 by what only we know of the operands */
	int dst;      /* virtual register, or -1 */
	ir_opnd_t a, b, c;
	int32_t off;
	int64_t imm;
	const char *name; /* IR_RT */
	ir_opnd_t args[IR_MAXARGS];
	int nargs;
	ir_block_t *t, *f;
	int line; /* D source line, 0 = none */
} ir_insn_t;

struct ir_block {
	int id;                  /* position in the layout */
	DT_VEC(ir_insn_t) insns; /* ends in a terminator once finished */
	const char *note;        /* shown by dump and -S: "clause 3 predicate" */
};

/* Stack object: size bytes at r10 - something; total stack of a function is bounded (bpf/). */
typedef struct ir_obj {
	uint32_t size, align;
	int32_t off; /* set by bpf/ frame layout: negative offset from r10 */
} ir_obj_t;

typedef struct ir_func {
	const char *name; /* C identifier, unique in the unit */
	int nparams;      /* virtual registers 0..nparams-1 hold them; main: 1, the context */
	bool is_main;
	const char *paramtypes[IR_MAXARGS]; /* for BTF: "ctx", "scratch", "stack", "u64" */
	int nregs;
	DT_VEC(ir_block_t *) blocks; /* in layout order; blocks[0] is the entry */
	DT_VEC(ir_block_t *) all;    /* every block ever made: what ir_func_free frees */
	DT_VEC(ir_obj_t) objs;
	dt_arena_t *arena;
} ir_func_t;

/* One BPF program before emission. */
typedef struct ir_unit {
	const char *name;
	uint32_t prog_type;
	const char *ctxtype;       /* struct name of the context for BTF of functions taking it, or NULL */
	DT_VEC(ir_func_t *) funcs; /* funcs[0] is main */
} ir_unit_t;

/* Building (build.c). */
ir_func_t *ir_func_new(const char *name, int nparams);
void ir_func_free(ir_func_t *);
int ir_newreg(ir_func_t *);
int ir_newobj(ir_func_t *, uint32_t size, uint32_t align);
ir_block_t *ir_block_new(ir_func_t *, const char *note); /* not yet laid out */
void ir_block_place(ir_func_t *, ir_block_t *);          /* next in the layout */
ir_insn_t *ir_emit(ir_block_t *, ir_op_t);               /* a zeroed instruction at the end */
bool ir_terminated(const ir_block_t *);

/* Passes: each keeps the meaning, each in its own file, in this order (passes.c). */
void ir_pass_fold(ir_func_t *);  /* constants, copies, algebra, constant branches */
void ir_pass_gvn(ir_func_t *);   /* dominated recomputation of pure values */
void ir_pass_dce(ir_func_t *);   /* unused results, unreachable blocks, jump threading */
void ir_pass_legal(ir_func_t *); /* only what BPF instructions can say; bpf_emit runs it itself */
void ir_optimize(ir_func_t *);   /* all of them */
/* NULL, or what is wrong with the function (tests, debug builds). */
const char *ir_verify(const ir_func_t *);
void ir_dump(const ir_func_t *, FILE *);
const char *ir_opname(ir_op_t);

#endif
