/*
 * build.c - making functions of IR: registers, stack objects, blocks, instructions.
 *
 * Blocks and names live in the function's arena, instruction lists on the heap; both
 * go with ir_func_free().
 */
#include "ir.h"

#include <stdlib.h>

ir_func_t *
ir_func_new(const char *name, int nparams)
{
	dt_arena_t *arena = dt_arena_new();
	ir_func_t *f = dt_arena_alloc(arena, sizeof(*f));
	f->arena = arena;
	f->name = dt_arena_strdup(arena, name);
	f->nparams = f->nregs = nparams;
	return f;
}

void
ir_func_free(ir_func_t *f)
{
	if (!f)
		return;
	for (int i = 0; i < f->all.n; i++)
		dt_vec_free(&f->all.p[i]->insns);
	dt_vec_free(&f->all);
	dt_vec_free(&f->blocks);
	dt_vec_free(&f->objs);
	dt_arena_free(f->arena);
}

int
ir_newreg(ir_func_t *f)
{
	return f->nregs++;
}

int
ir_newobj(ir_func_t *f, uint32_t size, uint32_t align)
{
	*dt_vec_push(&f->objs) = (ir_obj_t){size, align ? align : 1, 0};
	return f->objs.n - 1;
}

ir_block_t *
ir_block_new(ir_func_t *f, const char *note)
{
	ir_block_t *b = dt_arena_alloc(f->arena, sizeof(*b));
	b->id = -1;
	b->note = note;
	*dt_vec_push(&f->all) = b;
	return b;
}

void
ir_block_place(ir_func_t *f, ir_block_t *b)
{
	b->id = f->blocks.n;
	*dt_vec_push(&f->blocks) = b;
}

ir_insn_t *
ir_emit(ir_block_t *b, ir_op_t op)
{
	ir_insn_t *i = dt_vec_push(&b->insns);
	*i = (ir_insn_t){.op = op, .dst = -1, .a = ir_none(), .b = ir_none(), .c = ir_none()};
	return i;
}

bool
ir_terminated(const ir_block_t *b)
{
	if (b->insns.n == 0)
		return false;
	ir_op_t op = b->insns.p[b->insns.n - 1].op;
	return op == IR_JMP || op == IR_BR || op == IR_RET;
}
