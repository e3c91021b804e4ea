/*
 * gen_unit.c - a whole program: is tracing on, which probe fired, then every clause in
 * program order, each with its predicate first and its own way out on a fault.
 */
#include <stdlib.h>
#include <string.h>

#include "gen.h"

enum {
	MAX_BUILDS = 4
};

/* The functions of a unit after main: that of each element, if it has one, then that of ERROR. */
enum {
	FN_EACH = 1
};

static bool
is_list(const dt_unit_t *u)
{
	return u->table && u->table->each.type;
}

static bool
has_probe(const dt_clause_t *c, dtrace_id_t id)
{
	int lo = 0, hi = c->nprobes - 1;
	while (lo <= hi) {
		int mid = (lo + hi) / 2;
		if (c->probes[mid]->id == id)
			return true;
		if (c->probes[mid]->id < id)
			lo = mid + 1;
		else
			hi = mid - 1;
	}
	return false;
}

static int
scratch_map(gen_t *g)
{
	dt_module_t *m = g->mod;
	for (int i = 0; i < m->maps.n; i++)
		if (m->maps.p[i].kind == DT_MAP_SCRATCH)
			return i;
	return mod_map(m, DT_MAP_SCRATCH, "scratch", 4, sizeof(struct dt_scratch),
		       (uint32_t)(m->ncpus * DT_NSLOTS));
}

/* ------------------------------------------------------------------ scratch */

/* Another program may have been preempted on this CPU with a slot of its own: take a free one. */
void
gen_claim(gen_t *g, ir_block_t *none)
{
	int map = scratch_map(g);
	ir_block_t *got = gen_block(g, NULL), *drop = gen_block(g, "no free slot");
	ir_opnd_t first =
	    gen_op2(g, IR_MUL, gen_call(g, BPF_FUNC_get_smp_processor_id, true, 0), ir_imm(DT_NSLOTS));
	int obj = ir_newobj(g->f, 4, 4);
	for (int i = 0; i < DT_NSLOTS; i++) {
		ir_block_t *have = gen_block(g, NULL), *next = gen_block(g, NULL);
		ir_opnd_t key = gen_obj(g, obj, 0);
		gen_st(g, 4, key, 0, gen_op2(g, IR_ADD, first, ir_imm(i)));
		gen_mov(g, g->scratch, gen_call(g, BPF_FUNC_map_lookup_elem, false, 2, gen_map(g, map), key));
		gen_br(g, IR_NE, ir_reg(g->scratch), ir_imm(0), have, drop);
		gen_place(g, have);
		ir_opnd_t one = gen_op2(g, IR_MOV, ir_imm(1), ir_none());
		ir_opnd_t old = gen_op2(g, IR_XCHG, ir_reg(g->scratch), one);
		ir_insn_t *x = &g->b->insns.p[g->b->insns.n - 1];
		x->size = 4;
		x->off = offsetof(struct dt_scratch, busy);
		gen_br(g, IR_EQ, old, ir_imm(0), got, next);
		gen_place(g, next);
	}
	gen_place(g, drop);
	gen_count_drop(g, offsetof(struct dt_cpustate, busydrops));
	gen_jmp(g, none);
	gen_place(g, got);
	if (g->uses_tok)
		gen_st(g, 8, ir_reg(g->scratch), offsetof(struct dt_scratch, tokpos), ir_imm(-1));
}

/* alloca() and copyin() begin anew in every clause. */
static void
reset_user(gen_t *g)
{
	gen_st(g, 4, ir_reg(g->scratch), offsetof(struct dt_scratch, top), ir_imm(0));
}

void
gen_release(gen_t *g)
{
	gen_st(g, 4, ir_reg(g->scratch), offsetof(struct dt_scratch, busy), ir_imm(0));
}

/* ------------------------------------------------------------------ clauses */

