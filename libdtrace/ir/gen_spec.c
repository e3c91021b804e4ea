/*
 * gen_spec.c - speculation(), speculate(), commit(), discard(); how they work together
 * with the consumer: runtime/rt.h.
 */
#include "gen.h"

#include <errno.h>

static int
map_of(gen_t *g, dt_mapkind_t kind)
{
	for (int i = 0; i < g->mod->maps.n; i++)
		if (g->mod->maps.p[i].kind == kind)
			return i;
	return -1;
}

static uint32_t
nspec(gen_t *g)
{
	dtrace_optval_t n = g->dtp->opt[DT_OPT_NSPEC];
	return n < UINT32_MAX ? (uint32_t)n : UINT32_MAX;
}

/* The states: made by the first that asks, with the queue of free ids. */
static int
spec_map(gen_t *g)
{
	int map = map_of(g, DT_MAP_SPEC);
	if (map >= 0)
		return map;
	uint64_t n = nspec(g), size = (n + 1) * 8 * (uint64_t)(g->mod->ncpus + 1);
	mod_map(g->mod, DT_MAP_SPECFREE, "specfree", 0, 4, n ? (uint32_t)n : 1);
	/* A size no map has is refused by the kernel, and reported, when the maps are made. */
	return mod_map(g->mod, DT_MAP_SPEC, "spec", 4, size < INT32_MAX ? (uint32_t)size : INT32_MAX, 1);
}

static ir_opnd_t
word_at(gen_t *g, ir_opnd_t id)
{
	return gen_op2(g, IR_ADD, gen_mapval(g, spec_map(g), 0), gen_op2(g, IR_LSH, id, ir_imm(3)));
}

static ir_opnd_t
generation(gen_t *g, ir_opnd_t word)
{
	return gen_op2(g, IR_LSH, gen_op2(g, IR_RSH, word, ir_imm(32)), ir_imm(32));
}

static ir_opnd_t
low_half(gen_t *g, ir_opnd_t word)
{
	ir_opnd_t v = gen_op2(g, IR_ZEXT, word, ir_none());
	g->b->insns.p[g->b->insns.n - 1].size = 4;
	return v;
}

/* id = speculation(): a free one, with a new generation. */
val_t
gen_speculation(gen_t *g)
{
	int r = gen_new(g), map = spec_map(g);
	ir_block_t *got = gen_block(g, NULL), *in = gen_block(g, NULL), *none = gen_block(g, "none free"),
		   *all = gen_block(g, NULL), *unused = gen_block(g, NULL), *busy = gen_block(g, NULL),
		   *out = gen_block(g, NULL);
	gen_mov(g, r, ir_imm(0));
	int obj = ir_newobj(g->f, 4, 4);
	gen_st(g, 4, gen_obj(g, obj, 0), 0, ir_imm(0));
	ir_opnd_t rc = gen_call(g, BPF_FUNC_map_pop_elem, false, 2, gen_map(g, map_of(g, DT_MAP_SPECFREE)),
				gen_obj(g, obj, 0));
	gen_br(g, IR_EQ, rc, ir_imm(0), got, none);
	gen_place(g, got);
	ir_opnd_t id = gen_ld(g, 4, gen_obj(g, obj, 0), 0, false);
	gen_bound(g, IR_ULE, id, ir_imm(nspec(g)), in, out);
	gen_place(g, in);
	ir_opnd_t p = word_at(g, id);
	ir_opnd_t gen = gen_op2(g, IR_ADD, generation(g, gen_ld(g, 8, p, 0, false)), ir_imm(1LL << 32));
	gen_st(g, 8, p, 0, gen_op2(g, IR_OR, gen, ir_imm(DT_SPEC_ACTIVE)));
	gen_mov(g, r, id);
	gen_jmp(g, out);
	gen_place(g, none);
	gen_br(g, IR_EQ, gen_ld(g, 8, gen_mapval(g, map, 0), 0, false), ir_imm(0), unused, busy);
	gen_place(g, unused); /* the queue may also be locked by what this firing interrupted */
	gen_br(g, IR_EQ, rc, ir_imm(-ENOENT), all, busy);
	gen_place(g, all);
	gen_count_drop(g, offsetof(struct dt_cpustate, specnone));
	gen_jmp(g, out);
	gen_place(g, busy);
	gen_count_drop(g, offsetof(struct dt_cpustate, specbusy));
	gen_place(g, out);
	return val_num(ir_reg(r));
}

