/* gen_action.c - statements: records and what goes into them. */
#include "gen.h"

enum {
	HDR = GEN_RECHDR,
	RB_HDR = 8, /* the kernel's own, before each record */
	STOP_SIGNAL = 19,
	MAX_SIGNAL = 64
};

static dtrace_optval_t
policy(const gen_t *g)
{
	return g->dtp->opt[DT_OPT_BUFPOLICY];
}

static uint32_t
expected_activity(gen_t *g)
{
	switch (g->unit->site.trigger) {
	case DT_TRIGGER_BEGIN:
		return DT_ACT_ACTIVE_BEGIN;
	case DT_TRIGGER_END:
		return DT_ACT_ENDING;
	default:
		return DT_ACT_ACTIVE;
	}
}

static int
bufs_map(gen_t *g)
{
	dt_module_t *m = g->mod;
	if (m->bufs < 0 && policy(g) == DT_BUF_RING) {
		size_t max = sizeof(struct dt_recerror);
		for (int i = 0; i < m->clauses.n; i++)
			if (m->clauses.p[i]->krecsize > max)
				max = m->clauses.p[i]->krecsize;
		max = (sizeof(struct dt_ringslot) + HDR + max + 7) & ~(size_t)7;
		m->bufs = mod_map(m, DT_MAP_RINGS, "buffers", 4, (uint32_t)max, (uint32_t)m->ncpus);
	}
	if (m->bufs < 0) /* behind them the spare ones */
		m->bufs = mod_map(m, DT_MAP_BUFS, "buffers", 4, 4, 2 * (uint32_t)m->ncpus);
	m->records = true;
	return m->bufs;
}

/* bufpolicy=fill: no room for these `size` bytes of a record ends tracing, for all but END's clauses. */
static void
check_filled(gen_t *g, ir_opnd_t rb, uint32_t size, ir_block_t *full)
{
	if (policy(g) != DT_BUF_FILL || g->unit->site.trigger == DT_TRIGGER_END)
		return;
	ir_block_t *fits = gen_block(g, NULL);
	ir_opnd_t used = gen_call(g, BPF_FUNC_ringbuf_query, false, 2, rb, ir_imm(BPF_RB_AVAIL_DATA));
	ir_opnd_t need = gen_op2(g, IR_ADD, used, ir_imm((RB_HDR + HDR + size + 7) & ~7U));
	ir_opnd_t limit = gen_ld(g, 8, gen_statep(g, offsetof(struct dt_state, filllimit)), 0, false);
	gen_br(g, IR_ULE, need, limit, fits, full);
	gen_place(g, fits);
}

static void
stop_filled(gen_t *g, ir_block_t *lost)
{
	gen_st(g, 8, gen_statep(g, offsetof(struct dt_state, filled)), 0, ir_imm(1));
	ir_opnd_t p = gen_statep(g, offsetof(struct dt_state, activity));
	gen_op2(g, IR_CAS, p, gen_op2(g, IR_MOV, ir_imm(DT_ACT_DRAINING), ir_none()));
	ir_insn_t *i = &g->b->insns.p[g->b->insns.n - 1];
	i->size = 4;
	i->c = ir_imm(expected_activity(g));
	gen_jmp(g, lost);
}

