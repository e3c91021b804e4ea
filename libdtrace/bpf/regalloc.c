/*
 * regalloc.c - linear scan over the layout order.
 *
 * As branches only go forward, the life of a virtual register is the stretch from
 * its first definition to its last mention.  The stretches are visited by their
 * beginning and each takes a machine register that is free all along: r6-r9 when a
 * call is inside it, else rather r0-r5.  When there is none, the life that costs
 * least is spilled: the function is rewritten so that the register lives only next
 * to each mention, and the scan starts again.  A value that one instruction can make
 * again (constant, address of a map or stack object) is made again, not stored.
 *
 * Positions: instruction n reads at 2n and writes at 2n+1; parameters are written
 * at -1.  An operand still read while or after the result is written lives to 2n+1.
 */
#include "bpf.h"

#include "../ir/analysis.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
	NREGS = 10,    /* r0..r9; r10 is the frame pointer */
	SAVED = 0x3c0, /* r6..r9 */
	ALL = 0x3ff,
	R0 = 1,
	MAXROUNDS = 200
};

/* What happens to a register that gets no machine register. */
enum {
	KEEP,
	TO_SLOT, /* lives in a stack object */
	REMAKE   /* its only instruction is repeated at each use */
};

typedef struct ra {
	ir_func_t *f;
	ra_result_t *res;
	int nregs; /* size of the arrays by virtual register */
	int ninsns;
	int *start, *end; /* end < start: never live */
	int *weight;      /* mentions */
	int8_t *want;     /* machine register it had best be in, or -1 */
	int *like;        /* virtual register it had best share with, or -1 */
	ir_insn_t **def;  /* its only instruction, if that can be repeated; good until rewriting */
	uint8_t *fate;    /* KEEP, TO_SLOT, REMAKE */
	int *slot;        /* TO_SLOT: stack object; REMAKE: place in remakes */
	DT_VEC(ir_insn_t) remakes;
	DT_VEC(int) order; /* virtual registers by start */
	int *ncalls;       /* calls before instruction n */
	int *ncas;         /* IR_CAS before instruction n: they use r0 */
	DT_VEC(bool) tiny; /* by virtual register, over all rounds: lives next to one mention */
} ra_t;

/* ---- lives */

static bool
is_late(const ir_insn_t *i, const ir_opnd_t *o)
{
	if (ir_is_binary(i->op))
		return o == &i->b && !ir_commutes(i->op);
	if (i->op == IR_SET)
		return true;
	if (i->op == IR_FADD || i->op == IR_XCHG)
		return o == &i->a;
	return i->op == IR_CAS && o != &i->c;
}

static void
touch(ra_t *ra, int v, int pos)
{
	if (ra->end[v] < ra->start[v]) {
		ra->start[v] = pos;
		*dt_vec_push(&ra->order) = v;
	}
	if (ra->end[v] < pos)
		ra->end[v] = pos;
	ra->weight[v]++;
}

static void
measure(ra_t *ra)
{
	ir_info_t info;
	ir_info_init(&info, ra->f);
	for (int p = 0; p < ra->f->nparams; p++)
		if (info.nuses[p])
			touch(ra, p, -1);
	for (int v = 0; v < ra->nregs; v++)
		ra->def[v] = info.def[v] && ir_is_remat(info.def[v]) ? info.def[v] : NULL;
	ir_info_free(&info);
	int n = 0;
	for (int b = 0; b < ra->f->blocks.n; b++) {
		ir_block_t *blk = ra->f->blocks.p[b];
		for (ir_insn_t *i = blk->insns.p, *e = i + blk->insns.n; i < e; i++, n++) {
			ra->ncalls[n + 1] = ra->ncalls[n] + ir_is_call(i->op);
			ra->ncas[n + 1] = ra->ncas[n] + (i->op == IR_CAS);
			ir_opnd_t *use[IR_MAXOPNDS];
			for (int k = ir_reg_operands(i, use); k-- > 0;)
				touch(ra, use[k]->reg, 2 * n + is_late(i, use[k]));
			if (i->dst >= 0)
				touch(ra, i->dst, 2 * n + 1);
		}
	}
}

