/* gen_agg.c - aggregations: find this CPU's value for the key, add to it. */
#include <string.h>

#include "gen.h"

static dt_agginfo_t *
agginfo(gen_t *g, dt_ident_t *id)
{
	for (int i = 0; i < g->mod->aggs.n; i++)
		if (g->mod->aggs.p[i]->ident == id)
			return g->mod->aggs.p[i];
	return NULL;
}

static void
xadd(gen_t *g, ir_opnd_t p, int64_t off, ir_opnd_t v)
{
	ir_insn_t *i = gen_emit(g, IR_XADD);
	i->size = 8;
	i->a = p;
	i->b = v;
	i->off = (int32_t)off;
}

/* A stack as a key: frames into the tuple, zero behind the last. */
static void
stack_key(gen_t *g, const dt_krec_t *k, int act, ir_opnd_t base)
{
	for (uint32_t i = 0; i < k->ksize; i += 8)
		gen_st(g, 8, base, k->koff + i, ir_imm(0));
	gen_stack_frames(g, base, k->koff, (int)(k->ksize / 8), act != DTRACEACT_STACK);
}

static bool
is_stack(int act)
{
	return act == DTRACEACT_STACK || act == DTRACEACT_USTACK || act == DTRACEACT_JSTACK;
}

static bool
has_stack(const dt_ident_t *id)
{
	for (int i = 0; i < id->nkeys; i++)
		if (is_stack(id->keyact[i]))
			return true;
	return false;
}

/* Keys of which one is a stack: always in the arena, key by key. */
static ir_opnd_t
tuple_with_stack(gen_t *g, dt_agginfo_t *a, dt_node_t *keys, ir_opnd_t gen)
{
	uint32_t at = gen_arena(g, a->key_size);
	ir_opnd_t base = gen_arenap(g, at);
	for (uint32_t i = 0; i + 4 <= a->key_size && i < 16; i += 4)
		gen_st(g, 4, base, i, ir_imm(0));
	if (a->has_gen)
		gen_st(g, 4, base, 0, gen);
	dt_node_t *n = keys;
	uint32_t end = a->has_gen ? 4 : 0;
	for (int i = 0; i < a->nkeys; i++, n = n->next) {
		for (uint32_t pad = end; pad < a->key[i].koff; pad++)
			gen_st(g, 1, base, pad, ir_imm(0));
		end = a->key[i].koff + a->key[i].ksize;
		if (is_stack(a->ident->keyact[i]))
			stack_key(g, &a->key[i], a->ident->keyact[i], base);
		else
			gen_key(g, n, &a->key[i], &a->ident->keys[i], base, a->key[i].koff, at + a->key[i].koff,
				true);
	}
	for (uint32_t pad = end; pad < a->key_size; pad++)
		gen_st(g, 1, base, pad, ir_imm(0));
	return base;
}

/* The key in memory: comes before the value in the text, and is made before it. */
static ir_opnd_t
agg_key(gen_t *g, dt_agginfo_t *a, dt_node_t *keys)
{
	ir_opnd_t gen = ir_none();
	if (a->has_gen)
		gen = gen_ld(g, 4, gen_statep(g, offsetof(struct dt_state, agggen) + 4 * (size_t)(a->id - 1)),
			     0, false);
	if (!a->nkeys) {
		ir_opnd_t key = gen_obj(g, ir_newobj(g->f, 4, 4), 0);
		gen_st(g, 4, key, 0, a->has_gen ? gen_op2(g, IR_AND, gen, ir_imm(1)) : ir_imm(0));
		return key;
	}
	return has_stack(a->ident)
		   ? tuple_with_stack(g, a, keys, gen)
		   : gen_tuple(g, a->key, a->ident->keys, keys, a->nkeys, a->key_size, gen, a->has_gen ? 4 : 0);
}

/* A new key, with zeros.  Its place, in p; 0: no room, or what this firing interrupted is changing the map. */
static void
new_key(gen_t *g, int map, ir_opnd_t key, ir_opnd_t zeros, int p)
{
	gen_call(g, BPF_FUNC_map_update_elem, false, 4, gen_map(g, map), key, zeros, ir_imm(BPF_NOEXIST));
	gen_mov(g, p, gen_call(g, BPF_FUNC_map_lookup_elem, false, 2, gen_map(g, map), key));
}