/* bufpolicy=ring: the next slot of this CPU's ring, unless somebody interrupted still writes to it. */
static ir_opnd_t
take_slot(gen_t *g, ir_opnd_t ring, ir_block_t *drop)
{
	ir_block_t *in = gen_block(g, NULL), *have = gen_block(g, NULL), *mine = gen_block(g, NULL);
	ir_opnd_t cpu = gen_call(g, BPF_FUNC_get_smp_processor_id, true, 0);
	gen_bound(g, IR_ULT, cpu, ir_imm(g->mod->ncpus), in, drop);
	gen_place(g, in);
	ir_opnd_t off = gen_op2(g, IR_MUL, cpu, ir_imm(sizeof(struct dt_cpustate)));
	ir_opnd_t state = gen_op2(g, IR_ADD, gen_statep(g, offsetof(struct dt_state, cpu)), off);
	ir_opnd_t n = gen_op2(g, IR_FADD, state, ir_imm(1));
	ir_insn_t *i = &g->b->insns.p[g->b->insns.n - 1];
	i->size = 8;
	i->off = offsetof(struct dt_cpustate, ringseq);
	g->stamp = gen_new(g);
	gen_mov(g, g->stamp, gen_op2(g, IR_LSH, gen_op2(g, IR_ADD, n, ir_imm(1)), ir_imm(1)));
	ir_opnd_t mask = gen_ld(g, 8, gen_statep(g, offsetof(struct dt_state, ringmask)), 0, false);
	ir_opnd_t key = gen_obj(g, ir_newobj(g->f, 4, 4), 0);
	gen_st(g, 4, key, 0, gen_op2(g, IR_AND, n, mask));
	g->slot = gen_new(g);
	gen_mov(g, g->slot, gen_call(g, BPF_FUNC_map_lookup_elem, false, 2, ring, key));
	gen_br(g, IR_NE, ir_reg(g->slot), ir_imm(0), have, drop);
	gen_place(g, have);
	ir_opnd_t busy = gen_op2(g, IR_OR, ir_reg(g->stamp), ir_imm(1));
	ir_opnd_t old = gen_op2(g, IR_XCHG, ir_reg(g->slot), busy);
	g->b->insns.p[g->b->insns.n - 1].size = 8;
	gen_br(g, IR_TST, old, ir_imm(1), drop, mine);
	gen_place(g, mine);
	return gen_op2(g, IR_ADD, ir_reg(g->slot), ir_imm(sizeof(struct dt_ringslot)));
}

/* The record is complete. */
void
gen_submit(gen_t *g, uint32_t size, int flags)
{
	if (policy(g) != DT_BUF_RING) {
		gen_call(g, BPF_FUNC_ringbuf_submit, false, 2, ir_reg(g->rec), ir_imm(flags));
		return;
	}
	gen_st(g, 8, ir_reg(g->slot), offsetof(struct dt_ringslot, len), ir_imm(HDR + size));
	gen_st(g, 8, ir_reg(g->slot), offsetof(struct dt_ringslot, stamp), ir_reg(g->stamp));
}

/* The record is not to be. */
void
gen_discard(gen_t *g)
{
	if (policy(g) == DT_BUF_RING)
		gen_st(g, 8, ir_reg(g->slot), offsetof(struct dt_ringslot, stamp), ir_imm(0));
	else
		gen_call(g, BPF_FUNC_ringbuf_discard, false, 2, ir_reg(g->rec), ir_imm(RB_NO_WAKEUP));
}

/* The CPU's own buffer is full, but the record must not be lost: it would end tracing. */
static void
reserve_spare(gen_t *g, uint32_t size, ir_opnd_t key, ir_block_t *ok, ir_block_t *drop)
{
	ir_block_t *have = gen_block(g, NULL);
	ir_opnd_t cpu = gen_call(g, BPF_FUNC_get_smp_processor_id, true, 0);
	gen_st(g, 4, key, 0, gen_op2(g, IR_ADD, cpu, ir_imm(g->mod->ncpus)));
	ir_opnd_t rb = gen_call(g, BPF_FUNC_map_lookup_elem, false, 2, gen_map(g, bufs_map(g)), key);
	gen_br(g, IR_NE, rb, ir_imm(0), have, drop);
	gen_place(g, have);
	gen_mov(g, g->rec, gen_call(g, BPF_FUNC_ringbuf_reserve, false, 3, rb, ir_imm(HDR + size), ir_imm(0)));
	gen_br(g, IR_NE, ir_reg(g->rec), ir_imm(0), ok, drop);
}

/* Room for a record of `size` bytes of data in this CPU's buffer, header filled in; on a full
 * buffer count the drop and go to `lost`. */
