/* gen_action.c - statements: records and what goes into them. */
#include "gen.h"

enum {
	HDR = GEN_RECHDR,
	STOP_SIGNAL = 19,
	MAX_SIGNAL = 64
};

/* ------------------------------------------------------------------- data */

/* Up to n frames at dst; a zero ends a shorter stack. */
static void
frames(gen_t *g, ir_opnd_t dst, int n, bool user)
{
	ir_block_t *got = gen_block(g, NULL), *part = gen_block(g, NULL), *out = gen_block(g, NULL);
	ir_opnd_t len = gen_call(g, BPF_FUNC_get_stack, false, 4, ir_reg(g->ctx), dst, ir_imm(n * 8),
				 ir_imm(user ? BPF_F_USER_STACK : gen_own_frames(g)));
	gen_bound(g, IR_SGE, len, ir_imm(0), got, out);
	gen_place(g, got);
	gen_bound(g, IR_ULE, len, ir_imm(n * 8 - 8), part, out);
	gen_place(g, part);
	gen_st(g, 8, gen_op2(g, IR_ADD, dst, len), 0, ir_imm(0));
	gen_place(g, out);
}

/*
 * At the entry of a user function the kernel goes by the caller's frame pointer and so leaves the caller out;
 * since 6.11 it puts it in where the function begins by saving that pointer.  We put it in where it is missing:
 * the stack goes one word further down, then the function and its caller in front of it.
 */
static void
entry_frames(gen_t *g, ir_opnd_t dst, int n)
{
	ir_block_t *there = gen_block(g, NULL), *add = gen_block(g, NULL), *out = gen_block(g, NULL);
	ir_opnd_t caller = gen_call_return(g), rest = gen_op2(g, IR_ADD, dst, ir_imm(8));
	gen_st(g, 8, rest, 0, ir_imm(0));
	if (n > 2)
		gen_st(g, 8, rest, 8, ir_imm(0));
	frames(g, rest, n - 1, true);
	if (n == 2) { /* no room for what comes behind */
		gen_st(g, 8, dst, 0, gen_ld(g, 8, rest, 0, false));
		gen_st(g, 8, rest, 0, caller);
		return;
	}
	ir_opnd_t pc = gen_ld(g, 8, rest, 0, false), second = gen_ld(g, 8, rest, 8, false);
	gen_br(g, IR_EQ, second, caller, there, add);
	gen_place(g, add);
	gen_st(g, 8, dst, 0, pc);
	gen_st(g, 8, rest, 0, caller);
	gen_jmp(g, out);
	gen_place(g, there);
	frames(g, dst, n, true);
	gen_place(g, out);
}

/* Up to n words of a stack; that of a user begins with the process id. */
void
gen_stack_frames(gen_t *g, ir_opnd_t base, int64_t off, int n, bool user)
{
	if (user) {
		gen_st(g, 8, base, off, gen_pid(g));
		off += 8;
		n--;
	}
	gen_st(g, 8, base, off, ir_imm(0));
	/* The stack of a probe that fires for another thread is not that thread's. */
	if (g->in_error || g->thread >= 0 || n <= 0)
		return;
	ir_opnd_t dst = gen_op2(g, IR_ADD, base, ir_imm(off));
	if (user && n > 1 && gen_at_user_entry(g))
		entry_frames(g, dst, n);
	else
		frames(g, dst, n, user);
}

static dt_krec_t *
next_rec(gen_t *g)
{
	return &g->seg->krecs[g->irec++];
}

static void
read_bytes(gen_t *g, val_t v, int64_t off, uint32_t size)
{
	ir_opnd_t dst = gen_op2(g, IR_ADD, ir_reg(g->rec), ir_imm(off));
	gen_read_object(g, v, dst, size);
}