/* Does the life contain such an instruction, between its reading and its writing? */
static bool
crosses(const int *count, int start, int end)
{
	return count[(end + 1) / 2] > count[(start + 1) / 2];
}

/* Where values had best be: seen from the end, so that a wish for an argument register travels back
 * through copies and the left operands that become results. */
static void
wish(ra_t *ra)
{
	int n = ra->ninsns;
	for (int p = 0; p < ra->f->nparams; p++)
		ra->want[p] = (int8_t)(p + 1);
	for (int b = ra->f->blocks.n; b-- > 0;) {
		ir_block_t *blk = ra->f->blocks.p[b];
		for (int k = blk->insns.n; k-- > 0;) {
			ir_insn_t *i = &blk->insns.p[k];
			n--;
			for (int a = 0; a < i->nargs; a++)
				if (i->args[a].kind == IR_O_REG && ra->want[i->args[a].reg] < 0)
					ra->want[i->args[a].reg] = (int8_t)(a + 1);
			if (i->op == IR_RET && i->a.kind == IR_O_REG && ra->want[i->a.reg] < 0)
				ra->want[i->a.reg] = 0;
			if (i->op == IR_CAS && i->c.kind == IR_O_REG && ra->want[i->c.reg] < 0)
				ra->want[i->c.reg] = 0;
			if (i->dst < 0)
				continue;
			if (ir_is_call(i->op) || i->op == IR_CAS)
				ra->want[i->dst] = 0;
			ir_opnd_t from = i->op == IR_FADD || i->op == IR_XCHG ? i->b : i->a;
			if (from.kind != IR_O_REG || i->op == IR_LD || i->op == IR_CAS || i->op == IR_SET)
				continue;
			if (ra->want[from.reg] < 0 && ra->end[from.reg] == 2 * n)
				ra->want[from.reg] = ra->want[i->dst];
			if (ra->like[i->dst] < 0)
				ra->like[i->dst] = from.reg;
		}
	}
}

/* ---- the scan */

static int
allowed(const ra_t *ra, int v)
{
	int mask = crosses(ra->ncalls, ra->start[v], ra->end[v]) ? SAVED : ALL;
	if (crosses(ra->ncas, ra->start[v], ra->end[v]))
		mask &= ~R0;
	return mask;
}

static int
choose(const ra_t *ra, int v, int free)
{
	/* r6-r9 last: each one used is saved and restored by the program.  r1 and r2 late: calls want them. */
	static const int8_t order[] = {0, 5, 4, 3, 2, 1, 6, 7, 8, 9};
	if (ra->want[v] >= 0 && (free & 1 << ra->want[v]))
		return ra->want[v];
	int like = ra->like[v] >= 0 ? ra->res->reg[ra->like[v]] : -1;
	if (like >= 0 && (free & 1 << like))
		return like;
	for (int k = 0; k < NREGS; k++)
		if (free & 1 << order[k])
			return order[k];
	return -1;
}

/* Spilling costs something at each mention, and frees a register for the length of the life. */
static double
cost(const ra_t *ra, int v)
{
	double w = ra->weight[v];
	if (ra->def[v])
		w /= 4;
	return w / (ra->end[v] - ra->start[v] + 1);
}

static bool
can_spill(const ra_t *ra, int v)
{
	return !ra->tiny.p[v] && ra->end[v] - ra->start[v] > 1;
}

static void
spill(ra_t *ra, int v)
{
	ra->res->reg[v] = -1;
	ra->fate[v] = ra->def[v] ? REMAKE : TO_SLOT;
	if (ra->def[v]) {
		ra->slot[v] = ra->remakes.n;
		*dt_vec_push(&ra->remakes) = *ra->def[v];
	}
}

