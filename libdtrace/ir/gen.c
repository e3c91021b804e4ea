/* gen.c - the generator's vocabulary: emit, branch, call, fault, scratch. */
#include "gen.h"

#include <stdarg.h>
#include <string.h>

int
gen_new(gen_t *g)
{
	return ir_newreg(g->f);
}

ir_insn_t *
gen_emit(gen_t *g, ir_op_t op)
{
	ir_insn_t *i = ir_emit(g->b, op);
	i->line = g->line;
	return i;
}

ir_opnd_t
gen_op2(gen_t *g, ir_op_t op, ir_opnd_t a, ir_opnd_t b)
{
	int dst = gen_new(g);
	ir_insn_t *i = gen_emit(g, op);
	i->dst = dst;
	i->a = a;
	i->b = b;
	return ir_reg(dst);
}

void
gen_mov(gen_t *g, int reg, ir_opnd_t v)
{
	ir_insn_t *i = gen_emit(g, IR_MOV);
	i->dst = reg;
	i->a = v;
}

ir_opnd_t
gen_ld(gen_t *g, int size, ir_opnd_t base, int64_t off, bool pure)
{
	int dst = gen_new(g);
	ir_insn_t *i = gen_emit(g, IR_LD);
	i->dst = dst;
	i->size = (uint8_t)size;
	i->a = base;
	i->off = (int32_t)off;
	i->pure = pure;
	return ir_reg(dst);
}

void
gen_st(gen_t *g, int size, ir_opnd_t base, int64_t off, ir_opnd_t v)
{
	ir_insn_t *i = gen_emit(g, IR_ST);
	i->size = (uint8_t)size;
	i->a = base;
	i->b = v;
	i->off = (int32_t)off;
}

ir_opnd_t
gen_mapval(gen_t *g, int map, int64_t off)
{
	int dst = gen_new(g);
	ir_insn_t *i = gen_emit(g, IR_MAPVAL);
	i->dst = dst;
	i->imm = map;
	i->off = (int32_t)off;
	return ir_reg(dst);
}

ir_opnd_t
gen_map(gen_t *g, int map)
{
	int dst = gen_new(g);
	ir_insn_t *i = gen_emit(g, IR_MAP);
	i->dst = dst;
	i->imm = map;
	return ir_reg(dst);
}

ir_opnd_t
gen_obj(gen_t *g, int obj, int64_t off)
{
	int dst = gen_new(g);
	ir_insn_t *i = gen_emit(g, IR_OBJ);
	i->dst = dst;
	i->imm = obj;
	i->off = (int32_t)off;
	return ir_reg(dst);
}

static int
call_va(gen_t *g, ir_op_t op, int nargs, va_list ap)
{
	ir_opnd_t args[IR_MAXARGS];
	for (int k = 0; k < nargs; k++)
		args[k] = va_arg(ap, ir_opnd_t);
	int dst = gen_new(g);
	ir_insn_t *i = gen_emit(g, op);
	i->dst = dst;
	i->nargs = nargs;
	memcpy(i->args, args, sizeof(args[0]) * (size_t)nargs);
	return dst;
}

/* Before 6.4 a map's own functions, which the kernel calls in place of these helpers, give an int: the upper
 * half of the register of a negative one is zero. */
static bool
returns_int(int helper)
{
	return helper == BPF_FUNC_map_update_elem || helper == BPF_FUNC_map_delete_elem ||
	       helper == BPF_FUNC_map_push_elem || helper == BPF_FUNC_map_pop_elem;
}

static ir_opnd_t
gen_sext4(gen_t *g, ir_opnd_t v)
{
	v = gen_op2(g, IR_SEXT, v, ir_none());
	g->b->insns.p[g->b->insns.n - 1].size = 4;
	return v;
}

ir_opnd_t
gen_call(gen_t *g, int helper, bool pure, int nargs, ...)
{
	va_list ap;
	va_start(ap, nargs);
	int dst = call_va(g, IR_CALL, nargs, ap);
	va_end(ap);
	ir_insn_t *i = &g->b->insns.p[g->b->insns.n - 1];
	i->imm = helper;
	i->pure = pure;
	return returns_int(helper) ? gen_sext4(g, ir_reg(dst)) : ir_reg(dst);
}

