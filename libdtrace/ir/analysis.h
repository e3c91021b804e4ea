/*
 * analysis.h - what the passes and the register allocator ask about instructions,
 * values and the flow graph.
 *
 * As branches only go forward, the layout order is a topological order: whatever
 * reaches an instruction stands before it, and one walk is always enough.
 */
#ifndef DT_IR_ANALYSIS_H
#define DT_IR_ANALYSIS_H

#include "ir.h"

enum {
	IR_MAXOPNDS = 3 + IR_MAXARGS
};

/* The operands that are registers, in the order a, b, c, args; the count. */
int ir_reg_operands(ir_insn_t *, ir_opnd_t *out[IR_MAXOPNDS]);

bool ir_is_term(ir_op_t);
bool ir_is_binary(ir_op_t); /* dst = a op b */
bool ir_is_unary(ir_op_t);  /* dst = op a, numbers only */
bool ir_is_call(ir_op_t);   /* clobbers r0-r5 */
bool ir_is_mem(ir_op_t);    /* a + off is an address */
bool ir_commutes(ir_op_t);
bool ir_has_effect(const ir_insn_t *); /* must stay even if nobody uses the result */
/* One instruction without operands gives the value again, anywhere. */
bool ir_is_remat(const ir_insn_t *);
static inline bool
ir_fits32(int64_t v)
{
	return v == (int32_t)v;
}

ir_cc_t ir_cc_swapped(ir_cc_t);         /* a cc b == b swapped(cc) a */
bool ir_cc_inverse(ir_cc_t, ir_cc_t *); /* false for IR_TST */

/* The value of pure instructions on constants, as BPF computes it. */
uint64_t ir_eval(ir_op_t, int size, uint64_t a, uint64_t b);
bool ir_eval_cc(ir_cc_t, uint64_t a, uint64_t b);

/* Definitions and uses of each register; a parameter's entry value is a definition without an
 * instruction.  def is NULL unless there is exactly one, and good until a block gets instructions. */
typedef struct ir_info {
	int *ndefs, *nuses;
	ir_insn_t **def;
} ir_info_t;
void ir_info_init(ir_info_t *, const ir_func_t *);
void ir_info_free(ir_info_t *);

ir_insn_t *ir_last(const ir_block_t *);
/* Remove blocks no path reaches, and give the others their new place. */
void ir_drop_unreachable(ir_func_t *);

/* Immediate dominators by block number (-1 for the entry) and predecessor counts (edges).
 * Every block must be reachable. */
typedef struct ir_dom {
	int *idom, *npreds;
} ir_dom_t;
void ir_dom_init(ir_dom_t *, const ir_func_t *);
void ir_dom_free(ir_dom_t *);

#endif