/* The id a program gave: above nspec it is a fault. */
static ir_opnd_t
spec_id(gen_t *g, dt_node_t *call)
{
	ir_opnd_t id = gen_op2(g, IR_MOV, gen_num(g, call->args), ir_none());
	gen_faultif(g, IR_UGT, id, ir_imm(nspec(g)), DTRACEFLT_ILLOP, ir_imm(0));
	return id;
}

/* Is there room for the record in what the generation may use on this CPU?  On to `out` if not. */
static void
take_space(gen_t *g, ir_opnd_t id, ir_opnd_t gen, ir_block_t *out)
{
	uint64_t specsize = g->dtp->opt[DT_OPT_SPECSIZE];
	uint32_t size = GEN_RECHDR + g->seg->krecsize;
	ir_block_t *in = gen_block(g, NULL), *same = gen_block(g, NULL), *have = gen_block(g, NULL),
		   *full = gen_block(g, "speculation full"), *room = gen_block(g, NULL);
	if (specsize > INT32_MAX)
		specsize = INT32_MAX;
	ir_opnd_t cpu = gen_call(g, BPF_FUNC_get_smp_processor_id, true, 0);
	gen_bound(g, IR_ULT, cpu, ir_imm(g->mod->ncpus), in, out);
	gen_place(g, in);
	ir_opnd_t n = gen_op2(g, IR_ADD, gen_op2(g, IR_MUL, id, ir_imm(g->mod->ncpus)), cpu);
	ir_opnd_t p = gen_op2(g, IR_ADD, gen_mapval(g, spec_map(g), 8 * ((int64_t)nspec(g) + 1)),
			      gen_op2(g, IR_LSH, n, ir_imm(3)));
	int used = gen_new(g);
	ir_opnd_t old = gen_ld(g, 8, p, 0, false);
	gen_mov(g, used, ir_imm(0));
	gen_br(g, IR_EQ, generation(g, old), gen, same, have);
	gen_place(g, same);
	gen_mov(g, used, low_half(g, old));
	gen_place(g, have);
	ir_opnd_t sum = gen_op2(g, IR_ADD, ir_reg(used), ir_imm(size));
	gen_br(g, IR_UGT, sum, ir_imm((int64_t)specsize), full, room);
	gen_place(g, full);
	gen_count_drop(g, offsetof(struct dt_cpustate, specdrops));
	gen_jmp(g, out);
	gen_place(g, room);
	gen_st(g, 8, p, 0, gen_op2(g, IR_OR, gen, sum));
}

/*
 * speculate(): from here on the clause has a record.  Where it must not be kept, as the id is not in use
 * or its space is, the clause runs on all the same, and the record is given back at its end.
 */
void
gen_speculate(gen_t *g, dt_node_t *call, ir_block_t *lost)
{
	ir_block_t *some = gen_block(g, NULL), *active = gen_block(g, NULL), *out = gen_block(g, NULL);
	ir_opnd_t id = spec_id(g, call);
	gen_reserve(g, g->seg->krecsize, ir_imm(g->seg->index), offsetof(struct dt_cpustate, specdrops), lost);
	g->keep = gen_new(g);
	gen_mov(g, g->keep, ir_imm(0));
	ir_opnd_t word = gen_ld(g, 8, word_at(g, id), 0, false);
	ir_opnd_t gen = generation(g, word);
	gen_st(g, 8, ir_reg(g->rec), GEN_RECHDR, gen_op2(g, IR_OR, gen, id));
	gen_br(g, IR_NE, id, ir_imm(0), some, out);
	gen_place(g, some);
	gen_br(g, IR_EQ, low_half(g, word), ir_imm(DT_SPEC_ACTIVE), active, out);
	gen_place(g, active);
	take_space(g, id, gen, out);
	gen_mov(g, g->keep, ir_imm(1));
	gen_place(g, out);
}