static bool
rt_faults(const char *name)
{
	static const char *const never[] = {"dt_quantize", "dt_llquantize", "dt_stddev", "dt_progenyof",
					    "dt_chill",    "dt_bio",        "dt_inode",  "dt_packet",
					    "dt_sockaddr", "dt_sock",       "dt_task"};
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		if (!strcmp(name, never[i]))
			return false;
	return true;
}

/* A runtime routine answers -(1000 + fault) when it fails, the bad address in the scratch slot. */
ir_opnd_t
gen_rt(gen_t *g, const char *name, int nargs, ...)
{
	va_list ap;
	va_start(ap, nargs);
	int dst = call_va(g, IR_RT, nargs, ap);
	va_end(ap);
	g->b->insns.p[g->b->insns.n - 1].name = name;
	if (rt_faults(name)) {
		ir_block_t *bad = gen_block(g, "fault"), *ok = gen_block(g, NULL);
		gen_br(g, IR_SLT, ir_reg(dst), ir_imm(-999), bad, ok);
		gen_place(g, bad);
		ir_opnd_t code = gen_op2(g, IR_SUB, ir_imm(-1000), ir_reg(dst));
		gen_mov(g, g->faultreg, code);
		gen_mov(g, g->valreg,
			gen_ld(g, 8, ir_reg(g->scratch), offsetof(struct dt_scratch, illval), false));
		gen_mov(g, g->actionreg, ir_imm(g->action));
		g->faults++;
		gen_jmp(g, g->fault);
		gen_place(g, ok);
	}
	return ir_reg(dst);
}

ir_block_t *
gen_block(gen_t *g, const char *note)
{
	return ir_block_new(g->f, note);
}

void
gen_place(gen_t *g, ir_block_t *b)
{
	if (g->b && !ir_terminated(g->b))
		gen_jmp(g, b);
	ir_block_place(g->f, b);
	g->b = b;
}

void
gen_jmp(gen_t *g, ir_block_t *b)
{
	gen_emit(g, IR_JMP)->t = b;
}

void
gen_br(gen_t *g, ir_cc_t cc, ir_opnd_t a, ir_opnd_t b, ir_block_t *t, ir_block_t *f)
{
	ir_insn_t *i = gen_emit(g, IR_BR);
	i->cc = cc;
	i->a = a;
	i->b = b;
	i->t = t;
	i->f = f;
}

void
gen_bound(gen_t *g, ir_cc_t cc, ir_opnd_t a, ir_opnd_t b, ir_block_t *t, ir_block_t *f)
{
	gen_br(g, cc, a, b, t, f);
	g->b->insns.p[g->b->insns.n - 1].keep = true;
}

/* Go to the fault block when a cc b; continue otherwise. */
void
gen_faultif(gen_t *g, ir_cc_t cc, ir_opnd_t a, ir_opnd_t b, int fault, ir_opnd_t value)
{
	ir_block_t *bad = gen_block(g, "fault"), *ok = gen_block(g, NULL);
	gen_bound(g, cc, a, b, bad, ok);
	gen_place(g, bad);
	gen_mov(g, g->faultreg, ir_imm(fault));
	gen_mov(g, g->valreg, value);
	gen_mov(g, g->actionreg, ir_imm(g->action));
	g->faults++;
	gen_jmp(g, g->fault);
	gen_place(g, ok);
}

void
gen_present(gen_t *g, int fault, ir_opnd_t value)
{
	if (g->thread >= 0)
		gen_faultif(g, IR_EQ, gen_op2(g, IR_MOV, ir_imm(0), ir_none()), ir_imm(0), fault, value);
}

val_t
val_num(ir_opnd_t o)
{
	return (val_t){.kind = V_NUM, .o = o};
}

int
gen_offset(gen_t *g, const char *sou, const char *path)
{
	int off = dt_btf_offset(g->dtp, sou, path);
	if (off < 0)
		dt_debug("no %s.%s in the kernel's BTF", sou, path);
	return off < 0 ? 0 : off;
}

/* The verifier forbids arithmetic on pointers: IR_SCALAR makes one a number. */
ir_opnd_t
gen_scalar(gen_t *g, val_t v)
{
	return v.ptr && v.o.kind == IR_O_REG ? gen_op2(g, IR_SCALAR, v.o, ir_none()) : v.o;
}

