/*
 * ir_random.h - random functions of IR, and a machine that runs IR: the tests of the
 * passes, the allocator and the emitter all ask whether a function still computes
 * the same.
 *
 * World of such a function: a context of five u64, two stack objects of 64 bytes
 * (initialised first of all), map 0 whose value is `struct world`, the helpers
 * get_current_pid_tgid and probe_read_kernel, and function 1 with five parameters.
 */
#ifndef IR_RANDOM_H
#define IR_RANDOM_H

#include "../../libdtrace/ir/analysis.h"
#include "../../libdtrace/ir/ir.h"

#include <linux/bpf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	R_NCTX = 5,
	R_OBJSIZE = 64,
	R_MEMSIZE = 128,
	R_MAXLIVE = 44 /* all of them spilled still fit below the objects */
};

struct world {
	uint8_t mem[R_MEMSIZE];
	uint64_t result;
	uint64_t ctx[R_NCTX];
};

/* ---- numbers */

static uint64_t rnd_state;

static uint64_t
rnd(void)
{
	rnd_state += 0x9e3779b97f4a7c15ULL;
	uint64_t z = rnd_state;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

static int
rnd_below(int n)
{
	return (int)(rnd() % (uint64_t)n);
}

static int64_t
rnd_number(void)
{
	static const int64_t special[] = {
	    0,   1,      -1,         2,          7,          8,           63,        64,        255,
	    256, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, 0x100000000, INT64_MIN, INT64_MAX, -0x80000000LL};
	int k = rnd_below(4);
	if (k == 0)
		return (int64_t)rnd();
	if (k == 1)
		return rnd_below(100);
	return special[rnd_below((int)(sizeof(special) / sizeof(special[0])))];
}

/* ---- functions */

typedef struct rgen {
	ir_func_t *f;
	ir_block_t *b;
	int reg[R_MAXLIVE]; /* numbers defined on every path to here */
	int nregs;
	int left; /* statements still to make */
	bool is_main;
	int obj[2], objp[2]; /* objp: one pointer to each, made at the entry, used far away */
} rgen_t;

static ir_insn_t *
r_op(rgen_t *g, ir_op_t op, ir_opnd_t a, ir_opnd_t b)
{
	ir_insn_t *i = ir_emit(g->b, op);
	i->a = a;
	i->b = b;
	i->size = 8;
	i->line = g->b->id + 1;
	return i;
}

static int
r_val(rgen_t *g, ir_op_t op, ir_opnd_t a, ir_opnd_t b)
{
	int r = ir_newreg(g->f);
	r_op(g, op, a, b)->dst = r;
	return r;
}

static void
r_keep(rgen_t *g, int r)
{
	if (g->nregs < R_MAXLIVE)
		g->reg[g->nregs++] = r;
}

static ir_opnd_t
r_any(rgen_t *g)
{
	if (rnd_below(4) == 0)
		return ir_imm(rnd_number());
	return ir_reg(g->reg[rnd_below(g->nregs)]);
}

static void
r_enter(rgen_t *g, const char *note)
{
	g->b = ir_block_new(g->f, note);
	ir_block_place(g->f, g->b);
}

static int
r_size(void)
{
	return 1 << rnd_below(4);
}

/* Pointer to a random place, aligned for size, of an object or the map's memory; *off goes with it. */
static int
r_pointer(rgen_t *g, int size, int *off)
{
	int k = rnd_below(g->is_main ? 3 : 2);
	*off = rnd_below((k == 2 ? R_MEMSIZE : R_OBJSIZE) / size) * size;
	if (k < 2 && rnd_below(2))
		return g->objp[k];
	int r = ir_newreg(g->f);
	ir_insn_t *i = r_op(g, k == 2 ? IR_MAPVAL : IR_OBJ, ir_none(), ir_none());
	i->dst = r;
	i->imm = k == 2 ? 0 : g->obj[k];
	if (rnd_below(2)) {
		i->off = *off;
		*off = 0;
	} else if (rnd_below(3) == 0) {
		r = r_val(g, IR_ADD, ir_reg(r), ir_imm(*off));
		*off = 0;
	}
	return r;
}

static void
r_memory(rgen_t *g)
{
	static const ir_op_t ops[] = {IR_LD, IR_LD, IR_ST, IR_ST, IR_XADD, IR_FADD, IR_XCHG, IR_CAS};
	ir_op_t op = ops[rnd_below(8)];
	int off, size = op == IR_LD || op == IR_ST ? r_size() : 4 << rnd_below(2);
	int p = r_pointer(g, size, &off);
	ir_insn_t *i = r_op(g, op, ir_reg(p), op == IR_LD ? ir_none() : r_any(g));
	i->size = (uint8_t)size;
	i->off = off;
	if (op == IR_CAS)
		i->c = r_any(g);
	if (op == IR_ST || op == IR_XADD || (op != IR_LD && rnd_below(4) == 0))
		return;
	i->dst = ir_newreg(g->f);
	r_keep(g, i->dst);
}

static void
r_call(rgen_t *g)
{
	int kind = rnd_below(g->is_main ? 3 : 1), off;
	if (kind == 0) {
		ir_insn_t *i = r_op(g, IR_CALL, ir_none(), ir_none());
		i->imm = BPF_FUNC_get_current_pid_tgid;
		i->pure = rnd_below(2);
		i->dst = ir_newreg(g->f);
		r_keep(g, i->dst);
	} else if (kind == 1) {
		int size = r_size(), soff, to = r_pointer(g, size, &off);
		to = r_val(g, IR_ADD, ir_reg(to), ir_imm(off));
		int from = r_val(g, IR_ADD, ir_reg(r_pointer(g, size, &soff)), ir_imm(0));
		from = r_val(g, IR_ADD, ir_reg(from), ir_imm(soff));
		ir_insn_t *i = r_op(g, IR_CALL, ir_none(), ir_none());
		i->imm = BPF_FUNC_probe_read_kernel;
		i->nargs = 3;
		i->args[0] = ir_reg(to);
		i->args[1] = ir_imm(size);
		i->args[2] = ir_reg(from);
		i->dst = ir_newreg(g->f);
		r_keep(g, i->dst);
	} else {
		ir_opnd_t args[IR_MAXARGS];
		for (int k = 0; k < IR_MAXARGS; k++)
			args[k] = r_any(g);
		ir_insn_t *i = r_op(g, IR_FN, ir_none(), ir_none());
		i->imm = 1;
		i->nargs = IR_MAXARGS;
		memcpy(i->args, args, sizeof(args));
		i->dst = ir_newreg(g->f);
		r_keep(g, i->dst);
	}
}

static void
r_scalar(rgen_t *g)
{
	int off, p = r_pointer(g, 1, &off);
	int s = r_val(g, IR_SCALAR, ir_reg(p), ir_none());
	int q = r_val(g, IR_ADD, ir_reg(p), ir_imm(rnd_below(100)));
	int t = r_val(g, IR_SCALAR, ir_reg(q), ir_none());
	r_keep(g, r_val(g, IR_SUB, ir_reg(t), ir_reg(s)));
}

static void
r_value(rgen_t *g)
{
	int k = rnd_below(10);
	ir_insn_t *i;
	if (k < 6) {
		i = r_op(g, (ir_op_t)(IR_ADD + rnd_below(IR_ARSH - IR_ADD + 1)), r_any(g), r_any(g));
	} else if (k < 8) {
		i = r_op(g, (ir_op_t)(IR_NEG + rnd_below(IR_BSWAP - IR_NEG + 1)), r_any(g), ir_none());
		i->size = (uint8_t)(2 << rnd_below(3));
		if (i->op != IR_BSWAP && rnd_below(3) == 0)
			i->size = 1;
	} else if (k == 8) {
		i = r_op(g, IR_SET, r_any(g), r_any(g));
		i->cc = (ir_cc_t)rnd_below(IR_TST + 1);
	} else {
		i = r_op(g, IR_MOV, r_any(g), ir_none());
	}
	/* Sometimes into a register that has a value: several definitions, operands overwritten. */
	i->dst = rnd_below(6) == 0 ? g->reg[rnd_below(g->nregs)] : ir_newreg(g->f);
	r_keep(g, i->dst);
}

static void
r_branch(rgen_t *g, ir_block_t *t, ir_block_t *f)
{
	ir_opnd_t a = r_any(g), b = r_any(g);
	if (rnd_below(3) == 0) {
		int s = ir_newreg(g->f);
		ir_insn_t *set = r_op(g, IR_SET, a, b);
		set->cc = (ir_cc_t)rnd_below(IR_TST + 1);
		set->dst = s;
		a = ir_reg(s);
		b = ir_imm(rnd_below(2));
	}
	ir_insn_t *i = r_op(g, IR_BR, a, b);
	i->cc = (ir_cc_t)rnd_below(IR_TST + 1);
	i->keep = rnd_below(2);
	i->t = t;
	i->f = f;
}

static void r_body(rgen_t *g, int depth);

/* A value that two ways leave in one register, made on each of them. */
static void
r_diamond(rgen_t *g, int depth)
{
	ir_block_t *t = ir_block_new(g->f, "then"), *f = ir_block_new(g->f, "else"),
		   *join = ir_block_new(g->f, "join");
	int merged = ir_newreg(g->f);
	bool early = rnd_below(2);
	if (early)
		r_op(g, IR_MOV, r_any(g), ir_none())->dst = merged;
	r_branch(g, t, early && rnd_below(2) ? join : f);
	bool has_else = ir_last(g->b)->f == f;
	for (int side = 0; side < 1 + has_else; side++) {
		int nregs = g->nregs;
		g->b = side ? f : t;
		ir_block_place(g->f, g->b);
		r_body(g, depth + 1);
		r_op(g, IR_MOV, rnd_below(2) ? ir_imm(rnd_below(2)) : r_any(g), ir_none())->dst = merged;
		r_op(g, IR_JMP, ir_none(), ir_none())->t = join;
		g->nregs = nregs;
	}
	g->b = join;
	ir_block_place(g->f, join);
	r_keep(g, merged);
	if (rnd_below(2)) { /* a test of the merged value alone: jumps get threaded past it */
		ir_block_t *one = ir_block_new(g->f, NULL), *next = ir_block_new(g->f, NULL);
		ir_insn_t *i = r_op(g, IR_BR, ir_reg(merged), ir_imm(0));
		i->cc = IR_NE;
		i->t = one;
		i->f = next;
		g->b = one;
		ir_block_place(g->f, one);
		int nregs = g->nregs;
		r_memory(g);
		g->nregs = nregs;
		r_op(g, IR_JMP, ir_none(), ir_none())->t = next;
		g->b = next;
		ir_block_place(g->f, next);
	}
}

static void
r_body(rgen_t *g, int depth)
{
	int n = 1 + rnd_below(depth ? 6 : g->left);
	while (n-- > 0 && g->left > 0) {
		g->left--;
		int k = rnd_below(20);
		if (k < 9)
			r_value(g);
		else if (k < 14)
			r_memory(g);
		else if (k < 16)
			r_call(g);
		else if (k < 17)
			r_scalar(g);
		else if (depth < 3)
			r_diamond(g, depth);
	}
}

/* Every value still there goes into the result, which makes them all live to the end. */
static int
r_digest(rgen_t *g)
{
	int sum = r_val(g, IR_MOV, ir_imm(17), ir_none());
	for (int k = 0; k < g->nregs; k++) {
		sum = r_val(g, IR_MUL, ir_reg(sum), ir_imm(31));
		sum = r_val(g, IR_ADD, ir_reg(sum), ir_reg(g->reg[k]));
	}
	return sum;
}

static ir_func_t *
random_func(bool is_main, int statements)
{
	rgen_t g = {.is_main = is_main, .left = statements};
	g.f = ir_func_new(is_main ? "main" : "fn", is_main ? 1 : IR_MAXARGS);
	g.f->is_main = is_main;
	r_enter(&g, "entry");
	for (int o = 0; o < 2; o++) {
		g.obj[o] = ir_newobj(g.f, R_OBJSIZE, 8);
		ir_insn_t *i = r_op(&g, IR_OBJ, ir_none(), ir_none());
		g.objp[o] = i->dst = ir_newreg(g.f);
		i->imm = g.obj[o];
		for (int off = 0; off < R_OBJSIZE; off += 8)
			r_op(&g, IR_ST, ir_reg(g.objp[o]), ir_imm(off * 1000 + o))->off = off;
	}
	if (is_main) {
		int ctx = r_val(&g, IR_CTX, ir_none(), ir_none());
		for (int k = 0; k < R_NCTX; k++) {
			int r = r_val(&g, IR_LD, ir_reg(k & 1 ? 0 : ctx), ir_none());
			ir_last(g.b)->off = 8 * k;
			ir_last(g.b)->pure = true;
			r_keep(&g, r);
		}
	} else {
		for (int p = 0; p < IR_MAXARGS; p++)
			r_keep(&g, p);
	}
	while (g.left > 0)
		r_body(&g, 0);
	int sum = r_digest(&g);
	if (is_main) {
		ir_insn_t *i = r_op(&g, IR_MAPVAL, ir_none(), ir_none());
		int p = i->dst = ir_newreg(g.f);
		i->off = offsetof(struct world, result);
		r_op(&g, IR_ST, ir_reg(p), ir_reg(sum));
	}
	r_op(&g, IR_RET, is_main ? ir_imm(0) : ir_reg(sum), ir_none());
	return g.f;
}

/* ---- the machine */

enum {
	M_OBJ = 0x100000, /* addresses as the program sees them */
	M_OBJSTRIDE = 0x1000,
	M_MAP = 0x90000000,
	M_CTX = 0xa0000000
};

typedef struct machine {
	const ir_func_t *f;
	ir_func_t *fn;       /* function 1 */
	const int8_t *alloc; /* machine registers instead of virtual ones, or NULL */
	uint64_t *reg;
	uint8_t *stack; /* M_OBJSTRIDE bytes an object */
	struct world *w;
} machine_t;

static void *
m_addr(machine_t *m, uint64_t a)
{
	if (a >= M_CTX)
		return (uint8_t *)m->w->ctx + (a - M_CTX);
	return a >= M_MAP ? (uint8_t *)m->w + (a - M_MAP) : m->stack + (a - M_OBJ);
}

static uint64_t *
m_reg(machine_t *m, int r)
{
	return &m->reg[m->alloc ? m->alloc[r] : r];
}

static uint64_t
m_val(machine_t *m, ir_opnd_t o)
{
	if (o.kind == IR_O_REG)
		return *m_reg(m, o.reg);
	return o.kind == IR_O_OBJ ? M_OBJ + (uint64_t)o.imm * M_OBJSTRIDE : (uint64_t)o.imm;
}

static uint64_t m_run(const ir_func_t *f, ir_func_t *fn, const int8_t *alloc, struct world *w,
		      const uint64_t *params);

static uint64_t
m_call(machine_t *m, const ir_insn_t *i)
{
	uint64_t a[IR_MAXARGS] = {0}, r = 0;
	for (int k = 0; k < i->nargs; k++)
		a[k] = m_val(m, i->args[k]);
	if (i->op == IR_FN)
		r = m_run(m->fn, NULL, NULL, m->w, a);
	else if (i->imm == BPF_FUNC_get_current_pid_tgid)
		r = (uint64_t)getpid() << 32 | (uint32_t)syscall(SYS_gettid);
	else
		memmove(m_addr(m, a[0]), m_addr(m, a[2]), a[1]);
	for (int k = 0; m->alloc && k < 6; k++)
		m->reg[k] = 0xdeadbeefdeadbeefULL + (uint64_t)k;
	return r;
}

static uint64_t
m_memory(machine_t *m, const ir_insn_t *i)
{
	void *p = m_addr(m, m_val(m, i->a) + (uint64_t)(int64_t)i->off);
	uint64_t old = 0, b = m_val(m, i->b), v = b;
	memcpy(&old, p, i->size);
	if (i->op == IR_LD)
		return old;
	if (i->op == IR_XADD || i->op == IR_FADD)
		v = old + b;
	if (i->op == IR_CAS && old != ir_eval(IR_ZEXT, i->size, m_val(m, i->c), 0))
		v = old;
	if (i->op == IR_CAS && m->alloc)
		m->reg[0] = 0xcafecafeULL;
	memcpy(p, &v, i->size);
	return old;
}

static uint64_t
m_value(machine_t *m, const ir_insn_t *i)
{
	switch (i->op) {
	case IR_SET:
		return ir_eval_cc(i->cc, m_val(m, i->a), m_val(m, i->b));
	case IR_CTX:
		return M_CTX;
	case IR_OBJ:
		return M_OBJ + (uint64_t)i->imm * M_OBJSTRIDE + (uint64_t)(int64_t)i->off;
	case IR_MAPVAL:
		return M_MAP + (uint64_t)i->off;
	default:
		if (ir_is_mem(i->op))
			return m_memory(m, i);
		if (ir_is_call(i->op))
			return m_call(m, i);
		return ir_eval(i->op, i->size, m_val(m, i->a), m_val(m, i->b));
	}
}

/* Run f; fn is its function 1.  With alloc, on machine registers that calls destroy. */
static uint64_t
m_run(const ir_func_t *f, ir_func_t *fn, const int8_t *alloc, struct world *w, const uint64_t *params)
{
	machine_t m = {.f = f, .fn = fn, .alloc = alloc, .w = w};
	m.reg = calloc((size_t)f->nregs + 16, sizeof(uint64_t));
	m.stack = calloc((size_t)f->objs.n + 1, M_OBJSTRIDE);
	for (int p = 0; p < f->nparams; p++)
		if (!alloc || alloc[p] >= 0)
			*m_reg(&m, p) = params[p];
	const ir_block_t *b = f->blocks.p[0];
	uint64_t result = 0;
	for (int k = 0; b;) {
		const ir_insn_t *i = &b->insns.p[k++];
		if (i->op == IR_NOP)
			continue;
		if (i->op == IR_RET)
			result = m_val(&m, i->a);
		if (ir_is_term(i->op)) {
			bool taken = i->op != IR_BR || ir_eval_cc(i->cc, m_val(&m, i->a), m_val(&m, i->b));
			b = i->op == IR_RET ? NULL : taken ? i->t : i->f;
			k = 0;
			continue;
		}
		uint64_t v = m_value(&m, i);
		if (i->dst >= 0)
			*m_reg(&m, i->dst) = v;
	}
	free(m.reg);
	free(m.stack);
	return result;
}

/* ---- a pair of functions and what they do */

typedef struct sample {
	ir_func_t *main, *fn;
} sample_t;

static sample_t
random_sample(uint64_t seed)
{
	rnd_state = seed;
	sample_t s;
	s.fn = random_func(false, 3 + rnd_below(12));
	s.main = random_func(true, 5 + rnd_below(70));
	return s;
}

static void
free_sample(sample_t s)
{
	ir_func_free(s.main);
	ir_func_free(s.fn);
}

/* The world before: depends on the seed and the number of the run. */
static struct world
random_world(uint64_t seed, int run)
{
	struct world w;
	rnd_state = seed * 1000 + (uint64_t)run;
	memset(&w, 0, sizeof(w));
	for (int k = 0; k < R_MEMSIZE; k++)
		w.mem[k] = (uint8_t)rnd();
	for (int k = 0; k < R_NCTX; k++)
		w.ctx[k] = (uint64_t)rnd_number();
	return w;
}

static struct world
run_sample(const ir_func_t *main, ir_func_t *fn, const int8_t *alloc, uint64_t seed, int run)
{
	struct world w = random_world(seed, run);
	uint64_t ctx = M_CTX;
	m_run(main, fn, alloc, &w, &ctx);
	return w;
}

#endif