/* Change the word of an id from what was seen, or go to `raced`. */
static void
change(gen_t *g, ir_opnd_t p, ir_opnd_t word, ir_opnd_t to, ir_block_t *raced)
{
	ir_block_t *done = gen_block(g, NULL);
	ir_opnd_t old = gen_op2(g, IR_CAS, p, gen_op2(g, IR_MOV, to, ir_none()));
	ir_insn_t *i = &g->b->insns.p[g->b->insns.n - 1];
	i->size = 8;
	i->c = word;
	gen_br(g, IR_EQ, old, word, done, raced);
	gen_place(g, done);
}

/* The id waits for the consumer. */
static void
count_busy(gen_t *g)
{
	ir_insn_t *i;
	ir_opnd_t p = gen_mapval(g, spec_map(g), 0);
	i = gen_emit(g, IR_XADD);
	i->size = 8;
	i->a = p;
	i->b = ir_imm(1);
}

/* commit() and discard(): the consumer is told, and the id is free. */
void
gen_spec_end(gen_t *g, dt_node_t *call)
{
	bool commit = call->func == DT_F_COMMIT;
	int rec = g->rec, slot = g->slot, stamp = g->stamp; /* of the clause's own record */
	ir_block_t *some = gen_block(g, NULL), *active = gen_block(g, NULL), *full = gen_block(g, NULL),
		   *raced = gen_block(g, NULL), *stuck = gen_block(g, NULL), *out = gen_block(g, NULL);
	ir_opnd_t id = spec_id(g, call);
	gen_timestamp(g); /* the record wants it, but not on every way from here, and what follows may too */
	gen_br(g, IR_NE, id, ir_imm(0), some, out);
	gen_place(g, some);
	ir_opnd_t p = word_at(g, id), word = gen_ld(g, 8, p, 0, false), gen = generation(g, word);
	gen_br(g, IR_EQ, low_half(g, word), ir_imm(DT_SPEC_ACTIVE), active, out);
	gen_place(g, active);
	int obj = ir_newobj(g->f, 4, 4);
	gen_reserve(g, sizeof(struct dt_recspec), ir_imm(commit ? DT_REC_COMMIT : DT_REC_DISCARD),
		    commit ? offsetof(struct dt_cpustate, drops) : GEN_NODROP, full);
	gen_st(g, 8, ir_reg(g->rec), GEN_RECHDR, gen_op2(g, IR_OR, gen, id));
	change(g, p, word, gen_op2(g, IR_OR, gen, ir_imm(DT_SPEC_FREE)), raced);
	gen_submit(g, sizeof(struct dt_recspec), RB_NO_WAKEUP);
	gen_st(g, 4, gen_obj(g, obj, 0), 0, id);
	ir_opnd_t rc = gen_call(g, BPF_FUNC_map_push_elem, false, 3, gen_map(g, map_of(g, DT_MAP_SPECFREE)),
				gen_obj(g, obj, 0), ir_imm(BPF_ANY));
	gen_br(g, IR_EQ, rc, ir_imm(0), out, stuck);
	gen_place(g, stuck); /* the queue is locked by what this firing interrupted */
	change(g, p, gen_op2(g, IR_OR, gen, ir_imm(DT_SPEC_FREE)), gen_op2(g, IR_OR, gen, ir_imm(DT_SPEC_BUSY)),
	       out);
	count_busy(g);
	gen_jmp(g, out);
	gen_place(g, raced);
	gen_discard(g);
	gen_jmp(g, out);
	gen_place(g, full);
	change(g, p, word, gen_op2(g, IR_OR, gen, ir_imm(DT_SPEC_BUSY)), out);
	count_busy(g);
	gen_place(g, out);
	g->rec = rec;
	g->slot = slot;
	g->stamp = stamp;
}
