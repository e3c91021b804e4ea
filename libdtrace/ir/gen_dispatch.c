/* gen_dispatch.c - which of its probes a program was called for: their number in the unit, by tables. */
#include <stdlib.h>
#include <string.h>

#include "gen.h"

enum {
	TS_COMPAT = 2,
	X32_BIT = 0x40000000
};

/* Did a 32-bit program make the call?  -1: this kernel runs none. */
static int
compat_status(gen_t *g)
{
	int off = g->unit->site.compat32 ? dt_btf_offset(g->dtp, "task_struct", "thread_info.status") : -1;
	return off;
}

static ir_opnd_t
is_compat(gen_t *g, int status)
{
	ir_opnd_t s = gen_ld(g, 4, gen_current(g), status, true);
	return gen_op2(g, IR_AND, s, ir_imm(TS_COMPAT));
}

static ir_opnd_t
syscall_number(gen_t *g)
{
	ir_opnd_t nr;
	if (g->unit->site.is_return) {
		ir_opnd_t regs = gen_ld(g, 8, ir_reg(g->ctx), 0, true);
		nr = gen_ld(g, 8, regs, dt_btf_offset(g->dtp, "pt_regs", "orig_ax"), true);
	} else {
		nr = gen_ld(g, 8, ir_reg(g->ctx), 8, true);
	}
	return gen_op2(g, IR_AND, nr, ir_imm(~(int64_t)X32_BIT));
}

void
gen_dispatched(gen_t *g)
{
	int status = g->unit->site.who == DT_WHO_SYSCALL ? compat_status(g) : -1;
	if (status >= 0)
		g->compat = is_compat(g, status).reg;
}

/* One probe: compare with its number, native or 32-bit. */
static void
one_syscall(gen_t *g)
{
	const dt_site_t *site = &g->unit->sites[0];
	int status = compat_status(g);
	ir_opnd_t nr = syscall_number(g);
	ir_block_t *mine = gen_block(g, NULL);
	if (status >= 0)
		g->compat = gen_new(g);
	for (int i = 0; i < site->nindex; i++) {
		bool compat = site->index[i] >= DT_SYSCALL_MAX;
		if (compat && status < 0)
			continue;
		ir_block_t *hit = gen_block(g, NULL), *miss = gen_block(g, NULL);
		gen_br(g, IR_EQ, nr, ir_imm(site->index[i] % DT_SYSCALL_MAX), hit, miss);
		gen_place(g, hit);
		if (status >= 0) {
			gen_mov(g, g->compat, is_compat(g, status));
			gen_br(g, compat ? IR_NE : IR_EQ, ir_reg(g->compat), ir_imm(0), mine, miss);
		} else {
			gen_jmp(g, mine);
		}
		gen_place(g, miss);
	}
	gen_jmp(g, g->end);
	gen_place(g, mine);
}

/* Many: the number of the call, then the probe's number in the unit by table. */
static void
syscall_dispatch(gen_t *g)
{
	dt_unit_t *u = g->unit;
	ir_opnd_t nr = syscall_number(g);
	ir_block_t *ok = gen_block(g, NULL), *mine = gen_block(g, NULL), *in = gen_block(g, NULL);
	gen_bound(g, IR_ULT, nr, ir_imm(DT_SYSCALL_MAX), ok, g->end);
	gen_place(g, ok);
	uint16_t *t = dt_arena_alloc(g->mod->arena, sizeof(*t) * 2 * DT_SYSCALL_MAX);
	int status = compat_status(g), n = status >= 0 ? 2 * DT_SYSCALL_MAX : DT_SYSCALL_MAX;
	for (int p = 0; p < u->nprobes; p++)
		for (int i = 0; i < u->sites[p].nindex; i++)
			if ((int)u->sites[p].index[i] < n)
				t[u->sites[p].index[i]] = (uint16_t)(p + 1);
	if (status >= 0) {
		ir_opnd_t s = is_compat(g, status);
		g->compat = s.reg;
		nr = gen_op2(g, IR_ADD, nr, gen_op2(g, IR_MUL, s, ir_imm(DT_SYSCALL_MAX / TS_COMPAT)));
	}
	uint32_t at = mod_rodata(g->mod, t, sizeof(*t) * (size_t)n, 8);
	ir_opnd_t p = gen_op2(g, IR_ADD, gen_mapval(g, g->mod->rodata, at), gen_op2(g, IR_LSH, nr, ir_imm(1)));
	g->local = gen_new(g);
	gen_mov(g, g->local, gen_ld(g, 2, p, 0, true));
	gen_br(g, IR_NE, ir_reg(g->local), ir_imm(0), mine, g->end);
	gen_place(g, mine);
	/* The table holds nothing larger, but the verifier cannot know. */
	gen_bound(g, IR_ULE, ir_reg(g->local), ir_imm(u->nprobes), in, g->end);
	gen_place(g, in);
}

