/* gen_builtin.c - built-in variables: from the task, the context, the probe, the clock. */
#include <linux/sched.h>
#include <stdlib.h>
#include <string.h>

#include "../process/ksyms.h"
#include "gen.h"

enum {
	MAXDEPTH = 127,
	MAX_ERRNO = 4095
};

static ir_opnd_t
task_word(gen_t *g, ir_opnd_t task, int size, const char *path)
{
	return gen_ld(g, size, task, gen_offset(g, "task_struct", path), true);
}

/* --------------------------------------------------------------- the probe */

/* A word of the firing probe's entry in the dispatch table. */
ir_opnd_t
gen_info(gen_t *g, size_t field)
{
	ir_opnd_t off = gen_op2(g, IR_MUL, ir_reg(g->local), ir_imm(sizeof(probeinfo_t)));
	ir_opnd_t p = gen_op2(g, IR_ADD, gen_mapval(g, g->mod->rodata, g->info_off), off);
	return gen_ld(g, 4, p, (int64_t)field, true);
}

/* Of a program with one. */
static dt_probe_t *
the_probe(gen_t *g)
{
	return g->in_error ? dt_probe_byid(g->dtp, 3) : g->unit->as ? g->unit->as : g->unit->probes[0];
}

ir_opnd_t
gen_probe_id(gen_t *g)
{
	if (g->in_error)
		return ir_imm(3);
	if (g->local < 0)
		return ir_imm(the_probe(g)->id);
	return gen_info(g, offsetof(probeinfo_t, id));
}