/* Of {address, length}: the length, cut to what there is room for, and so many bytes. */
static void
printm_action(gen_t *g, dt_node_t *a)
{
	ir_opnd_t ref = gen_num(g, a->next);
	dt_krec_t *len = next_rec(g), *bytes = next_rec(g);
	ir_opnd_t addr = gen_checked_read(g, ref, 8);
	ir_block_t *more = gen_block(g, NULL), *go = gen_block(g, NULL);
	int n = gen_new(g);
	gen_mov(g, n, gen_checked_read(g, gen_op2(g, IR_ADD, ref, ir_imm(8)), 8));
	gen_bound(g, IR_UGT, ir_reg(n), ir_imm(bytes->ksize), more, go);
	gen_place(g, more);
	gen_mov(g, n, ir_imm(bytes->ksize));
	gen_place(g, go);
	gen_st(g, 8, ir_reg(g->rec), HDR + len->koff, ir_reg(n));
	ir_opnd_t dst = gen_op2(g, IR_ADD, ir_reg(g->rec), ir_imm(HDR + bytes->koff));
	ir_opnd_t r = gen_call(g, BPF_FUNC_probe_read_kernel, false, 3, dst, ir_reg(n), addr);
	gen_faultif(g, IR_SLT, r, ir_imm(0), DTRACEFLT_BADADDR, addr);
}

static void
put_value(gen_t *g, dt_node_t *n)
{
	dt_krec_t *k = next_rec(g);
	int64_t off = HDR + k->koff;
	if (k->kind == DT_KK_STRING) {
		gen_str_to(g, n, ir_reg(g->rec), off, k->ksize < g->strsize ? k->ksize : g->strsize);
		return;
	}
	val_t v = gen_expr(g, n);
	if (k->kind == DT_KK_STRID) {
		gen_st(g, 4, ir_reg(g->rec), off, v.o);
	} else if (v.kind == V_MEM) {
		read_bytes(g, v, off, k->ksize);
	} else {
		gen_st(g, (int)k->ksize, ir_reg(g->rec), off, v.o);
	}
}

/* What sym() and kin record: user addresses come after the process id. */
void
gen_symbol(gen_t *g, dt_node_t *call, ir_opnd_t base, int64_t off)
{
	ir_opnd_t addr = gen_num(g, call->args);
	bool kernel = call->func == DT_F_SYM || call->func == DT_F_FUNC || call->func == DT_F_MOD;
	if (!kernel) {
		gen_st(g, 8, base, off, gen_pid(g));
		off += 8;
	}
	gen_st(g, 8, base, off, addr);
}

/* To the process that is running; a kernel thread ignores it. */
static void
signal_action(gen_t *g, ir_opnd_t sig)
{
	gen_faultif(g, IR_UGT, sig, ir_imm(MAX_SIGNAL), DTRACEFLT_ILLOP, ir_imm(0));
	gen_present(g, DTRACEFLT_ILLOP, ir_imm(0));
	gen_call(g, BPF_FUNC_send_signal, false, 1, sig);
}

static void
chill_action(gen_t *g, dt_node_t *call)
{
	ir_opnd_t ns = gen_num(g, call->args);
	ir_block_t *out = gen_block(g, NULL);
	ir_opnd_t rc = gen_rt(g, "dt_chill", 2, gen_cpustate(g, out), ns);
	gen_faultif(g, IR_NE, rc, ir_imm(0), DTRACEFLT_ILLOP, ir_imm(0));
	gen_place(g, out);
}