/*
 * Among thousands of functions the kernel finds a cookie by a search; where a table over the addresses they lie
 * between is not too large, it takes one load.  Leaves the probe's number in the unit in g->local and goes to
 * `have`, or goes on: the function is none of the table.
 */
static void
by_address(gen_t *g, ir_block_t *have)
{
	enum {
		MANY = 256, /* fewer are found as fast by the search */
		TABLE_MAX = 16 << 20
	};
	const dt_unit_t *u = g->unit;
	uint64_t lo = UINT64_MAX, hi = 0, low_bits = 1ULL << 63;
	for (int i = 0; i < u->nprobes; i++) {
		for (int k = 0; k < u->sites[i].naddrs; k++) {
			uint64_t addr = u->sites[i].addrs[k];
			lo = addr < lo ? addr : lo;
			hi = addr > hi ? addr : hi;
		}
	}
	if (u->nprobes < MANY || u->nprobes > UINT16_MAX || hi < lo)
		return;
	for (int i = 0; i < u->nprobes; i++)
		for (int k = 0; k < u->sites[i].naddrs; k++)
			low_bits |= u->sites[i].addrs[k] - lo;
	int shift = __builtin_ctzll(low_bits);
	uint64_t n = ((hi - lo) >> shift) + 1;
	if (n > TABLE_MAX / sizeof(uint16_t))
		return;
	uint16_t *t = dt_xcalloc(n, sizeof(*t));
	for (int i = 0; i < u->nprobes; i++)
		for (int k = 0; k < u->sites[i].naddrs; k++)
			t[(u->sites[i].addrs[k] - lo) >> shift] = (uint16_t)(i + 1);
	uint32_t at = mod_rodata(g->mod, t, n * sizeof(*t), 8);
	free(t);
	ir_block_t *in = gen_block(g, NULL), *miss = gen_block(g, "not in the table");
	ir_opnd_t ip = gen_call(g, BPF_FUNC_get_func_ip, true, 1, ir_reg(g->ctx));
	ir_opnd_t off = gen_op2(g, IR_SUB, ip, ir_imm((int64_t)lo));
	gen_bound(g, IR_ULE, off, ir_imm((int64_t)(hi - lo)), in, miss);
	gen_place(g, in);
	ir_opnd_t slot = gen_op2(g, IR_LSH, gen_op2(g, IR_RSH, off, ir_imm(shift)), ir_imm(1));
	ir_opnd_t p = gen_op2(g, IR_ADD, gen_mapval(g, g->mod->rodata, at), slot);
	gen_mov(g, g->local, gen_ld(g, 2, p, 0, true));
	gen_br(g, IR_NE, ir_reg(g->local), ir_imm(0), have, miss);
	gen_place(g, miss);
}

void
gen_dispatch(gen_t *g)
{
	dt_unit_t *u = g->unit;
	g->local = g->compat = -1;
	if (u->site.who == DT_WHO_ONE || (u->site.who == DT_WHO_COOKIE && u->nprobes == 1))
		return;
	if (u->site.who == DT_WHO_SYSCALL && u->nprobes == 1) {
		one_syscall(g);
		if (u->site.test.mask)
			gen_syscall_test(g, &u->site.test);
		return;
	}
	size_t size = sizeof(probeinfo_t) * (size_t)(u->nprobes + 1);
	probeinfo_t *info = dt_arena_alloc(g->mod->arena, size);
	for (int i = 0; i < u->nprobes; i++)
		info[i + 1].id = u->probes[i]->id;
	g->info_off = mod_rodata(g->mod, info, size, 8);
	if (u->site.who == DT_WHO_SYSCALL) {
		syscall_dispatch(g);
		return;
	}
	ir_block_t *some = gen_block(g, NULL), *in = gen_block(g, NULL);
	g->local = gen_new(g);
	by_address(g, some);
	gen_mov(g, g->local, gen_call(g, BPF_FUNC_get_attach_cookie, true, 1, ir_reg(g->ctx)));
	gen_br(g, IR_NE, ir_reg(g->local), ir_imm(0), some, g->end);
	gen_place(g, some);
	gen_bound(g, IR_ULE, ir_reg(g->local), ir_imm(u->nprobes), in, g->end);
	gen_place(g, in);
}

void
gen_names(gen_t *g)
{
	dt_unit_t *u = g->unit;
	for (int i = 0; i < u->nprobes; i++) {
		const dt_probe_t *p = u->probes[i];
		const char *name[] = {p->prv, p->mod, p->fun, p->nam};
		for (int w = 0; w < 4; w++) {
			uint32_t id = mod_strid(g->mod, name[w]);
			uint32_t at = mod_rodata(g->mod, name[w], strlen(name[w]) + 1, 1);
			probeinfo_t *info = (probeinfo_t *)(void *)(g->mod->ro.p + g->info_off);
			info[i + 1].strid[w] = id;
			info[i + 1].text[w] = at;
		}
	}
}