static void
reserve(gen_t *g, uint32_t size, ir_opnd_t clause, ir_opnd_t probe, ir_opnd_t time, size_t counter,
	ir_block_t *lost)
{
	ir_block_t *have = gen_block(g, NULL), *ok = gen_block(g, NULL), *drop = gen_block(g, "drop");
	ir_opnd_t key = gen_obj(g, ir_newobj(g->f, 4, 4), 0);
	gen_st(g, 4, key, 0, gen_call(g, BPF_FUNC_get_smp_processor_id, true, 0));
	ir_opnd_t rb = gen_call(g, BPF_FUNC_map_lookup_elem, false, 2, gen_map(g, bufs_map(g)), key);
	g->rec = gen_new(g);
	gen_br(g, IR_NE, rb, ir_imm(0), have, drop);
	gen_place(g, have);
	ir_block_t *full = policy(g) == DT_BUF_FILL || g->spare ? gen_block(g, "buffer full") : drop;
	if (policy(g) == DT_BUF_RING) {
		gen_mov(g, g->rec, take_slot(g, rb, drop));
		gen_jmp(g, ok);
	} else {
		check_filled(g, rb, size, full);
		gen_mov(g, g->rec,
			gen_call(g, BPF_FUNC_ringbuf_reserve, false, 3, rb, ir_imm(HDR + size), ir_imm(0)));
		gen_br(g, IR_NE, ir_reg(g->rec), ir_imm(0), ok, full);
	}
	if (full != drop) {
		gen_place(g, full);
		if (g->spare)
			reserve_spare(g, size, key, ok, drop);
		else
			stop_filled(g, lost);
	}
	gen_place(g, drop);
	if (counter != GEN_NODROP)
		gen_count_drop(g, counter);
	gen_jmp(g, lost);
	gen_place(g, ok);
	gen_st(g, 4, ir_reg(g->rec), offsetof(struct dt_rechdr, clause), clause);
	gen_st(g, 4, ir_reg(g->rec), offsetof(struct dt_rechdr, probe), probe);
	gen_st(g, 8, ir_reg(g->rec), offsetof(struct dt_rechdr, time), time);
}

void
gen_reserve(gen_t *g, uint32_t size, ir_opnd_t clause, size_t counter, ir_block_t *lost)
{
	reserve(g, size, clause, gen_probe_id(g), gen_timestamp(g), counter, lost);
}

/* The record of a fault, from the ERROR function's parameters. */
void
gen_error_record(gen_t *g)
{
	ir_block_t *out = gen_block(g, NULL);
	ir_opnd_t clause = gen_op2(g, IR_ZEXT, ir_reg(4), ir_none());
	g->b->insns.p[g->b->insns.n - 1].size = 4;
	ir_opnd_t probe = gen_op2(g, IR_RSH, ir_reg(4), ir_imm(32));
	ir_opnd_t now = gen_call(g, BPF_FUNC_ktime_get_ns, false, 0);
	reserve(g, sizeof(struct dt_recerror), ir_imm(DT_REC_ERROR), probe, now,
		offsetof(struct dt_cpustate, drops), out);
	ir_opnd_t rec = ir_reg(g->rec);
	gen_st(g, 4, rec, HDR + offsetof(struct dt_recerror, clause), clause);
	gen_st(g, 4, rec, HDR + offsetof(struct dt_recerror, fault), ir_reg(1));
	gen_st(g, 4, rec, HDR + offsetof(struct dt_recerror, action), ir_reg(3));
	gen_st(g, 4, rec, HDR + offsetof(struct dt_recerror, offset), ir_imm(-1));
	gen_st(g, 8, rec, HDR + offsetof(struct dt_recerror, value), ir_reg(2));
	gen_submit(g, sizeof(struct dt_recerror), RB_NO_WAKEUP);
	gen_place(g, out);
}

/* ------------------------------------------------------------------- data */

/* Up to n frames at dst; a zero ends a shorter stack. */
static void
frames(gen_t *g, ir_opnd_t dst, int n, bool user)
{
	ir_block_t *got = gen_block(g, NULL), *part = gen_block(g, NULL), *out = gen_block(g, NULL);
	ir_opnd_t len = gen_call(g, BPF_FUNC_get_stack, false, 4, ir_reg(g->ctx), dst, ir_imm(n * 8),
				 ir_imm(user ? BPF_F_USER_STACK : 0));
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
	ir_opnd_t want = ir_imm(expected_activity(g));
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
	bool open;
} run_t;

static void
open_record(gen_t *g, run_t *r)
{
	g->discard = gen_block(g, "discard");
	g->fault = r->bad = gen_block(g, "fault, record taken");
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
	gen_place(g, r->bad);
	gen_discard(g);
	gen_jmp(g, r->outer);
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
		g->spare = urgent && policy(g) == DT_BUF_SWITCH;
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