/* Give every life a register, or mark some to be spilled; the number marked, -1 when nothing helps. */
static int
scan(ra_t *ra)
{
	int holder[NREGS], nspilled = 0;
	memset(holder, -1, sizeof(holder));
	for (int n = 0; n < ra->order.n; n++) {
		int v = ra->order.p[n], mask = allowed(ra, v), free = 0;
		for (int r = 0; r < NREGS; r++)
			if (holder[r] < 0 || ra->end[holder[r]] < ra->start[v])
				free |= 1 << r;
		int r = choose(ra, v, free & mask);
		if (r < 0) {
			int victim = can_spill(ra, v) ? v : -1;
			for (int k = 0; k < NREGS; k++) {
				if (!(mask & 1 << k) || !can_spill(ra, holder[k]))
					continue;
				if (victim < 0 || cost(ra, holder[k]) < cost(ra, victim))
					victim = holder[r = k];
			}
			if (victim < 0)
				return -1;
			spill(ra, victim);
			nspilled++;
			if (victim == v)
				continue;
		}
		ra->res->reg[v] = (int8_t)r;
		holder[r] = v;
	}
	return nspilled;
}

/* ---- rewriting */

typedef struct rewrite {
	ra_t *ra;
	bool share;     /* one remake serves a block up to the next call; else each instruction has its own */
	int *temp, *at; /* by virtual register: its latest stand-in, and the stretch that is good for */
	int stretch;
	DT_VEC(ir_insn_t) out;
	DT_VEC(ir_block_t *) blocks; /* the layout to be */
} rewrite_t;

static ir_insn_t
make(ir_op_t op, int dst, int line)
{
	return (ir_insn_t){
	    .op = op, .size = 8, .dst = dst, .a = ir_none(), .b = ir_none(), .c = ir_none(), .line = line};
}

static int
new_temp(ra_t *ra, bool tiny)
{
	*dt_vec_push(&ra->tiny) = tiny;
	return ir_newreg(ra->f);
}

static void
emit_store(rewrite_t *w, int slot, ir_opnd_t value, int line)
{
	ir_insn_t st = make(IR_ST, -1, line);
	st.a = ir_obj(slot);
	st.b = value;
	*dt_vec_push(&w->out) = st;
}

/* A register that holds v's value for the instruction to come. */
static int
stand_in(rewrite_t *w, int v, int line)
{
	ra_t *ra = w->ra;
	if (w->at[v] == w->stretch)
		return w->temp[v];
	int t = new_temp(ra, !w->share);
	ir_insn_t i = make(IR_LD, t, line);
	if (ra->fate[v] == REMAKE) {
		i = ra->remakes.p[ra->slot[v]];
		i.dst = t;
		i.line = line;
	} else {
		i.a = ir_obj(ra->slot[v]);
	}
	*dt_vec_push(&w->out) = i;
	w->at[v] = w->stretch;
	w->temp[v] = t;
	return t;
}

static bool
has_fate(const ra_t *ra, int v, int fate)
{
	return v >= 0 && v < ra->nregs && ra->fate[v] == fate;
}

/* Where a comparison leaves its operand bounded: 1 = in t, 2 = in f. */
static int
bounded_ways(ir_cc_t cc)
{
	switch (cc) {
	case IR_ULT:
	case IR_ULE:
		return 1;
	case IR_UGT:
	case IR_UGE:
		return 2;
	case IR_SLT:
	case IR_SLE:
	case IR_SGT:
	case IR_SGE:
		return 3;
	default:
		return 0;
	}
}

/* A block on the way to `to` that stores the stand-in t back. */
static ir_block_t *
way_with_store(rewrite_t *w, int slot, int t, ir_block_t *to, int line)
{
	ir_block_t *way = ir_block_new(w->ra->f, NULL);
	ir_insn_t *st = ir_emit(way, IR_ST);
	st->size = 8;
	st->a = ir_obj(slot);
	st->b = ir_reg(t);
	st->line = line;
	ir_insn_t *jmp = ir_emit(way, IR_JMP);
	jmp->t = to;
	jmp->line = line;
	*dt_vec_push(&w->blocks) = way;
	return way;
}

