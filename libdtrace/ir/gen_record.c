/* gen_record.c - room for a record: in this CPU's buffer, as bufpolicy has it, or a counted drop. */
#include "gen.h"

enum {
	HDR = GEN_RECHDR,
	RB_HDR = 8 /* the kernel's own, before each record */
};

static dtrace_optval_t
policy(const gen_t *g)
{
	return g->dtp->opt[DT_OPT_BUFPOLICY];
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
	i->c = ir_imm(gen_activity(g));
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

/* A record that is not lost to a full buffer: it ends tracing, or is END's, when nobody makes room any more. */
static bool
may_spare(const gen_t *g)
{
	return policy(g) == DT_BUF_SWITCH && (g->spare || g->unit->site.trigger == DT_TRIGGER_END);
}

/* The CPU's own buffer is full. */
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
	ir_block_t *full = policy(g) == DT_BUF_FILL || may_spare(g) ? gen_block(g, "buffer full") : drop;
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
		if (may_spare(g))
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
