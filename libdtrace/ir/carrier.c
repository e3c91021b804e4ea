/*
 * carrier.c - probes that others carry (providers/provider.h): their programs, and the D of ours that these run
 * first.
 *
 * Such a program belongs to one carried probe.  The probes that carry it decide how it is attached and what
 * the kernel hands over; a clause of ours on these tells whether the carried probe fires at all, and leaves
 * its arguments in registers; from there on the clauses see only the carried probe.
 */
#include <stdlib.h>
#include <string.h>

#include "../../providers/stable.h"
#include "../syntax/compile.h"
#include "gen.h"

/* ------------------------------------------------------------ the programs */

/* Arguments that are pointers the kernel vouches for, a bit each. */
static uint32_t
trusted_args(dtrace_hdl_t *dtp, const dt_probe_t *p)
{
	dt_argtype_t argv[DT_NARGS] = {0};
	uint32_t mask = 0;
	int n = p->provider->args(dtp, p, argv, DT_NARGS);
	for (int i = 0; i < n; i++)
		mask |= (uint32_t)argv[i].trusted << argv[i].mapping;
	return mask;
}

/* Programs run in the order of the providers, then of their tables; ones on the carrying probe itself before.
 */
static int
rank_of(const dt_provider_t *pv, int i)
{
	enum {
		PER_PROVIDER = 1024
	};
	int rank = 1 + i;
	for (int v = 0; dt_providers[v] && dt_providers[v] != pv; v++)
		rank += PER_PROVIDER;
	return rank;
}

static dt_clause_t *
compile(dt_module_t *m, const dt_provider_t *pv, const dt_probe_t *p, const dt_carrier_t *c, int *nargs)
{
	char *text = dt_carrier_text(m->dtp, c, nargs);
	int nvalues = *nargs + (c->thread != NULL) + (c->leaving != NULL) + (c->each.type ? 2 : 0);
	dt_clause_t *cl = text ? dt_compile_carrier(m->dtp, text, nvalues) : NULL;
	if (!cl) {
		const char *why =
		    text ? dtrace_errmsg(m->dtp, dtrace_errno(m->dtp)) : "what carries it is gone";
		dt_set_error(m->dtp, EDT_ENABLING_ERR, "cannot make %s:::%s from %s on this kernel: %s",
			     pv->name,
			     p          ? p->nam
			     : c->probe ? c->probe
					: c->keeps,
			     c->on, why);
	}
	free(text);
	return cl;
}

/* The programs of carrier i of pv, which fire p; of a hook there is no p. */
static int
add(dt_module_t *m, const dt_provider_t *pv, dt_probe_t *p, int i)
{
	const dt_carrier_t *c = &pv->carriers[i];
	int nargs, rank = rank_of(pv, i);
	dt_clause_t *cl = compile(m, pv, p, c, &nargs);
	if (!cl)
		return -1;
	*dt_vec_push(&m->carriers) = cl;
	for (int q = 0; q < cl->nprobes; q++) {
		dt_site_t site = {0};
		char key[DT_SITE_KEYLEN];
		if (cl->probes[q]->provider->site(m->dtp, cl->probes[q], &site) < 0)
			return -1;
		snprintf(key, sizeof(key), "%u/%d/%.128s", p ? p->id : 0, rank, site.key);
		memcpy(site.key, key, sizeof(key));
		dt_unit_t *u = mod_unit(m, cl->probes[q]->provider, &site);
		mod_unit_add(u, cl->probes[q], &site);
		u->as = p;
		u->carrier = cl;
		u->table = c;
		u->nargs = nargs;
		u->trusted = p ? trusted_args(m->dtp, p) : 0;
		u->rank = rank;
	}
	return 0;
}

static bool
is_hooked(const dt_module_t *m, const dt_carrier_t *c)
{
	for (int i = 0; i < m->hooks.n; i++)
		if (m->hooks.p[i] == c)
			return true;
	return false;
}

static bool
is_on(const dt_clause_t *c, const dt_probe_t *p)
{
	for (int i = 0; i < c->nprobes; i++)
		if (c->probes[i] == p)
			return true;
	return false;
}