/* Where this CPU counts for the key.  In the spare map only until there is memory for it in the other: hot keys
 * come early, and are to be found at once.  Nowhere: a counted drop, and on to `out`. */
static ir_opnd_t
agg_slot(gen_t *g, dt_agginfo_t *a, ir_opnd_t key, ir_block_t *out)
{
	int p = gen_new(g);
	ir_block_t *have = gen_block(g, NULL), *drop = gen_block(g, NULL);
	gen_mov(g, p, gen_call(g, BPF_FUNC_map_lookup_elem, false, 2, gen_map(g, a->map), key));
	if (!a->nkeys) {
		gen_br(g, IR_NE, ir_reg(p), ir_imm(0), have, drop);
	} else {
		ir_block_t *fresh = gen_block(g, "new key");
		gen_br(g, IR_NE, ir_reg(p), ir_imm(0), have, fresh);
		gen_place(g, fresh);
		char *zero = dt_arena_alloc(g->mod->arena, a->value_size);
		ir_opnd_t zeros = gen_mapval(g, g->mod->rodata, mod_rodata(g->mod, zero, a->value_size, 8));
		new_key(g, a->map, key, zeros, p);
		if (a->spare) {
			ir_block_t *full = gen_block(g, NULL);
			gen_br(g, IR_NE, ir_reg(p), ir_imm(0), have, full);
			gen_place(g, full);
			new_key(g, a->spare, key, zeros, p);
		}
		gen_br(g, IR_NE, ir_reg(p), ir_imm(0), have, drop);
	}
	gen_place(g, drop);
	gen_count_drop(g, offsetof(struct dt_cpustate, aggdrops));
	gen_jmp(g, out);
	gen_place(g, have);
	return ir_reg(p);
}

/*
 * A probe that interrupts this one may bring the same value of this CPU further in between: exchanged only
 * if still what it was compared with, else compared again.  Each further try means that another probe came
 * in within these few instructions and won; one that loses them all is a counted drop.
 */
static void
minmax(gen_t *g, ir_opnd_t p, ir_opnd_t v, bool max)
{
	enum {
		HAS = offsetof(struct dt_aggminmax, has),
		CODE = offsetof(struct dt_aggminmax, code),
		TRIES = 4
	};
	ir_block_t *set = gen_block(g, NULL), *out = gen_block(g, NULL);
	ir_opnd_t mask = ir_imm(DT_AGGMINMAX_CODE(max, 0));
	ir_opnd_t code = ir_none(), old = gen_ld(g, 8, p, CODE, false);
	for (int i = 0; i < TRIES; i++) {
		ir_block_t *better = gen_block(g, NULL), *again = gen_block(g, NULL);
		gen_br(g, max ? IR_SGE : IR_SLE, v, gen_op2(g, IR_XOR, old, mask), better, out);
		gen_place(g, better);
		if (i == 0)
			code = gen_op2(g, IR_XOR, v, mask);
		ir_opnd_t now = gen_op2(g, IR_CAS, p, code);
		ir_insn_t *cas = &g->b->insns.p[g->b->insns.n - 1];
		cas->size = 8;
		cas->off = CODE;
		cas->c = old;
		gen_br(g, IR_EQ, now, old, set, again);
		gen_place(g, again);
		old = now;
	}
	gen_count_drop(g, offsetof(struct dt_cpustate, aggdrops));
	gen_jmp(g, out);
	gen_place(g, set);
	gen_st(g, 8, p, HAS, ir_imm(1));
	gen_place(g, out);
}

/* Without keys a value of zeros could be one never counted: the word behind it tells. */
static void
mark_used(gen_t *g, const dt_agginfo_t *a, ir_opnd_t p)
{
	if (a->has_used)
		gen_st(g, 8, p, a->value_size - 8, ir_imm(1));
}

