/*
 * gen_vtime.c - vtimestamp: the time a thread has spent on CPU.  A thread that was asked about has a storage of
 * its own, which a program on every context switch keeps.
 *
 * A switch may be missed: where the thread before may not be traced (pid 1 of some virtual machines), no
 * program runs on its way out.  Then the slice is what the scheduler has summed up meanwhile, a tick late at
 * worst; never a slice twice.
 */
#include "gen.h"

/* In the storage, 8 bytes each. */
enum {
	SUM = 0,   /* ns until it was switched in; 0: it was never asked about */
	IN = 8,    /* when that was; 0: it is off the CPU, or was switched in unseen */
	EXEC = 16, /* the scheduler's sum when it was switched out */
	SIZE = 24
};

static int
storage(gen_t *g)
{
	for (int i = 0; i < g->mod->maps.n; i++)
		if (g->mod->maps.p[i].kind == DT_MAP_VTIME)
			return i;
	return mod_map(g->mod, DT_MAP_VTIME, "vtime", 4, SIZE, 1);
}

static ir_opnd_t
sum_exec(gen_t *g, ir_opnd_t task)
{
	return gen_ld(g, 8, task, gen_offset(g, "task_struct", "se.sum_exec_runtime"), true);
}

/* What the thread ran unseen since it was switched out. */
static ir_opnd_t
unseen(gen_t *g, ir_opnd_t p, ir_opnd_t task)
{
	return gen_op2(g, IR_SUB, sum_exec(g, task), gen_ld(g, 8, p, EXEC, false));
}

ir_opnd_t
gen_vtimestamp(gen_t *g)
{
	int map = storage(g), r = gen_new(g);
	ir_block_t *have = gen_block(g, NULL), *drop = gen_block(g, NULL), *fresh = gen_block(g, NULL),
		   *old = gen_block(g, NULL), *seen = gen_block(g, NULL), *missed = gen_block(g, NULL),
		   *keep = gen_block(g, NULL), *out = gen_block(g, NULL);
	gen_mov(g, r, ir_imm(0));
	ir_opnd_t now = gen_timestamp(g);
	ir_opnd_t p = gen_call(g, BPF_FUNC_task_storage_get, false, 4, gen_map(g, map), gen_current(g),
			       ir_imm(0), ir_imm(BPF_LOCAL_STORAGE_GET_F_CREATE));
	gen_br(g, IR_NE, p, ir_imm(0), have, drop);
	gen_place(g, drop);
	gen_count_drop(g, offsetof(struct dt_cpustate, dyndrops));
	gen_jmp(g, out);
	gen_place(g, have);
	gen_mov(g, r, gen_ld(g, 8, p, SUM, false));
	gen_br(g, IR_EQ, ir_reg(r), ir_imm(0), fresh, old);
	gen_place(g, fresh);
	gen_mov(g, r, gen_op2(g, IR_ADD, sum_exec(g, gen_current(g)), ir_imm(1)));
	gen_jmp(g, keep);
	gen_place(g, old);
	if (g->thread >= 0) { /* one that does not run yet has no slice */
		gen_jmp(g, out);
	} else {
		ir_opnd_t in = gen_ld(g, 8, p, IN, false);
		gen_br(g, IR_NE, in, ir_imm(0), seen, missed);
		gen_place(g, seen);
		gen_mov(g, r, gen_op2(g, IR_ADD, ir_reg(r), gen_op2(g, IR_SUB, now, in)));
		gen_jmp(g, out);
		gen_place(g, missed);
		gen_mov(g, r, gen_op2(g, IR_ADD, ir_reg(r), unseen(g, p, gen_current(g))));
		gen_jmp(g, keep);
	}
	gen_place(g, keep);
	gen_st(g, 8, p, SUM, ir_reg(r));
	gen_st(g, 8, p, IN, now);
	gen_jmp(g, out);
	gen_place(g, out);
	return ir_reg(r);
}

static void
switched_out(gen_t *g, ir_opnd_t p, ir_opnd_t task, ir_opnd_t now)
{
	ir_block_t *seen = gen_block(g, NULL), *missed = gen_block(g, NULL), *out = gen_block(g, NULL);
	int sum = gen_new(g);
	ir_opnd_t in = gen_ld(g, 8, p, IN, false);
	gen_mov(g, sum, gen_ld(g, 8, p, SUM, false));
	gen_br(g, IR_NE, in, ir_imm(0), seen, missed);
	gen_place(g, seen);
	gen_mov(g, sum, gen_op2(g, IR_ADD, ir_reg(sum), gen_op2(g, IR_SUB, now, in)));
	gen_jmp(g, out);
	gen_place(g, missed);
	gen_mov(g, sum, gen_op2(g, IR_ADD, ir_reg(sum), unseen(g, p, task)));
	gen_jmp(g, out);
	gen_place(g, out);
	gen_st(g, 8, p, SUM, ir_reg(sum));
	gen_st(g, 8, p, IN, ir_imm(0));
	gen_st(g, 8, p, EXEC, sum_exec(g, task));
}

/* sched_switch(preempt, prev, next, ...).  Runs after the clauses of that switch: this program is attached
 * last. */
void
gen_vtime_switch(gen_t *g)
{
	ir_opnd_t now = gen_call(g, BPF_FUNC_ktime_get_ns, false, 0);
	for (int who = 1; who <= 2; who++) {
		ir_block_t *have = gen_block(g, NULL), *out = gen_block(g, NULL);
		ir_opnd_t task = gen_ld(g, 8, ir_reg(0), 8 * who, true);
		ir_opnd_t p = gen_call(g, BPF_FUNC_task_storage_get, false, 4, gen_map(g, storage(g)), task,
				       ir_imm(0), ir_imm(0));
		gen_br(g, IR_NE, p, ir_imm(0), have, out);
		gen_place(g, have);
		if (who == 1)
			switched_out(g, p, task, now);
		else
			gen_st(g, 8, p, IN, now);
		gen_jmp(g, out);
		gen_place(g, out);
	}
}