/* The programs of a carried probe; -1 with the handle's error. */
int
carrier_units(dt_module_t *m, dt_probe_t *p)
{
	const dt_provider_t *pv = p->provider;
	bool own_context = false;
	for (int i = 0; i < m->top.n && !own_context; i++)
		own_context = is_on(m->top.p[i], p) && clause_needs_context(m->top.p[i]);
	for (int i = 0; pv->carriers[i].on; i++) {
		const dt_carrier_t *c = &pv->carriers[i];
		if (c->keeps || (c->hook && is_hooked(m, c)) ||
		    !dt_carrier_counts(m->dtp, pv, i, p, own_context))
			continue;
		if (add(m, pv, c->hook ? NULL : p, i) < 0)
			return -1;
		if (c->hook)
			*dt_vec_push(&m->hooks) = c;
	}
	return 0;
}

/* The variable an assignment gives a new value, whatever it was. */
static const dt_node_t *
sets(const dt_node_t *n)
{
	return n->kind == DN_ASSIGN && n->op == DT_OP_ASSIGN && n->left->kind == DN_THIS ? n->left : NULL;
}

/* Of a this-> variable: is it read? */
static bool
uses(const dt_node_t *n, dt_nkind_t scope, const char *var)
{
	for (; n; n = n->next)
		if ((n->kind == scope && !strcmp(n->name, var)) || (!sets(n) && uses(n->left, scope, var)) ||
		    uses(n->right, scope, var) || uses(n->cond, scope, var) || uses(n->args, scope, var) ||
		    uses(n->body, scope, var) || uses(n->orelse, scope, var))
			return true;
	return false;
}

static bool
clause_uses(const dt_clause_t *c, dt_nkind_t scope, const char *var)
{
	for (int i = 0; i < c->nvalues; i++)
		if (uses(c->values[i], scope, var))
			return true;
	return uses(c->pred, scope, var) || uses(c->stmts, scope, var);
}

static bool
module_uses(const dt_module_t *m, dt_nkind_t scope, const char *var)
{
	for (int i = 0; i < m->top.n; i++)
		if (clause_uses(m->top.p[i], scope, var))
			return true;
	for (int i = 0; i < m->carriers.n; i++)
		if (clause_uses(m->carriers.p[i], scope, var))
			return true;
	return false;
}

/* Is one of the probes enabled that carrier i of pv is for? */
static bool
is_wanted(const dt_module_t *m, const dt_provider_t *pv, int i)
{
	for (int u = 0; u < m->units.n; u++) {
		const dt_probe_t *p = m->units.p[u]->as;
		if (p && p->provider == pv && dt_carrier_counts(m->dtp, pv, i, p, true))
			return true;
	}
	return false;
}

/* The hooks that keep a variable something uses; -1 with the handle's error. */
int
carrier_hooks(dt_module_t *m)
{
	for (int v = 0; dt_providers[v]; v++) {
		const dt_carrier_t *c = dt_providers[v]->carriers;
		for (int i = 0; c && c[i].on; i++)
			if (c[i].keeps && module_uses(m, DN_SELF, c[i].keeps) &&
			    is_wanted(m, dt_providers[v], i) && add(m, dt_providers[v], NULL, i) < 0)
				return -1;
	}
	return 0;
}

/* ---------------------------------------------------------------- the code */

static bool
uses_self(const dt_clause_t *c)
{
	for (int i = 0; i < c->nvalues; i++)
		if (var_uses_self(c->values[i]))
			return true;
	return var_uses_self(c->pred) || var_uses_self(c->stmts);
}

/* What a variable is given that nothing reads is not looked up. */
static void
statements(gen_t *g, const dt_clause_t *c)
{
	if (c->pred) {
		ir_block_t *yes = gen_block(g, "carried");
		gen_order(g, c->pred);
		gen_cond(g, c->pred, yes, g->next);
		gen_place(g, yes);
	}
	for (dt_node_t *n = c->stmts; n; n = n->next) {
		const dt_node_t *var = n->kind == DN_EXPR_STMT ? sets(n->left) : NULL;
		dt_node_t one = *n;
		one.next = NULL;
		if (!var || module_uses(g->mod, DN_THIS, var->name))
			gen_stmts(g, &one);
	}
}

/* A value in a register of its own: a pointer only where the clauses know it for one. */
static int
value(gen_t *g, dt_node_t *n, bool trusted)
{
	int r = gen_new(g);
	gen_order(g, n);
	val_t v = gen_expr(g, n);
	gen_mov(g, r, trusted ? v.o : gen_scalar(g, v));
	return r;
}