/* Bucket `idx` of a distribution += inc.  The comparison tells the verifier what the formula guarantees. */
static void
bucket_add(gen_t *g, dt_agginfo_t *a, ir_opnd_t p, ir_opnd_t idx, ir_opnd_t inc)
{
	ir_block_t *in = gen_block(g, NULL), *out = gen_block(g, NULL);
	gen_bound(g, IR_ULT, idx, ir_imm(a->nbuckets), in, out);
	gen_place(g, in);
	ir_opnd_t off = gen_op2(g, IR_LSH, idx, ir_imm(3));
	xadd(g, gen_op2(g, IR_ADD, p, off), 0, inc);
	gen_place(g, out);
}

/* language.md G55: `< base`, then steps, then `>= limit`. */
static ir_opnd_t
lquantize(gen_t *g, dt_agginfo_t *a, ir_opnd_t v)
{
	int64_t base = a->ident->aggarg[0], step = a->ident->aggarg[2];
	int r = gen_new(g);
	ir_block_t *in = gen_block(g, NULL), *over = gen_block(g, NULL), *out = gen_block(g, NULL);
	gen_mov(g, r, ir_imm(0));
	gen_br(g, IR_SGE, v, ir_imm(base), in, out);
	gen_place(g, in);
	ir_opnd_t rel = gen_op2(g, IR_SUB, v, ir_imm(base));
	ir_opnd_t idx = step > 1 ? gen_op2(g, IR_UDIV, rel, ir_imm(step)) : rel;
	gen_mov(g, r, gen_op2(g, IR_ADD, idx, ir_imm(1)));
	gen_br(g, IR_UGE, idx, ir_imm(a->nbuckets - 2), over, out);
	gen_place(g, over);
	gen_mov(g, r, ir_imm(a->nbuckets - 1));
	gen_place(g, out);
	return ir_reg(r);
}

static dt_node_t *
nth(dt_node_t *n, int i)
{
	while (n && i--)
		n = n->next;
	return n;
}

void
gen_agg(gen_t *g, dt_node_t *assign)
{
	dt_node_t *call = assign->right, *lhs = assign->left;
	dt_agginfo_t *a = agginfo(g, lhs->id);
	const int64_t *arg = a->ident->aggarg;
	ir_block_t *out = gen_block(g, NULL);
	ir_opnd_t v = ir_none(), inc = ir_imm(1), key = agg_key(g, a, lhs->args);
	int incarg = call->func == DT_F_QUANTIZE ? 1 : call->func == DT_F_LQUANTIZE ? 4 : 5;
	if (call->args)
		v = gen_num(g, call->args);
	if (call->func >= DT_F_QUANTIZE && nth(call->args, incarg))
		inc = gen_num(g, nth(call->args, incarg));
	ir_opnd_t idx = ir_none();
	if (call->func == DT_F_QUANTIZE)
		idx = gen_rt(g, "dt_quantize", 1, v);
	else if (call->func == DT_F_LQUANTIZE)
		idx = lquantize(g, a, v);
	else if (call->func == DT_F_LLQUANTIZE)
		idx = gen_rt(g, "dt_llquantize", 5, v, ir_imm(arg[0]), ir_imm(arg[1]), ir_imm(arg[2]),
			     ir_imm(arg[3]));
	ir_opnd_t p = agg_slot(g, a, key, out);
	switch (call->func) {
	case DT_F_COUNT:
		xadd(g, p, 0, ir_imm(1));
		break;
	case DT_F_SUM:
		xadd(g, p, 0, v);
		mark_used(g, a, p);
		break;
	case DT_F_AVG:
		xadd(g, p, offsetof(struct dt_aggavg, count), ir_imm(1));
		xadd(g, p, offsetof(struct dt_aggavg, sum), v);
		break;
	case DT_F_MIN:
	case DT_F_MAX:
		minmax(g, p, v, call->func == DT_F_MAX);
		break;
	case DT_F_STDDEV:
		gen_rt(g, "dt_stddev", 2, p, v);
		break;
	default:
		bucket_add(g, a, p, idx, inc);
		if (nth(call->args, incarg))
			mark_used(g, a, p);
		break;
	}
	gen_place(g, out);
}