/* What a comparison teaches the verifier of a value just loaded from its slot, kernels before 6.9 do not apply
 * to the slot, and the next load brings back an unknown number: so store the value again where it is bounded.
 */
static void
keep_bound(rewrite_t *w, ir_insn_t *br, int v, int t)
{
	int ways = bounded_ways(br->cc), slot = w->ra->slot[v];
	if (ways & 1)
		br->t = way_with_store(w, slot, t, br->t, br->line);
	if (ways & 2)
		br->f = way_with_store(w, slot, t, br->f, br->line);
}

static void
rewrite_insn(rewrite_t *w, ir_insn_t i)
{
	ra_t *ra = w->ra;
	if (has_fate(ra, i.dst, REMAKE))
		return;
	/* A copy to or from a slot is the store or load itself. */
	if (i.op == IR_MOV && i.a.kind == IR_O_REG && has_fate(ra, i.a.reg, TO_SLOT) &&
	    !has_fate(ra, i.dst, TO_SLOT)) {
		i.op = IR_LD;
		i.size = 8;
		i.a = ir_obj(ra->slot[i.a.reg]);
		*dt_vec_push(&w->out) = i;
		return;
	}
	ir_opnd_t *use[IR_MAXOPNDS];
	for (int k = ir_reg_operands(&i, use); k-- > 0;) {
		int v = use[k]->reg;
		if (has_fate(ra, v, KEEP))
			continue;
		use[k]->reg = stand_in(w, v, i.line);
		if (i.op == IR_BR && i.keep && use[k] == &i.a && has_fate(ra, v, TO_SLOT))
			keep_bound(w, &i, v, i.a.reg);
	}
	if (!has_fate(ra, i.dst, TO_SLOT)) {
		*dt_vec_push(&w->out) = i;
		return;
	}
	int slot = ra->slot[i.dst];
	if (i.op == IR_MOV && (i.a.kind == IR_O_REG || ir_fits32(i.a.imm))) {
		emit_store(w, slot, i.a, i.line);
		return;
	}
	i.dst = new_temp(ra, true);
	*dt_vec_push(&w->out) = i;
	emit_store(w, slot, ir_reg(i.dst), i.line);
}

/* A parameter arrives in a register whatever becomes of it: store it first of all. */
static void
store_params(rewrite_t *w)
{
	for (int p = 0; p < w->ra->f->nparams; p++) {
		if (w->ra->fate[p] != TO_SLOT)
			continue;
		emit_store(w, w->ra->slot[p], ir_reg(p), 0);
		w->ra->tiny.p[p] = true;
	}
}

static void
rewrite(ra_t *ra, bool share)
{
	rewrite_t w = {.ra = ra, .share = share};
	w.temp = dt_xcalloc((size_t)ra->nregs, sizeof(int));
	w.at = dt_xcalloc((size_t)ra->nregs, sizeof(int));
	store_params(&w);
	for (int b = 0; b < ra->f->blocks.n; b++) {
		ir_block_t *blk = ra->f->blocks.p[b];
		*dt_vec_push(&w.blocks) = blk;
		w.stretch++;
		for (int k = 0; k < blk->insns.n; k++) {
			rewrite_insn(&w, blk->insns.p[k]);
			if (!share || ir_is_call(blk->insns.p[k].op))
				w.stretch++;
		}
		__typeof__(blk->insns) old = blk->insns;
		blk->insns.p = w.out.p;
		blk->insns.n = w.out.n;
		blk->insns.cap = w.out.cap;
		w.out.p = old.p;
		w.out.n = 0;
		w.out.cap = old.cap;
	}
	dt_vec_free(&w.out);
	ra->f->blocks.n = 0;
	for (int b = 0; b < w.blocks.n; b++)
		ir_block_place(ra->f, w.blocks.p[b]);
	dt_vec_free(&w.blocks);
	free(w.temp);
	free(w.at);
}