/* Goes on where the carried probe fires; else, and after a hook, the firing is over.  A fault in our own D
 * means that the probe's arguments cannot be had: it does not fire. */
void
gen_carrier(gen_t *g)
{
	dt_clause_t *c = g->unit->carrier;
	ir_block_t *fires = gen_block(g, "fires"), *no = gen_block(g, "not carried");
	g->nth = g->mod->top.n;
	bool held = g->need[g->nth].body && !g->early_scratch;
	g->in_carrier = true;
	g->clause = g->seg = c;
	g->nseg = g->stmt = g->action = g->faults = 0;
	g->self = g->timestamp = g->lazy_timestamp = -1;
	gen_known_forget(g);
	if (gen_clock_conditional(c->pred, false) || gen_clock_conditional(c->stmts, false)) {
		g->lazy_timestamp = gen_new(g);
		gen_mov(g, g->lazy_timestamp, ir_imm(0));
	}
	g->arena = g->arena_base;
	g->fault = g->next = no;
	if (held)
		gen_claim(g, g->end);
	const dt_carrier_t *table = g->unit->table;
	int nargs = g->unit->nargs;
	if (table->thread)
		g->thread = value(g, c->values[nargs], true);
	if (uses_self(c))
		gen_var_self(g);
	statements(g, c);
	for (int i = 0; i < nargs; i++)
		g->carried[i] = value(g, c->values[i], g->unit->trusted >> i & 1);
	if (table->leaving)
		g->leaving = value(g, c->values[nargs + (table->thread != NULL)], false);
	if (held)
		gen_release(g);
	gen_jmp(g, g->unit->as ? fires : g->end);
	gen_place(g, no);
	if (held)
		gen_release(g);
	gen_jmp(g, g->end);
	gen_place(g, fires);
	g->in_carrier = false;
}

/* --------------------------------------------------- a firing for each element */

/* What main hands to the function that is called for each element. */
enum {
	EACH_CTX = 0,
	EACH_ELEMENT = 8,
	EACH_SIZE = 16
};

static dt_node_t *
each_node(const gen_t *g, int which)
{
	const dt_clause_t *c = g->unit->carrier;
	return c->values[c->nvalues - 2 + which];
}

/* In main: the first element, and a call of function number fn for it and each that follows. */
void
gen_each_loop(gen_t *g, int fn)
{
	int obj = ir_newobj(g->f, EACH_SIZE, 8);
	ir_block_t *none = gen_block(g, "no list");
	g->in_carrier = true;
	g->nth = g->mod->top.n;
	g->clause = g->seg = g->unit->carrier;
	g->fault = none;
	ir_opnd_t first = gen_num(g, each_node(g, 0));
	g->in_carrier = false;
	gen_st(g, 8, gen_obj(g, obj, EACH_CTX), 0, ir_reg(g->ctx));
	gen_st(g, 8, gen_obj(g, obj, EACH_ELEMENT), 0, first);
	int addr = gen_new(g);
	ir_insn_t *i = gen_emit(g, IR_FNADDR);
	i->dst = addr;
	i->imm = fn;
	gen_call(g, BPF_FUNC_loop, false, 4, ir_imm(DT_MAXEACH), ir_reg(addr), gen_obj(g, obj, 0), ir_imm(0));
	gen_place(g, none);
}

/* At the start of that function, whose parameters are a count and what main made: the element, and the
 * next one for the next call.  At the end of the list go to `last`. */
void
gen_each_element(gen_t *g, ir_block_t *last)
{
	ir_block_t *some = gen_block(g, NULL), *none = gen_block(g, NULL), *on = gen_block(g, NULL);
	int next = gen_new(g);
	g->ctx = gen_ld(g, 8, ir_reg(1), EACH_CTX, false).reg;
	g->each = gen_ld(g, 8, ir_reg(1), EACH_ELEMENT, false).reg;
	gen_br(g, IR_NE, ir_reg(g->each), ir_imm(0), some, last);
	gen_place(g, some);
	g->in_carrier = true;
	g->nth = g->mod->top.n;
	g->clause = g->seg = g->unit->carrier;
	g->fault = none;
	gen_mov(g, next, gen_num(g, each_node(g, 1)));
	g->in_carrier = false;
	gen_jmp(g, on);
	gen_place(g, none);
	gen_mov(g, next, ir_imm(0));
	gen_place(g, on);
	gen_st(g, 8, ir_reg(1), EACH_ELEMENT, ir_reg(next));
}