static void
fault_exit(gen_t *g)
{
	if (g->in_error) {
		gen_count_drop(g, offsetof(struct dt_cpustate, dblerrors));
		return;
	}
	g->uses_error = true;
	ir_opnd_t epid = gen_epid(g);
	ir_opnd_t probe = gen_op2(g, IR_LSH, gen_probe_id(g), ir_imm(32));
	ir_opnd_t who = gen_op2(g, IR_OR, probe, ir_imm(g->clause->index));
	/* The address may be a pointer to the verifier, which a function does not take as a number. */
	ir_opnd_t value = gen_op2(g, IR_SCALAR, ir_reg(g->valreg), ir_none());
	int dst = gen_new(g);
	ir_insn_t *i = gen_emit(g, IR_FN);
	i->dst = dst;
	i->imm = is_list(g->unit) ? FN_EACH + 1 : 1;
	i->nargs = 5;
	i->args[0] = epid;
	i->args[1] = ir_reg(g->faultreg);
	i->args[2] = value;
	i->args[3] = ir_reg(g->actionreg);
	i->args[4] = who;
}

/* Later clauses of the firing do not run after exit(). */
static void
stop_after_exit(gen_t *g)
{
	bool may = g->clause->has_exit || (g->faults && g->mod->error_exits);
	if (!may || g->unit->site.trigger == DT_TRIGGER_END)
		return;
	ir_block_t *on = gen_block(g, NULL);
	ir_opnd_t act = gen_ld(g, 4, gen_statep(g, offsetof(struct dt_state, activity)), 0, false);
	gen_br(g, IR_EQ, act, ir_imm(DT_ACT_DRAINING), g->end, on);
	gen_place(g, on);
}

static void
gen_clause(gen_t *g, dt_clause_t *c)
{
	struct need *need = &g->need[g->nth];
	bool in_pred = need->pred && !g->early_scratch,
	     in_body = need->body && !need->pred && !g->early_scratch;
	ir_block_t *body = gen_block(g, "body"), *no = gen_block(g, NULL), *fault = gen_block(g, "fault");
	g->next = gen_block(g, NULL);
	g->clause = g->seg = c;
	g->nseg = g->stmt = g->action = g->faults = 0;
	g->self = g->timestamp = g->lazy_timestamp = -1;
	gen_known_forget(g);
	if (gen_clock_conditional(c->pred, false) || gen_clock_conditional(c->stmts, false)) {
		g->lazy_timestamp = gen_new(g);
		gen_mov(g, g->lazy_timestamp, ir_imm(0));
	}
	g->arena = g->arena_base;
	g->fault = fault;
	ir_block_t *next = g->next, *done = gen_block(g, "clause done"), *unheld = gen_block(g, NULL);
	if (in_pred)
		gen_claim(g, next);
	if (in_pred || (g->early_scratch && (need->pred || need->body)))
		reset_user(g);
	if (c->pred) {
		dt_node_t *p = c->pred;
		g->in_pred = true;
		if (var_uses_self(p))
			gen_var_self(g);
		gen_order(g, p);
		gen_cond(g, p, body, in_pred ? no : next);
		g->in_pred = false;
	}
	gen_place(g, body);
	if (in_body) {
		gen_claim(g, next);
		reset_user(g);
	}
	if (g->self < 0 && var_uses_self(c->stmts))
		gen_var_self(g);
	g->next = done; /* inside the body "next" means: give back what is held first */
	gen_stmts(g, c->stmts);
	gen_jmp(g, done);
	if (g->faults)
		gen_place(g, fault);
	/* A fault in the predicate comes here without the slot claimed for the body. */
	g->seg = c;
	if (g->faults)
		fault_exit(g);
	if (g->faults && in_body) {
		ir_block_t *held = gen_block(g, NULL);
		gen_br(g, IR_NE, ir_reg(g->actionreg), ir_imm(0), held, unheld);
		gen_place(g, held);
	}
	gen_place(g, done);
	gen_place(g, no);
	if (in_pred || in_body)
		gen_release(g);
	gen_place(g, unheld);
	stop_after_exit(g);
	gen_place(g, next);
	g->next = next;
}

/* Which clauses run on which probe of the unit: a bit each, 32 a word.  Tables by probe have an unused
 * entry 0: before 6.8 the verifier learns nothing from "not 0". */
typedef struct masks {
	uint32_t off;
	int words;
} masks_t;