/* A function that turns out to need a scratch slot is built a second time, with one. */
ir_opnd_t
gen_scratchp(gen_t *g)
{
	struct need *n = &g->need[g->nth];
	if (g->in_pred && !n->pred)
		g->retry = n->pred = true;
	else if (!g->in_pred && !n->pred && !n->body)
		g->retry = n->body = true;
	return ir_reg(g->scratch);
}

void
gen_noscratch(gen_t *g)
{
	ir_opnd_t one = gen_op2(g, IR_MOV, ir_imm(1), ir_none());
	gen_faultif(g, IR_NE, one, ir_imm(0), DTRACEFLT_NOSCRATCH, ir_imm(0));
}

uint32_t
gen_arena(gen_t *g, uint32_t size)
{
	uint32_t off = g->arena;
	gen_scratchp(g);
	if (size > DT_ARENA || off > DT_ARENA - size) {
		gen_noscratch(g);
		return 0;
	}
	g->arena += (size + 7) & ~7U;
	return off;
}

ir_opnd_t
gen_arenap(gen_t *g, uint32_t off)
{
	return gen_op2(g, IR_ADD, gen_scratchp(g), ir_imm((int64_t)offsetof(struct dt_scratch, arena) + off));
}

ir_opnd_t
gen_zeros(gen_t *g, uint32_t size)
{
	dt_module_t *m = g->mod;
	if (size > m->zeros_size) {
		m->zeros = mod_rodata(m, dt_arena_alloc(m->arena, size), size, 8);
		m->zeros_size = size;
	}
	return gen_mapval(g, m->rodata, m->zeros);
}

/* Zeros into memory the verifier knows, word by word as long as that is short. */
void
gen_clear(gen_t *g, ir_opnd_t base, int64_t off, uint32_t size)
{
	enum {
		SHORT = 64
	};
	if (size > SHORT || size % 8 || off % 8) {
		ir_opnd_t dst = off ? gen_op2(g, IR_ADD, base, ir_imm(off)) : base;
		gen_call(g, BPF_FUNC_probe_read_kernel, false, 3, dst, ir_imm(size), gen_zeros(g, size));
		return;
	}
	for (uint32_t i = 0; i < size; i += 8)
		gen_st(g, 8, base, off + i, ir_imm(0));
}

/* A number as its type shows it: cut to the type's size, extended by its sign. */
ir_opnd_t
gen_sext(gen_t *g, ir_opnd_t v, const dt_tinfo_t *t)
{
	if (t->size >= 8 || t->size == 0)
		return v;
	ir_opnd_t r = gen_op2(g, t->is_signed ? IR_SEXT : IR_ZEXT, v, ir_none());
	g->b->insns.p[g->b->insns.n - 1].size = (uint8_t)t->size;
	return r;
}

ir_opnd_t
gen_statep(gen_t *g, size_t off)
{
	return gen_mapval(g, g->mod->state, (int64_t)off);
}

/* state->cpu[this cpu]; to `out` on a CPU that cannot be. */
ir_opnd_t
gen_cpustate(gen_t *g, ir_block_t *out)
{
	ir_opnd_t cpu = gen_call(g, BPF_FUNC_get_smp_processor_id, true, 0);
	ir_block_t *in = gen_block(g, "cpu state");
	gen_bound(g, IR_ULT, cpu, ir_imm(g->mod->ncpus), in, out);
	gen_place(g, in);
	ir_opnd_t off = gen_op2(g, IR_MUL, cpu, ir_imm(sizeof(struct dt_cpustate)));
	return gen_op2(g, IR_ADD, gen_statep(g, offsetof(struct dt_state, cpu)), off);
}

/* state->cpu[this cpu].counter++; the counters of struct dt_cpustate only grow. */
void
gen_count_drop(gen_t *g, size_t counter)
{
	ir_block_t *out = gen_block(g, NULL);
	ir_opnd_t p = gen_cpustate(g, out);
	ir_insn_t *i = gen_emit(g, IR_XADD);
	i->size = 8;
	i->a = p;
	i->b = ir_imm(1);
	i->off = (int32_t)counter;
	gen_place(g, out);
}

ir_opnd_t
gen_current(gen_t *g)
{
	if (g->thread >= 0)
		return ir_reg(g->thread);
	return gen_call(g, BPF_FUNC_get_current_task_btf, true, 0);
}
