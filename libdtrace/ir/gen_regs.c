/* gen_regs.c - what the user program was doing: ucaller, uregs[]. */
#include "gen.h"

static ir_opnd_t
task_word(gen_t *g, ir_opnd_t task, int size, const char *path)
{
	return gen_ld(g, size, task, dt_btf_offset(g->dtp, "task_struct", path), true);
}

/* The second user frame. */
ir_opnd_t
gen_ucaller(gen_t *g)
{
	enum {
		SKIP_ONE = 1
	};
	if (g->in_error || g->thread >= 0)
		return ir_imm(0);
	if (gen_at_user_entry(g))
		return gen_call_return(g);
	int obj = ir_newobj(g->f, 8, 8);
	gen_st(g, 8, gen_obj(g, obj, 0), 0, ir_imm(0));
	gen_call(g, BPF_FUNC_get_stack, false, 4, ir_reg(g->ctx), gen_obj(g, obj, 0), ir_imm(8),
		 ir_imm(BPF_F_USER_STACK | SKIP_ONE));
	return gen_ld(g, 8, gen_obj(g, obj, 0), 0, false);
}

/* Where a register of language.md V45 is: the first 21 are pt_regs in its own order, the others
 * the thread keeps elsewhere. */
static const struct {
	const char *path;
	int size;
} thread_regs[] = {
    {"thread.ds", 2}, {"thread.es", 2}, {"thread.fsindex", 2}, {"thread.gsindex", 2}, {"thread.trap_nr", 8}};
enum {
	NPTREGS = 21,
	PF_KTHREAD = 0x200000
};

/* uregs[n]: what the user program had in its registers when it entered the kernel. */
ir_opnd_t
gen_uregs(gen_t *g, dt_node_t *index)
{
	ir_opnd_t task = gen_current(g);
	ir_opnd_t kthread = gen_op2(g, IR_AND, task_word(g, task, 4, "flags"), ir_imm(PF_KTHREAD));
	gen_faultif(g, IR_NE, kthread, ir_imm(0), DTRACEFLT_BADADDR, ir_imm(0));
	if (index->kind == DN_INT) {
		uint64_t n = index->ival;
		if (n >= NPTREGS)
			return task_word(g, task, thread_regs[n - NPTREGS].size, thread_regs[n - NPTREGS].path);
		ir_opnd_t regs = gen_call(g, BPF_FUNC_task_pt_regs, true, 1, task);
		return gen_ld(g, 8, regs, 8 * (int64_t)n, true);
	}
	ir_opnd_t n = gen_num(g, index);
	gen_faultif(g, IR_UGE, n, ir_imm(NPTREGS), DTRACEFLT_ILLOP, ir_imm(0));
	ir_opnd_t regs = gen_call(g, BPF_FUNC_task_pt_regs, true, 1, task);
	ir_opnd_t base = gen_op2(g, IR_SCALAR, regs, ir_none());
	ir_opnd_t p = gen_op2(g, IR_ADD, base, gen_op2(g, IR_LSH, n, ir_imm(3)));
	ir_opnd_t buf = gen_obj(g, ir_newobj(g->f, 8, 8), 0);
	ir_opnd_t r = gen_call(g, BPF_FUNC_probe_read_kernel, false, 3, buf, ir_imm(8), p);
	gen_faultif(g, IR_SLT, r, ir_imm(0), DTRACEFLT_BADADDR, p);
	return gen_ld(g, 8, buf, 0, false);
}