static masks_t
build_masks(gen_t *g, dt_clause_t **list, int n)
{
	dt_unit_t *u = g->unit;
	masks_t m = {.words = (n + 31) / 32};
	uint32_t *t = dt_arena_alloc(g->mod->arena, sizeof(*t) * (size_t)(m.words * (u->nprobes + 1)));
	for (int p = 0; p < u->nprobes; p++)
		for (int c = 0; c < n; c++)
			if (has_probe(list[c], u->probes[p]->id))
				t[(p + 1) * m.words + c / 32] |= 1U << (c % 32);
	m.off = mod_rodata(g->mod, t, sizeof(*t) * (size_t)(m.words * (u->nprobes + 1)), 8);
	return m;
}

static bool
on_all(dt_unit_t *u, dt_clause_t *c)
{
	if (u->as)
		return true;
	for (int p = 0; p < u->nprobes; p++)
		if (!has_probe(c, u->probes[p]->id))
			return false;
	return true;
}

static void
mask_check(gen_t *g, const masks_t *m, int i, ir_block_t *skip)
{
	ir_opnd_t off = gen_op2(g, IR_MUL, ir_reg(g->local), ir_imm(m->words * 4));
	ir_opnd_t p = gen_op2(g, IR_ADD, gen_mapval(g, g->mod->rodata, m->off), off);
	ir_opnd_t w = gen_ld(g, 4, p, i / 32 * 4, true);
	ir_block_t *run = gen_block(g, "clause");
	gen_br(g, IR_TST, w, ir_imm((int64_t)(1ULL << (i % 32))), run, skip);
	gen_place(g, run);
}

/* ------------------------------------------------------------------ functions */

static void
this_variables(gen_t *g)
{
	g->nthis = dt_idents_count(g->dtp, DT_SC_THIS);
	g->thisreg = dt_arena_alloc(g->mod->arena, sizeof(int) * (size_t)(g->nthis + 1));
	for (int i = 0; i < g->nthis; i++) {
		dt_ident_t *id = dt_ident_byid(g->dtp, DT_SC_THIS, i);
		g->thisreg[i] = gen_new(g);
		if (id && id->storage && layout_of(g, id)->used)
			gen_mov(g, g->thisreg[i], ir_imm(0));
	}
}

/* this-> memory starts as zeros. */
static void
clear_this_memory(gen_t *g)
{
	ir_opnd_t p = gen_op2(g, IR_ADD, ir_reg(g->scratch), ir_imm(offsetof(struct dt_scratch, arena)));
	for (int i = 0; i < g->nthis; i++) {
		if (!g->thisoff[i])
			continue;
		dt_ident_t *id = dt_ident_byid(g->dtp, DT_SC_THIS, i);
		bool str = dt_type_info(id->type).kind == DT_K_STRING;
		gen_clear(g, p, g->thisoff[i] - 1, str ? 8 : layout_of(g, id)->size);
	}
}

static void
gen_clauses(gen_t *g, dt_clause_t **list, const int *nth, int n)
{
	masks_t masks = {0};
	bool masked = false;
	for (int i = 0; i < n && g->local >= 0; i++)
		masked |= !on_all(g->unit, list[i]);
	if (masked)
		masks = build_masks(g, list, n);
	for (int i = 0; i < n; i++) {
		ir_block_t *skip = NULL;
		g->nth = nth[i];
		g->line = list[i]->src.line;
		if (masked && !on_all(g->unit, list[i])) {
			skip = gen_block(g, NULL);
			mask_check(g, &masks, i, skip);
		}
		gen_clause(g, list[i]);
		if (skip)
			gen_place(g, skip);
	}
}

uint32_t
gen_activity(const gen_t *g)
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

static void
begin_function(gen_t *g, const char *name, int nparams)
{
	g->f = ir_func_new(name, nparams);
	g->b = NULL;
	g->rec = g->self = g->timestamp = g->thread = g->leaving = g->each = -1;
	for (int i = 0; i < DT_NCARRIED; i++)
		g->carried[i] = -1;
	g->retry = false;
	g->arena_base = g->arena_this;
	gen_place(g, gen_block(g, "entry"));
	g->scratch = gen_new(g);
	g->faultreg = gen_new(g);
	g->valreg = gen_new(g);
	g->actionreg = gen_new(g);
	g->end = gen_block(g, "end");
}