/* exit(): the first one stops tracing; one that comes too late leaves no record. */
static void
exit_action(gen_t *g, dt_node_t *call)
{
	dt_krec_t *k = next_rec(g);
	ir_opnd_t status = gen_num(g, call->args);
	bool again = g->exited >= 0;
	gen_st(g, 4, ir_reg(g->rec), HDR + k->koff, again ? ir_reg(g->exited) : status);
	if (again)
		return;
	g->exited = gen_new(g);
	gen_mov(g, g->exited, status);
	if (g->unit->site.trigger == DT_TRIGGER_END)
		return;
	ir_opnd_t p = gen_statep(g, offsetof(struct dt_state, activity));
	ir_opnd_t want = ir_imm(gen_activity(g));
	if (g->in_error)
		want = gen_ld(g, 4, p, 0, false);
	ir_opnd_t old = gen_op2(g, IR_CAS, p, gen_op2(g, IR_MOV, ir_imm(DT_ACT_DRAINING), ir_none()));
	ir_insn_t *i = &g->b->insns.p[g->b->insns.n - 1];
	i->size = 4;
	i->c = want;
	ir_block_t *first = gen_block(g, NULL);
	gen_br(g, IR_EQ, old, want, first, g->discard);
	gen_place(g, first);
	gen_st(g, 4, gen_statep(g, offsetof(struct dt_state, exit_status)), 0, status);
}

void
gen_action(gen_t *g, dt_node_t *call)
{
	dt_node_t *a = call->args;
	dt_krec_t *k;
	switch (call->func) {
	case DT_F_TRACE:
	case DT_F_PRINT:
		put_value(g, a);
		break;
	case DT_F_PRINTF:
	case DT_F_SYSTEM:
	case DT_F_FREOPEN:
		if (!a->next)
			next_rec(g);
		for (a = a->next; a; a = a->next)
			put_value(g, a);
		break;
	case DT_F_PRINTA:
		for (; a; a = a->next)
			if (a->kind == DN_AGG)
				next_rec(g);
		break;
	case DT_F_TRACEMEM: {
		if (a->next->next)
			put_value(g, a->next->next);
		val_t v = val_num(gen_num(g, a));
		k = next_rec(g);
		v.user = dt_node_is_user(a);
		read_bytes(g, v, HDR + k->koff, k->ksize);
		break;
	}
	case DT_F_PRINTM:
		printm_action(g, a);
		break;
	case DT_F_STACK:
	case DT_F_USTACK:
	case DT_F_JSTACK:
		k = next_rec(g);
		gen_stack_frames(g, ir_reg(g->rec), HDR + k->koff, (int)(k->ksize / 8),
				 call->func != DT_F_STACK);
		break;
	case DT_F_SYM:
	case DT_F_FUNC:
	case DT_F_MOD:
	case DT_F_USYM:
	case DT_F_UFUNC:
	case DT_F_UMOD:
	case DT_F_UADDR:
		k = next_rec(g);
		gen_symbol(g, call, ir_reg(g->rec), HDR + k->koff);
		break;
	case DT_F_SETOPT:
		for (; a; a = a->next)
			put_value(g, a);
		break;
	case DT_F_FTRUNCATE:
		next_rec(g);
		break;
	case DT_F_COMMIT:
	case DT_F_DISCARD:
		gen_spec_end(g, call);
		break;
	case DT_F_RAISE:
		signal_action(g, gen_num(g, a));
		break;
	case DT_F_STOP:
		signal_action(g, ir_imm(STOP_SIGNAL));
		break;
	case DT_F_CHILL:
		chill_action(g, call);
		break;
	case DT_F_EXIT:
		exit_action(g, call);
		break;
	case DT_F_CLEAR:
	case DT_F_TRUNC:
	case DT_F_NORMALIZE:
	case DT_F_DENORMALIZE:
		k = next_rec(g);
		if (a->next)
			gen_st(g, 8, ir_reg(g->rec), HDR + k->koff, gen_num(g, a->next));
		break;
	default:
		break;
	}
}

/* -------------------------------------------------------------- statements */

static void
gen_stmt(gen_t *g, dt_node_t *s)
{
	dt_node_t *e = s->left;
	if (!e)
		return;
	gen_order(g, e);
	if (e->kind == DN_CALL && dt_funcdesc((dt_func_t)e->func)->kind == DT_FK_ACT)
		gen_action(g, e);
	else if (e->kind == DN_ASSIGN && e->left->kind == DN_AGG)
		gen_agg(g, e);
	else
		gen_expr(g, e);
}