static int
rank_of(dt_clause_t *c, dt_probe_t *p)
{
	int lo = 0, hi = c->nprobes - 1; /* in order of their ids */
	while (lo < hi) {
		int mid = (lo + hi) / 2;
		if (c->probes[mid]->id < p->id)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < c->nprobes && c->probes[lo] == p ? lo : 0;
}

/* epid0 + the probe's rank among the clause's probes. */
ir_opnd_t
gen_epid(gen_t *g)
{
	dt_clause_t *c = g->seg;
	dt_unit_t *u = g->unit;
	if (g->in_error || g->local < 0)
		return ir_imm(c->epid0 + (uint32_t)rank_of(c, the_probe(g)));
	size_t size = sizeof(uint32_t) * (size_t)(u->nprobes + 1);
	uint32_t *table = dt_arena_alloc(g->mod->arena, size);
	for (int i = 0; i < u->nprobes; i++)
		table[i + 1] = c->epid0 + (uint32_t)rank_of(c, u->probes[i]);
	uint32_t at = mod_rodata(g->mod, table, size, 8);
	ir_opnd_t off = gen_op2(g, IR_MUL, ir_reg(g->local), ir_imm(4));
	ir_opnd_t p = gen_op2(g, IR_ADD, gen_mapval(g, g->mod->rodata, at), off);
	return gen_ld(g, 4, p, 0, true);
}

static val_t
probe_name(gen_t *g, int which)
{
	val_t v = {.kind = V_STRID, .which = which};
	if (g->in_error || g->local < 0) {
		const dt_probe_t *p = the_probe(g);
		const char *names[] = {p->prv, p->mod, p->fun, p->nam};
		v.text = names[which];
		v.o = ir_imm(mod_strid(g->mod, v.text));
	} else {
		g->uses_names = true;
		v.o = gen_info(g, offsetof(probeinfo_t, strid) + 4 * (size_t)which);
	}
	return v;
}

/* --------------------------------------------------------------- arguments */

static ir_opnd_t
user_regs(gen_t *g)
{
	return gen_ld(g, 8, ir_reg(g->ctx), 0, true);
}

static ir_opnd_t
syscall_arg(gen_t *g, int n)
{
	static const char *const native[] = {"di", "si", "dx", "r10", "r8", "r9"};
	static const char *const compat[] = {"bx", "cx", "dx", "si", "di", "bp"};
	if (n >= 6)
		return ir_imm(0);
	ir_opnd_t regs = user_regs(g);
	ir_opnd_t v = gen_ld(g, 8, regs, gen_offset(g, "pt_regs", native[n]), true);
	if (g->compat < 0)
		return v;
	int r = gen_new(g);
	ir_block_t *is32 = gen_block(g, "32-bit caller"), *out = gen_block(g, NULL);
	gen_mov(g, r, v);
	gen_br(g, IR_NE, ir_reg(g->compat), ir_imm(0), is32, out);
	gen_place(g, is32);
	gen_mov(g, r, gen_ld(g, 4, regs, gen_offset(g, "pt_regs", compat[n]), true));
	gen_place(g, out);
	return ir_reg(r);
}

/*
 * The flags of clone3(), at `addr`.  When a new thread returns its parent has gone on, and may have put
 * something else there: CLONE_THREAD is asked of the thread itself then.
 */
static ir_opnd_t
clone3_flags(gen_t *g, ir_opnd_t addr)
{
	ir_opnd_t buf = gen_obj(g, ir_newobj(g->f, 8, 8), 0);
	/* Unreadable: the helper leaves zeros, and the call fails. */
	gen_call(g, BPF_FUNC_probe_read_user, false, 3, buf, ir_imm(8), addr);
	ir_opnd_t flags = gen_ld(g, 8, buf, 0, false);
	if (!g->unit->site.is_return)
		return flags;
	int r = gen_new(g);
	ir_block_t *child = gen_block(g, "child"), *thread = gen_block(g, NULL), *out = gen_block(g, NULL);
	gen_mov(g, r, flags);
	gen_br(g, IR_EQ, gen_ld(g, 8, ir_reg(g->ctx), 8, true), ir_imm(0), child, out);
	gen_place(g, child);
	gen_mov(g, r, gen_op2(g, IR_AND, flags, ir_imm(~(int64_t)CLONE_THREAD)));
	ir_opnd_t task = gen_current(g);
	gen_br(g, IR_NE, task_word(g, task, 4, "pid"), task_word(g, task, 4, "tgid"), thread, out);
	gen_place(g, thread);
	gen_mov(g, r, gen_op2(g, IR_OR, flags, ir_imm(CLONE_THREAD)));
	gen_place(g, out);
	return ir_reg(r);
}

/* Ends the program unless the call is one of those that the unit's probes mean. */
void
gen_syscall_test(gen_t *g, const dt_argtest_t *t)
{
	ir_block_t *meant = gen_block(g, "meant");
	ir_opnd_t v = syscall_arg(g, t->arg);
	if (t->clone3)
		v = clone3_flags(g, v);
	if (t->mask != ~0ULL)
		v = gen_op2(g, IR_AND, v, ir_imm((int64_t)t->mask));
	gen_br(g, t->unlike ? IR_NE : IR_EQ, v, ir_imm((int64_t)t->want), meant, g->end);
	gen_place(g, meant);
}

/* The result as D shows it, or errno. */
static ir_opnd_t
syscall_result(gen_t *g, bool want_errno)
{
	ir_opnd_t ret = gen_ld(g, 8, ir_reg(g->ctx), 8, true);
	int r = gen_new(g);
	ir_block_t *bad = gen_block(g, "failed call"), *out = gen_block(g, NULL);
	gen_mov(g, r, want_errno ? ir_imm(0) : ret);
	gen_br(g, IR_UGE, ret, ir_imm(-MAX_ERRNO), bad, out);
	gen_place(g, bad);
	if (!want_errno) {
		gen_mov(g, r, ir_imm(-1));
	} else {
		/* Restart codes (512 and up) are the kernel's own: to the program they are EINTR. */
		ir_block_t *restart = gen_block(g, NULL);
		gen_mov(g, r, gen_op2(g, IR_NEG, ret, ir_none()));
		gen_br(g, IR_UGE, ir_reg(r), ir_imm(512), restart, out);
		gen_place(g, restart);
		ir_block_t *eintr = gen_block(g, NULL);
		gen_br(g, IR_ULE, ir_reg(r), ir_imm(516), eintr, out);
		gen_place(g, eintr);
		gen_mov(g, r, ir_imm(4));
	}
	gen_place(g, out);
	return ir_reg(r);
}

/* Perf events: the interrupted pc, if it was in that mode. */
static ir_opnd_t
interrupted_pc(gen_t *g, bool user)
{
	int r = gen_new(g);
	ir_block_t *yes = gen_block(g, NULL), *out = gen_block(g, NULL);
	gen_mov(g, r, ir_imm(0));
	ir_opnd_t cs = gen_ld(g, 8, ir_reg(g->ctx), gen_offset(g, "pt_regs", "cs"), true);
	ir_opnd_t mode = gen_op2(g, IR_AND, cs, ir_imm(3));
	gen_br(g, user ? IR_NE : IR_EQ, mode, ir_imm(0), yes, out);
	gen_place(g, yes);
	gen_mov(g, r, gen_ld(g, 8, ir_reg(g->ctx), gen_offset(g, "pt_regs", "ip"), true));
	gen_place(g, out);
	return ir_reg(r);
}

/* What the parameters of the ERROR function hold: gen_unit.c. */
static ir_opnd_t
fault_word(gen_t *g, int n)
{
	switch (n) {
	case 1:
		return ir_reg(0);
	case 2:
		return gen_op2(g, IR_AND, ir_reg(3), ir_imm(0xffffff));
	case 3:
		return ir_imm(-1);
	case 4:
		return ir_reg(1);
	case 5:
		return ir_reg(2);
	default:
		return ir_imm(0);
	}
}

ir_opnd_t
gen_arg(gen_t *g, int n)
{
	if (g->in_error)
		return fault_word(g, n);
	if (g->unit->as && !g->in_carrier)
		return n < DT_NCARRIED && g->carried[n] >= 0 ? ir_reg(g->carried[n]) : ir_imm(0);
	dt_argsrc_t a = g->unit->site.arg[n];
	switch (a.kind) {
	case DT_ARG_CTX: {
		/* A narrow argument's word holds anything in its upper part. */
		dt_tinfo_t t = {.size = (uint32_t)abs(a.size), .is_signed = a.size < 0};
		ir_opnd_t v = gen_ld(g, 8, ir_reg(g->ctx), 8 * a.n, true);
		return a.size && t.size < 8 ? gen_sext(g, v, &t) : v;
	}
	case DT_ARG_CTXMEM:
		return gen_checked_read(g, gen_op2(g, IR_ADD, ir_reg(g->ctx), ir_imm(8 * a.n)), 8);
	case DT_ARG_SYSARG:
		return syscall_arg(g, a.n);
	case DT_ARG_CONST:
		return ir_imm(a.n);
	case DT_ARG_SYSRET:
		return syscall_result(g, false);
	case DT_ARG_KPC:
		return interrupted_pc(g, false);
	case DT_ARG_UPC:
		return interrupted_pc(g, true);
	case DT_ARG_CALL:
		return gen_call_arg(g, a.n);
	case DT_ARG_RESULT:
		return gen_call_result(g);
	default:
		return ir_imm(0);
	}
}

/* ------------------------------------------------------------------- stacks */

static bool
on_trampoline(gen_t *g)
{
	uint32_t type = g->unit->site.attach_type;
	return g->unit->site.prog_type == BPF_PROG_TYPE_TRACING &&
	       (type == BPF_TRACE_FENTRY || type == BPF_TRACE_FEXIT);
}

/* Addresses of the tracing machinery that stand on top of a stack taken at a BTF tracepoint: the
 * program's own frame, then any of these functions. */
static int
machinery(gen_t *g, uint64_t (*range)[2], int max)
{
	int n = 0;
	if (!g->unit->site.btf_name || on_trampoline(g))
		return 0;
	char name[128];
	for (int i = 1; i <= 12 && n < max; i++) {
		snprintf(name, sizeof(name), "bpf_trace_run%d", i);
		const dt_ksym_t *s = dt_ksym_byname(g->dtp, NULL, name);
		if (s && n && range[n - 1][1] == s->addr)
			range[n - 1][1] = s->addr + s->size;
		else if (s)
			range[n][0] = s->addr, range[n++][1] = s->addr + s->size;
	}
	for (int i = 0; i < 2 && n < max; i++) {
		snprintf(name, sizeof(name), "%s_%s", i ? "__traceiter" : "__bpf_trace",
			 g->unit->site.btf_name);
		const dt_ksym_t *s = dt_ksym_byname(g->dtp, NULL, name);
		if (s)
			range[n][0] = s->addr, range[n++][1] = s->addr + s->size;
	}
	return n;
}

enum {
	MACHINERY_FRAMES = 4,
	TRAMPOLINE_FRAMES = 2 /* the program itself and the trampoline */
};

/* The entry or return of a kernel function: its stack begins with its caller. */
static bool
is_of_function(const gen_t *g)
{
	const dt_unit_t *u = g->unit;
	return !u->as && u->nprobes &&
	       (!strcmp(u->provider->name, "fbt") || !strcmp(u->provider->name, "rawfbt"));
}

/* A kretprobe fires when the function is gone; else it is the first frame below the machinery. */
static bool
is_gone(const gen_t *g)
{
	return g->unit->site.prog_type == BPF_PROG_TYPE_KPROBE && g->unit->site.is_return;
}

static bool
begins_with_function(const gen_t *g)
{
	return is_of_function(g) && !is_gone(g);
}

int
gen_own_frames(gen_t *g)
{
	if (!begins_with_function(g))
		return 0;
	return (on_trampoline(g) ? TRAMPOLINE_FRAMES : 0) + 1;
}

/* The kernel stack into the arena; *count gets its frames, *skip those of the machinery. */
static ir_opnd_t
kernel_stack(gen_t *g, int frames, ir_opnd_t *count, ir_opnd_t *skip)
{
	uint32_t at = gen_arena(g, (uint32_t)frames * 8);
	ir_opnd_t buf = gen_arenap(g, at);
	ir_opnd_t len =
	    gen_call(g, BPF_FUNC_get_stack, false, 4, ir_reg(g->ctx), buf, ir_imm(frames * 8), ir_imm(0));
	int n = gen_new(g), s = gen_new(g);
	ir_block_t *ok = gen_block(g, NULL), *out = gen_block(g, NULL), *done = gen_block(g, NULL);
	gen_mov(g, n, ir_imm(0));
	gen_mov(g, s, ir_imm(0));
	gen_br(g, IR_SGT, len, ir_imm(0), ok, out);
	gen_place(g, ok);
	gen_mov(g, n, gen_op2(g, IR_RSH, len, ir_imm(3)));
	uint64_t range[16][2];
	int nr = machinery(g, range, 16);
	if (on_trampoline(g)) {
		gen_mov(g, s, ir_imm(TRAMPOLINE_FRAMES));
	} else if (g->unit->site.btf_name) {
		gen_mov(g, s, ir_imm(1)); /* the program itself */
		for (int f = 1; f < MACHINERY_FRAMES && f < frames; f++) {
			ir_block_t *hit = gen_block(g, NULL), *next = NULL;
			ir_opnd_t pc = gen_ld(g, 8, buf, 8 * f, false);
			for (int i = 0; i < nr; i++) {
				next = gen_block(g, NULL);
				ir_opnd_t rel = gen_op2(g, IR_SUB, pc, ir_imm((int64_t)range[i][0]));
				gen_br(g, IR_ULE, rel, ir_imm((int64_t)(range[i][1] - range[i][0])), hit, next);
				gen_place(g, next);
			}
			gen_jmp(g, done);
			gen_place(g, hit);
			gen_mov(g, s, ir_imm(f + 1));
		}
	}
	gen_place(g, done);
	gen_place(g, out);
	*count = ir_reg(n);
	*skip = ir_reg(s);
	return buf;
}

static ir_opnd_t
stackdepth(gen_t *g)
{
	if (g->in_error || g->thread >= 0)
		return ir_imm(0);
	ir_opnd_t n, skip;
	kernel_stack(g, MAXDEPTH, &n, &skip);
	if (begins_with_function(g))
		skip = gen_op2(g, IR_ADD, skip, ir_imm(1));
	int r = gen_new(g);
	ir_block_t *some = gen_block(g, NULL), *out = gen_block(g, NULL);
	gen_mov(g, r, ir_imm(0));
	gen_br(g, IR_UGT, n, skip, some, out);
	gen_place(g, some);
	gen_mov(g, r, gen_op2(g, IR_SUB, n, skip));
	gen_jmp(g, out);
	gen_place(g, out);
	return ir_reg(r);
}

/* The second frame below the machinery, but for a kretprobe: see is_gone(). */
static ir_opnd_t
caller(gen_t *g)
{
	if (g->in_error || g->thread >= 0)
		return ir_imm(0);
	enum {
		FRAMES = 8
	};
	ir_opnd_t n, skip, buf = kernel_stack(g, FRAMES, &n, &skip);
	ir_opnd_t want = gen_op2(g, IR_ADD, skip, ir_imm(is_gone(g) ? 0 : 1));
	int r = gen_new(g);
	ir_block_t *in = gen_block(g, NULL), *in2 = gen_block(g, NULL), *out = gen_block(g, NULL);
	gen_mov(g, r, ir_imm(0));
	gen_br(g, IR_ULT, want, n, in, out);
	gen_place(g, in);
	gen_bound(g, IR_ULT, want, ir_imm(FRAMES), in2, out);
	gen_place(g, in2);
	ir_opnd_t p = gen_op2(g, IR_ADD, buf, gen_op2(g, IR_LSH, want, ir_imm(3)));
	gen_mov(g, r, gen_ld(g, 8, p, 0, false));
	gen_place(g, out);
	return ir_reg(r);
}

static ir_opnd_t
ustackdepth(gen_t *g)
{
	if (g->in_error || g->thread >= 0)
		return ir_imm(0);
	ir_opnd_t buf = gen_arenap(g, gen_arena(g, MAXDEPTH * 8));
	ir_opnd_t len = gen_call(g, BPF_FUNC_get_stack, false, 4, ir_reg(g->ctx), buf, ir_imm(MAXDEPTH * 8),
				 ir_imm(BPF_F_USER_STACK));
	int r = gen_new(g);
	ir_block_t *ok = gen_block(g, NULL), *out = gen_block(g, NULL);
	gen_mov(g, r, ir_imm(0));
	gen_br(g, IR_SGT, len, ir_imm(0), ok, out);
	gen_place(g, ok);
	gen_mov(g, r, gen_op2(g, IR_RSH, len, ir_imm(3)));
	gen_place(g, out);
	return ir_reg(r);
}

/* -------------------------------------------------------------------- clocks */

/* Read at its first use in a clause, the same for the rest of it.  When that use may be in a part that is not
 * reached (gen_clause looks), whether it has been read is decided at run time. */
ir_opnd_t
gen_timestamp(gen_t *g)
{
	if (g->timestamp >= 0)
		return ir_reg(g->timestamp);
	if (g->lazy_timestamp < 0) {
		g->timestamp = gen_new(g);
		gen_mov(g, g->timestamp, gen_call(g, BPF_FUNC_ktime_get_ns, false, 0));
		return ir_reg(g->timestamp);
	}
	ir_block_t *first = gen_block(g, NULL), *out = gen_block(g, NULL);
	gen_br(g, IR_EQ, ir_reg(g->lazy_timestamp), ir_imm(0), first, out);
	gen_place(g, first);
	gen_mov(g, g->lazy_timestamp, gen_call(g, BPF_FUNC_ktime_get_ns, false, 0));
	gen_place(g, out);
	g->timestamp = g->lazy_timestamp;
	return ir_reg(g->timestamp);
}

static bool
is_clock(const dt_node_t *n)
{
	if (n->kind != DN_IDENT || !n->id || n->id->kind != DT_ID_BUILTIN)
		return false;
	dt_builtin_t b = n->id->builtin;
	return b == DT_BV_TIMESTAMP || b == DT_BV_WALLTIMESTAMP || b == DT_BV_VTIMESTAMP;
}

/* An element of a thread's array: without memory for the thread's variables its keys are not evaluated. */
static bool
is_of_self_array(const dt_node_t *n)
{
	return n->kind == DN_INDEX && n->left->kind == DN_SELF;
}

static bool
is_step_in_place(const dt_node_t *n)
{
	bool step =
	    n->op == DT_OP_PREINC || n->op == DT_OP_PREDEC || n->op == DT_OP_POSTINC || n->op == DT_OP_POSTDEC;
	return n->kind == DN_UNARY && step && !gen_is_var(n->left);
}

/* Does a clock stand where evaluation may not come: an arm of ?: or if, the right of && or ||, or behind the
 * place in memory that a statement changes, when there is none? */
bool
gen_clock_conditional(dt_node_t *n, bool cond)
{
	for (; n; n = n->next) {
		bool lazy = n->kind == DN_BINARY && (n->op == DT_OP_LAND || n->op == DT_OP_LOR);
		bool arms = cond || n->kind == DN_COND;
		bool in_place = n->kind == DN_ASSIGN && !gen_is_var(n->left);
		lazy |=
		    n->kind == DN_ASSIGN && (is_of_self_array(n->left) || (in_place && n->op != DT_OP_ASSIGN));
		if ((cond && is_clock(n)) || gen_clock_conditional(n->cond, cond) ||
		    gen_clock_conditional(n->left, arms || in_place || is_step_in_place(n)) ||
		    gen_clock_conditional(n->right, arms || lazy) ||
		    gen_clock_conditional(n->args, cond || is_of_self_array(n)) ||
		    gen_clock_conditional(n->body, true) || gen_clock_conditional(n->orelse, true))
			return true;
	}
	return false;
}

/* ------------------------------------------------------------------ dispatch */

static val_t
execname(gen_t *g)
{
	ir_opnd_t leader = task_word(g, gen_current(g), 8, "group_leader");
	int64_t off = gen_offset(g, "task_struct", "comm");
	val_t v = {.kind = V_COMM, .lo = gen_ld(g, 8, leader, off, true)};
	ir_opnd_t hi = gen_ld(g, 8, leader, off + 8, true);
	v.hi = gen_op2(g, IR_AND, hi, ir_imm(0x00ffffffffffffffLL)); /* a racing rename may hide the NUL */
	return v;
}

/* The kernel vouches for what it hands over itself, not for a register's content. */
static bool
is_given(gen_t *g, int n)
{
	if (g->in_error)
		return false;
	if (g->unit->as && !g->in_carrier)
		return g->unit->trusted >> n & 1;
	return g->unit->site.arg[n].kind == DT_ARG_CTX;
}

static val_t
args_element(gen_t *g, dt_node_t *n)
{
	ir_opnd_t v = gen_arg(g, (int)n->ival);
	dt_tinfo_t t = dt_type_info(n->type);
	val_t r = val_num(v);
	if (t.kind == DT_K_PTR) {
		bool given = is_given(g, (int)n->ival);
		r.trusted = n->trusted && given;
		r.ptr = given;
		return r;
	}
	if (v.kind == IR_O_REG && t.size < 8)
		r.o = gen_sext(g, v, &t);
	return r;
}

ir_opnd_t
gen_pid(gen_t *g)
{
	if (g->thread >= 0)
		return task_word(g, gen_current(g), 4, "tgid");
	ir_opnd_t t = gen_call(g, BPF_FUNC_get_current_pid_tgid, true, 0);
	return gen_op2(g, IR_RSH, t, ir_imm(32));
}

static ir_opnd_t
cred_id(gen_t *g, const char *member)
{
	ir_opnd_t cred = task_word(g, gen_current(g), 8, "cred");
	return gen_ld(g, 4, cred, gen_offset(g, "cred", member), true);
}

val_t
gen_builtin(gen_t *g, dt_ident_t *id, dt_node_t *n)
{
	ir_opnd_t t;
	switch (id->builtin) {
	case DT_BV_ARG: {
		val_t v = val_num(gen_arg(g, (int)id->value));
		const dt_argsrc_t *src = &g->unit->site.arg[id->value];
		v.ptr = !g->in_error && src->kind == DT_ARG_CTX &&
			!src->size; /* may be a pointer to the verifier */
		return v;
	}
	case DT_BV_ARGS:
		return args_element(g, n);
	case DT_BV_PID:
		return val_num(gen_pid(g));
	case DT_BV_TID:
		if (g->thread >= 0)
			return val_num(task_word(g, gen_current(g), 4, "pid"));
		t = gen_call(g, BPF_FUNC_get_current_pid_tgid, true, 0);
		t = gen_op2(g, IR_ZEXT, t, ir_none());
		g->b->insns.p[g->b->insns.n - 1].size = 4;
		return val_num(t);
	case DT_BV_GID:
		if (g->thread >= 0)
			return val_num(cred_id(g, "gid.val"));
		t = gen_call(g, BPF_FUNC_get_current_uid_gid, true, 0);
		return val_num(gen_op2(g, IR_RSH, t, ir_imm(32)));
	case DT_BV_UID:
		if (g->thread >= 0)
			return val_num(cred_id(g, "uid.val"));
		t = gen_call(g, BPF_FUNC_get_current_uid_gid, true, 0);
		t = gen_op2(g, IR_ZEXT, t, ir_none());
		g->b->insns.p[g->b->insns.n - 1].size = 4;
		return val_num(t);
	case DT_BV_PPID:
		t = task_word(g, gen_current(g), 8, "real_parent");
		return val_num(task_word(g, t, 4, "tgid"));
	case DT_BV_EXECNAME:
		return execname(g);
	case DT_BV_CURTHREAD:
		return (val_t){
		    .kind = V_NUM, .o = gen_current(g), .ptr = true, .trusted = true, .nonnull = true};
	case DT_BV_CPU:
		return val_num(gen_call(g, BPF_FUNC_get_smp_processor_id, true, 0));
	case DT_BV_TIMESTAMP:
		return val_num(gen_timestamp(g));
	case DT_BV_WALLTIMESTAMP: {
		ir_opnd_t off = gen_ld(g, 8, gen_statep(g, offsetof(struct dt_state, walloffset)), 0, false);
		return val_num(gen_op2(g, IR_ADD, gen_timestamp(g), off));
	}
	case DT_BV_VTIMESTAMP:
		return val_num(gen_vtimestamp(g));
	case DT_BV_PROBEPROV:
		return probe_name(g, 0);
	case DT_BV_PROBEMOD:
		return probe_name(g, 1);
	case DT_BV_PROBEFUNC:
		return probe_name(g, 2);
	case DT_BV_PROBENAME:
		return probe_name(g, 3);
	case DT_BV_ID:
		return val_num(gen_probe_id(g));
	case DT_BV_EPID:
		return val_num(gen_epid(g));
	case DT_BV_ERRNO:
		if (g->in_error || g->unit->site.who != DT_WHO_SYSCALL || !g->unit->site.is_return)
			return val_num(ir_imm(0));
		return val_num(syscall_result(g, true));
	case DT_BV_STACKDEPTH:
		return val_num(stackdepth(g));
	case DT_BV_USTACKDEPTH:
		return val_num(ustackdepth(g));
	case DT_BV_CALLER:
		return val_num(caller(g));
	case DT_BV_ZONENAME: {
		uint32_t at = mod_rodata(g->mod, "global", 7, 1);
		return (val_t){
		    .kind = V_STR, .o = gen_mapval(g, g->mod->rodata, at), .ptr = true, .text = "global"};
	}
	case DT_BV_EACH:
		return val_num(g->each >= 0 ? ir_reg(g->each) : ir_imm(0));
	case DT_BV_UCALLER:
		return val_num(gen_ucaller(g));
	case DT_BV_UREGS:
		return val_num(gen_uregs(g, n->args));
	default:
		return val_num(ir_imm(0)); /* ipl: a BPF program cannot tell; sema refused what is missing */
	}
}