static void
end_function(gen_t *g, ir_block_t *noscratch)
{
	gen_place(g, g->end);
	if (g->early_scratch)
		gen_release(g);
	if (noscratch)
		gen_place(g, noscratch);
	gen_emit(g, IR_RET)->a = ir_imm(0);
}

/* From the claim of what the clauses share to the last clause; no slot leads to `none`, and `end` is where
 * the slot is given back. */
static void
firing(gen_t *g, dt_clause_t **list, const int *nth, int n, ir_block_t *none, ir_block_t *end)
{
	this_variables(g);
	if (g->early_scratch) {
		gen_claim(g, none);
		clear_this_memory(g);
	}
	g->end = end;
	if (g->unit->carrier && !g->in_error)
		gen_carrier(g);
	gen_clauses(g, list, nth, n);
}

/* What g->unit does when its probe fires; then to `out`. */
static void
unit_firing(gen_t *g, dt_clause_t **list, const int *nth, int n, ir_block_t *out)
{
	ir_block_t *on = gen_block(g, NULL), *end = gen_block(g, "end");
	g->thread = g->leaving = -1;
	for (int i = 0; i < DT_NCARRIED; i++)
		g->carried[i] = -1;
	g->end = out; /* until there is something to give back */
	ir_opnd_t act = gen_ld(g, 4, gen_statep(g, offsetof(struct dt_state, activity)), 0, false);
	gen_br(g, IR_EQ, act, ir_imm(gen_activity(g)), on, out);
	gen_place(g, on);
	if (g->dtp->opt[DT_OPT_CPU] != DTRACEOPT_UNSET && g->unit->site.trigger == DT_TRIGGER_ATTACH) {
		ir_block_t *here = gen_block(g, NULL);
		ir_opnd_t cpu = gen_call(g, BPF_FUNC_get_smp_processor_id, true, 0);
		gen_br(g, IR_EQ, cpu, ir_imm((int64_t)g->dtp->opt[DT_OPT_CPU]), here, out);
		gen_place(g, here);
	}
	gen_dispatch(g);
	if (g->unit->as)
		g->local = -1; /* which probe carried it does not matter any more */
	if (is_list(g->unit))
		gen_each_loop(g, FN_EACH);
	else
		firing(g, list, nth, n, out, end);
	gen_place(g, end);
	if (g->early_scratch)
		gen_release(g);
}

static int select_clauses(gen_t *, bool error, dt_clause_t **list, int *nth);

static void
main_function(gen_t *g, dt_clause_t **list, int *nth, int n)
{
	dt_unit_t *first = g->unit;
	(void)n; /* of the last unit, when it is built again */
	begin_function(g, "dtrace_main", 1);
	g->f->is_main = true;
	g->f->paramtypes[0] = "ctx";
	g->ctx = 0;
	for (dt_unit_t *u = first; u; u = u->then) {
		ir_block_t *out = gen_block(g, u->then ? "next unit" : "return");
		g->unit = u;
		unit_firing(g, list, nth, select_clauses(g, false, list, nth), out);
		gen_place(g, out);
	}
	g->unit = first;
	gen_emit(g, IR_RET)->a = ir_imm(0);
}

/* One firing of an event that has several: called by the kernel for each. */
static void
each_function(gen_t *g, dt_clause_t **list, int *nth, int n)
{
	begin_function(g, "dtrace_each", 2);
	g->f->paramtypes[0] = "u64";
	g->f->paramtypes[1] = "stack";
	g->local = g->compat = -1;
	ir_block_t *out = gen_block(g, "return"), *last = gen_block(g, "no more");
	gen_each_element(g, last);
	gen_dispatched(g);
	firing(g, list, nth, n, out, g->end);
	end_function(g, out);
	gen_place(g, last);
	gen_emit(g, IR_RET)->a = ir_imm(1);
}

/* Runs when a clause faults: leaves the record dtrace(1) prints, then the program's ERROR clauses.
 * Parameters: epid, fault, value, action, clause | probe << 32. */