/* Slots for what was marked: lives that do not meet share one. */
static void
assign_slots(ra_t *ra)
{
	DT_VEC(int) obj = {0};
	DT_VEC(int) until = {0};
	for (int n = 0; n < ra->order.n; n++) {
		int v = ra->order.p[n], s = 0;
		if (ra->fate[v] != TO_SLOT)
			continue;
		while (s < obj.n && until.p[s] >= ra->start[v])
			s++;
		if (s == obj.n) {
			*dt_vec_push(&obj) = ir_newobj(ra->f, 8, 8);
			*dt_vec_push(&until) = 0;
			ra->res->nspills++;
		}
		until.p[s] = ra->end[v];
		ra->slot[v] = obj.p[s];
	}
	dt_vec_free(&obj);
	dt_vec_free(&until);
}

/* ---- rounds */

static void
begin_round(ra_t *ra)
{
	ra->ninsns = 0;
	for (int b = 0; b < ra->f->blocks.n; b++)
		ra->ninsns += ra->f->blocks.p[b]->insns.n;
	size_t n = (size_t)ra->f->nregs;
	ra->nregs = ra->f->nregs;
	ra->start = dt_xcalloc(n, sizeof(int));
	ra->end = dt_xcalloc(n, sizeof(int));
	ra->weight = dt_xcalloc(n, sizeof(int));
	ra->want = dt_xcalloc(n, 1);
	ra->like = dt_xcalloc(n, sizeof(int));
	ra->def = dt_xcalloc(n, sizeof(ir_insn_t *));
	ra->fate = dt_xcalloc(n, 1);
	ra->slot = dt_xcalloc(n, sizeof(int));
	ra->ncalls = dt_xcalloc((size_t)ra->ninsns + 1, sizeof(int));
	ra->ncas = dt_xcalloc((size_t)ra->ninsns + 1, sizeof(int));
	ra->order.n = ra->remakes.n = 0;
	ra->res->reg = dt_xrealloc(ra->res->reg, n);
	memset(ra->res->reg, -1, n);
	memset(ra->want, -1, n);
	memset(ra->like, -1, n * sizeof(int));
	for (int v = 0; v < ra->nregs; v++)
		ra->end[v] = INT_MIN;
	measure(ra);
}

static void
end_round(ra_t *ra)
{
	free(ra->start);
	free(ra->end);
	free(ra->weight);
	free(ra->want);
	free(ra->like);
	free(ra->def);
	free(ra->fate);
	free(ra->slot);
	free(ra->ncalls);
	free(ra->ncas);
}

/* Before the first scan: what can be made again is not kept over a call. */
static void
localize(ra_t *ra)
{
	bool any = false;
	begin_round(ra);
	for (int n = 0; n < ra->order.n; n++) {
		int v = ra->order.p[n];
		if (ra->def[v] && crosses(ra->ncalls, ra->start[v], ra->end[v])) {
			spill(ra, v);
			any = true;
		}
	}
	if (any)
		rewrite(ra, true);
	end_round(ra);
}

ra_result_t *
ra_allocate(ir_func_t *f)
{
	ra_t ra = {.f = f, .res = dt_xcalloc(1, sizeof(ra_result_t))};
	int left = -1;
	for (int v = 0; v < f->nregs; v++)
		*dt_vec_push(&ra.tiny) = false;
	localize(&ra);
	for (int round = 0; round < MAXROUNDS && left != 0; round++) {
		begin_round(&ra);
		wish(&ra);
		left = scan(&ra);
		if (left > 0) {
			assign_slots(&ra);
			rewrite(&ra, false);
		}
		end_round(&ra);
		if (left < 0)
			break;
	}
	dt_vec_free(&ra.order);
	dt_vec_free(&ra.remakes);
	dt_vec_free(&ra.tiny);
	if (left == 0)
		return ra.res;
	ra_free(ra.res);
	return NULL;
}

void
ra_free(ra_result_t *res)
{
	if (!res)
		return;
	free(res->reg);
	free(res);
}