/* The record of a run of statements is at hand: what ends the run early must give it back. */
typedef struct run {
	ir_block_t *outer, *bad;
	int faults; /* of the clause before the record was taken */
	bool open;
} run_t;

static void
open_record(gen_t *g, run_t *r)
{
	g->discard = gen_block(g, "discard");
	g->fault = r->bad = gen_block(g, "fault, record taken");
	r->faults = g->faults;
	r->open = true;
}

static void
close_record(gen_t *g, const run_t *r, uint32_t size, bool urgent)
{
	ir_block_t *out = gen_block(g, NULL), *lose = gen_block(g, NULL);
	if (g->keep >= 0) {
		ir_block_t *keep = gen_block(g, NULL);
		gen_br(g, IR_NE, ir_reg(g->keep), ir_imm(0), keep, lose);
		gen_place(g, keep);
	}
	gen_submit(g, size, urgent ? RB_FORCE_WAKEUP : RB_NO_WAKEUP);
	gen_jmp(g, out);
	if (g->keep >= 0) {
		gen_place(g, lose);
		gen_discard(g);
		gen_jmp(g, out);
	}
	gen_place(g, g->discard);
	gen_discard(g);
	gen_jmp(g, g->next);
	if (g->faults > r->faults) { /* else the clause may have no block for them */
		gen_place(g, r->bad);
		gen_discard(g);
		gen_jmp(g, r->outer);
	}
	gen_place(g, out);
}

/* Does exit() stand in this run of statements? */
static bool
ends_tracing(const dt_node_t *s)
{
	for (; s && s->kind != DN_IF; s = s->next)
		if (s->left && s->left->kind == DN_CALL && s->left->func == DT_F_EXIT)
			return true;
	return false;
}

/* A run of statements with one record. */
static dt_node_t *
gen_run(gen_t *g, dt_node_t *s)
{
	/* A carrier leaves no record, and has no parts. */
	dt_clause_t *seg = g->in_carrier ? g->clause : g->mod->clauses.p[g->clause->index + g->nseg++];
	run_t run = {.outer = g->fault};
	bool urgent = ends_tracing(s);
	g->seg = seg;
	g->irec = 0;
	g->exited = -1;
	g->keep = -1;
	if (seg->records && !seg->speculates) {
		g->spare = urgent;
		gen_reserve(g, seg->krecsize, ir_imm(seg->index), offsetof(struct dt_cpustate, drops), g->next);
		g->spare = false;
		open_record(g, &run);
	}
	for (; s && s->kind != DN_IF; s = s->next) {
		g->action = ++g->stmt;
		if (s->left && s->left->kind == DN_CALL && s->left->func == DT_F_SPECULATE) {
			gen_speculate(g, s->left, g->next);
			open_record(g, &run);
			continue;
		}
		gen_stmt(g, s);
	}
	if (run.open)
		close_record(g, &run, seg->krecsize, urgent);
	g->fault = run.outer;
	return s;
}

void
gen_stmts(gen_t *g, dt_node_t *s)
{
	if (!s && !g->stmt) /* the default action: an empty record */
		gen_run(g, NULL);
	while (s) {
		if (s->kind != DN_IF) {
			s = gen_run(g, s);
			continue;
		}
		ir_block_t *t = gen_block(g, "if"), *f = gen_block(g, "else"), *out = gen_block(g, NULL);
		int ts = g->timestamp;
		g->action = ++g->stmt;
		gen_order(g, s->cond);
		gen_cond(g, s->cond, t, f);
		gen_place(g, t);
		if (s->body)
			gen_stmts(g, s->body);
		gen_jmp(g, out);
		g->timestamp = ts;
		gen_place(g, f);
		if (s->orelse)
			gen_stmts(g, s->orelse);
		gen_place(g, out);
		g->timestamp = ts;
		s = s->next;
	}
}