static void
error_function(gen_t *g, dt_clause_t **list, int *nth, int n)
{
	begin_function(g, "dtrace_error", 5);
	for (int i = 0; i < 5; i++)
		g->f->paramtypes[i] = "u64";
	g->in_error = true;
	g->local = g->compat = -1;
	g->ctx = -1;
	ir_block_t *out = gen_block(g, "return");
	gen_error_record(g);
	firing(g, list, nth, n, out, g->end);
	end_function(g, out);
	g->in_error = false;
}

typedef void function_f(gen_t *, dt_clause_t **, int *, int);

/* Build until no clause finds out that it needs a slot it was not given. */
static ir_func_t *
build(gen_t *g, function_f *fn, dt_clause_t **list, int *nth, int n)
{
	memset(g->need, 0, sizeof(*g->need) * (size_t)(g->mod->top.n + 1));
	g->early_scratch = g->uses_tok = false;
	g->arena_this = 0;
	g->thisoff =
	    dt_arena_alloc(g->mod->arena, sizeof(uint32_t) * (size_t)(dt_idents_count(g->dtp, DT_SC_THIS) + 1));
	for (int i = 0;; i++) {
		fn(g, list, nth, n);
		if (!g->retry && g->arena_base == g->arena_this)
			return g->f;
		if (i >= MAX_BUILDS)
			return g->f;
		ir_func_free(g->f);
	}
}

bool
unit_has_clause(const dt_unit_t *u, const dt_clause_t *c)
{
	if (u->carrier)
		return u->as && has_probe(c, u->as->id);
	for (int p = 0; p < u->nprobes; p++)
		if (has_probe(c, u->probes[p]->id))
			return true;
	return false;
}

static int
select_clauses(gen_t *g, bool error, dt_clause_t **list, int *nth)
{
	int n = 0, from = error ? 0 : g->unit->from, to = error ? g->mod->top.n : g->unit->to;
	for (int i = from; i < to; i++) {
		dt_clause_t *c = g->mod->top.p[i];
		if (error ? has_probe(c, 3) : unit_has_clause(g->unit, c)) {
			nth[n] = i;
			list[n++] = c;
		}
	}
	return n;
}

static void
vtime_function(gen_t *g, dt_clause_t **list, int *nth, int n)
{
	(void)list, (void)nth, (void)n;
	begin_function(g, "dtrace_vtime", 1);
	g->f->is_main = true;
	g->f->paramtypes[0] = "ctx";
	gen_vtime_switch(g);
	end_function(g, NULL);
}

/* Compile one unit's clauses into its IR. */
int
gen_unit(dt_module_t *m, dt_unit_t *u)
{
	gen_t g = {.dtp = m->dtp, .mod = m, .unit = u, .strsize = (uint32_t)m->dtp->opt[DT_OPT_STRSIZE]};
	dt_clause_t **list = dt_xcalloc((size_t)m->top.n + 1, sizeof(*list));
	int *nth = dt_xcalloc((size_t)m->top.n + 1, sizeof(*nth));
	g.need = dt_xcalloc((size_t)m->top.n + 1, sizeof(*g.need));
	u->ir = dt_arena_alloc(m->arena, sizeof(*u->ir));
	u->ir->name = u->provider ? u->provider->name : "vtime";
	u->ir->prog_type = u->site.prog_type;
	int n = select_clauses(&g, true, list, nth);
	for (int i = 0; i < n; i++)
		m->error_exits |= list[i]->has_exit;
	n = select_clauses(&g, false, list, nth);
	function_f *fn = u->nprobes ? main_function : vtime_function;
	ir_func_t *f = build(&g, fn, list, nth, n);
	*dt_vec_push(&u->ir->funcs) = f;
	if (is_list(u))
		*dt_vec_push(&u->ir->funcs) = build(&g, each_function, list, nth, n);
	if (g.uses_names)
		gen_names(&g);
	if (g.uses_error) {
		g.uses_names = false;
		n = select_clauses(&g, true, list, nth);
		f = build(&g, error_function, list, nth, n);
		*dt_vec_push(&u->ir->funcs) = f;
	}
	free(list);
	free(nth);
	free(g.need);
	return 0;
}
