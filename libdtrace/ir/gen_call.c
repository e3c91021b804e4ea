/*
 * gen_call.c - arguments and result of a probed function, from the registers a kprobe or uprobe
 * hands over, by the C calling convention of the machine.
 */
#include "gen.h"

/* Where struct pt_regs keeps them; arguments behind the last register are on the stack. */
#if defined(__x86_64__)
static const char *const arg_reg[] = {"di", "si", "dx", "cx", "r8", "r9"};
#define RESULT_REG "ax"
enum {
	NARGREGS = 6,
	STACK_FIRST = 8 /* above the return address, which the call has just pushed */
};

static int
arg_offset(gen_t *g, int n)
{
	return dt_btf_offset(g->dtp, "pt_regs", arg_reg[n]);
}
#elif defined(__aarch64__)
#define RESULT_REG "regs"
enum {
	NARGREGS = 8,
	STACK_FIRST = 0
};

static int
arg_offset(gen_t *g, int n)
{
	return dt_btf_offset(g->dtp, "pt_regs", "regs") + 8 * n;
}
#else
#error "the calling convention of this machine is not known"
#endif

static ir_opnd_t
reg(gen_t *g, int offset)
{
	return gen_ld(g, 8, ir_reg(g->ctx), offset, true);
}

/* Argument n of the function that is being entered, as it stands in its register or stack word: where that
 * is wider than the argument, the rest is whatever the caller left there. */
ir_opnd_t
gen_call_arg(gen_t *g, int n)
{
	if (n < NARGREGS)
		return reg(g, arg_offset(g, n));
	ir_opnd_t sp = reg(g, dt_btf_offset(g->dtp, "pt_regs", "sp"));
	ir_opnd_t at = gen_op2(g, IR_ADD, sp, ir_imm(STACK_FIRST + 8 * (n - NARGREGS)));
	ir_opnd_t buf = gen_obj(g, ir_newobj(g->f, 8, 8), 0);
	int helper = g->unit->site.user ? BPF_FUNC_probe_read_user : BPF_FUNC_probe_read_kernel;
	/* Unreadable: the helper leaves zeros. */
	gen_call(g, helper, false, 3, buf, ir_imm(8), at);
	return gen_ld(g, 8, buf, 0, false);
}

/* Where the function that is being entered will return to. */
ir_opnd_t
gen_call_return(gen_t *g)
{
#if defined(__x86_64__)
	ir_opnd_t sp = reg(g, dt_btf_offset(g->dtp, "pt_regs", "sp"));
	ir_opnd_t buf = gen_obj(g, ir_newobj(g->f, 8, 8), 0);
	gen_call(g, BPF_FUNC_probe_read_user, false, 3, buf, ir_imm(8), sp);
	return gen_ld(g, 8, buf, 0, false);
#else
	return reg(g, arg_offset(g, 30)); /* the link register */
#endif
}

bool
gen_at_user_entry(const gen_t *g)
{
	return !g->in_error && g->unit->site.user && g->unit->site.arg[0].kind == DT_ARG_CALL;
}

/* What the function that has just returned gave back. */
ir_opnd_t
gen_call_result(gen_t *g)
{
	return reg(g, dt_btf_offset(g->dtp, "pt_regs", RESULT_REG));
}
