/*
 * gen_string.c - strings: addresses, copies, comparison.
 *
 * A string is the address of its bytes in kernel memory: a constant, a variable, a temporary
 * in the arena, or whatever a D pointer points to.  The work is done by the runtime
 * routines; what can be decided or copied in a few instructions is done in place.
 */
#include <string.h>

#include "gen.h"

/* Address of the name of the firing probe. */
static ir_opnd_t
name_address(gen_t *g, val_t v)
{
	if (v.text)
		return gen_mapval(g, g->mod->rodata, mod_rodata(g->mod, v.text, strlen(v.text) + 1, 1));
	ir_opnd_t off = gen_info(g, offsetof(probeinfo_t, text) + 4 * (size_t)v.which);
	off = gen_op2(g, IR_AND, off, ir_imm(0xffffff)); /* a bound for the verifier */
	return gen_op2(g, IR_ADD, gen_mapval(g, g->mod->rodata, 0), off);
}

ir_opnd_t
gen_str_addr(gen_t *g, val_t v)
{
	if (v.kind == V_STRID)
		return name_address(g, v);
	if (v.kind == V_COMM) {
		ir_opnd_t p = gen_obj(g, ir_newobj(g->f, 16, 8), 0);
		gen_st(g, 8, p, 0, v.lo);
		gen_st(g, 8, p, 8, v.hi);
		return p;
	}
	return v.o;
}

ir_opnd_t
gen_str_scalar(gen_t *g, val_t v)
{
	if (v.kind == V_STRID || v.kind == V_COMM) {
		v.o = gen_str_addr(g, v);
		v.ptr = true;
	}
	return gen_scalar(g, v);
}

/* Is there a string at that address, or none at all?  Else a fault. */
void
gen_str_probe(gen_t *g, ir_opnd_t addr)
{
	ir_block_t *some = gen_block(g, NULL), *out = gen_block(g, NULL);
	gen_br(g, IR_EQ, addr, ir_imm(0), out, some);
	gen_place(g, some);
	gen_checked_read(g, addr, 1);
	gen_place(g, out);
}

/* Copy a string into `size` bytes of memory the verifier knows: terminated, the rest undefined. */
void
gen_str_copy(gen_t *g, val_t v, ir_opnd_t base, int64_t off, uint32_t size)
{
	if (v.kind == V_COMM && size >= 16) {
		gen_st(g, 8, base, off, v.lo);
		gen_st(g, 8, base, off + 8, v.hi);
		return;
	}
	if (v.text && strlen(v.text) < 64 && strlen(v.text) + 8 <= size) {
		char buf[80] = {0};
		size_t n = strlen(v.text) + 1;
		memcpy(buf, v.text, n);
		for (size_t i = 0; i < n; i += 8) {
			int64_t w;
			memcpy(&w, buf + i, 8);
			gen_st(g, 8, base, off + (int64_t)i, ir_imm(w));
		}
		return;
	}
	ir_opnd_t addr = gen_str_addr(g, v);
	ir_opnd_t dst = gen_op2(g, IR_ADD, base, ir_imm(off));
	ir_block_t *null = NULL, *out = gen_block(g, NULL);
	if (v.kind == V_STR && !v.text) { /* the null string copies as an empty one */
		ir_block_t *some = gen_block(g, NULL);
		null = gen_block(g, "null string");
		gen_br(g, IR_EQ, addr, ir_imm(0), null, some);
		gen_place(g, some);
	}
	if (v.user)
		gen_present(g, DTRACEFLT_BADADDR, addr);
	int helper = v.user ? BPF_FUNC_probe_read_user_str : BPF_FUNC_probe_read_kernel_str;
	ir_opnd_t r = gen_call(g, helper, false, 3, dst, ir_imm(size), addr);
	gen_faultif(g, IR_SLT, r, ir_imm(0), DTRACEFLT_BADADDR, addr);
	if (null) {
		gen_jmp(g, out);
		gen_place(g, null);
		gen_st(g, 1, base, off, ir_imm(0));
	}
	gen_place(g, out);
}

/* Bytes copyinstr() may take: strsize, or the limit given (plus the NUL). */
static ir_opnd_t
copyinstr_size(gen_t *g, dt_node_t *max, uint32_t size)
{
	if (!max)
		return ir_imm(size);
	if (max->kind == DN_INT)
		return ir_imm(max->ival + 1 < size ? (int64_t)max->ival + 1 : size);
	int r = gen_new(g);
	ir_block_t *cut = gen_block(g, NULL), *out = gen_block(g, NULL);
	gen_mov(g, r, gen_op2(g, IR_ADD, gen_num(g, max), ir_imm(1)));
	gen_bound(g, IR_UGT, ir_reg(r), ir_imm(size), cut, out);
	gen_place(g, cut);
	gen_mov(g, r, ir_imm(size));
	gen_place(g, out);
	return ir_reg(r);
}

void
gen_copyinstr(gen_t *g, dt_node_t *call, ir_opnd_t base, int64_t off, uint32_t size)
{
	ir_opnd_t addr = gen_num(g, call->args);
	ir_opnd_t n = copyinstr_size(g, call->args->next, size);
	ir_opnd_t dst = gen_op2(g, IR_ADD, base, ir_imm(off));
	gen_st(g, 1, base, off, ir_imm(0)); /* a limit of 0 copies nothing */
	gen_present(g, DTRACEFLT_BADADDR, addr);
	ir_opnd_t r = gen_call(g, BPF_FUNC_probe_read_user_str, false, 3, dst, n, addr);
	gen_faultif(g, IR_SLT, r, ir_imm(0), DTRACEFLT_BADADDR, addr);
}

/* A string expression straight to where it is wanted: a record, a variable. */
void
gen_str_to(gen_t *g, dt_node_t *n, ir_opnd_t base, int64_t off, uint32_t size)
{
	if (n->kind == DN_CALL && n->func == DT_F_COPYINSTR)
		gen_copyinstr(g, n, base, off, size);
	else
		gen_str_copy(g, gen_expr(g, n), base, off, size);
}

/* ---------------------------------------------------------------- comparison */

static int
words_equal(gen_t *g, val_t comm, const char *text)
{
	/* 1 or 0 into a fresh register; bytes after the NUL do not count. */
	int r = gen_new(g);
	ir_block_t *out = gen_block(g, NULL);
	gen_mov(g, r, ir_imm(0));
	size_t n = strlen(text) + 1;
	char buf[16] = {0};
	memcpy(buf, text, n);
	for (size_t i = 0; i < n; i += 8) {
		int64_t w;
		memcpy(&w, buf + i, 8);
		size_t left = n - i;
		ir_opnd_t have = i ? comm.hi : comm.lo;
		if (left < 8) {
			int64_t mask = (int64_t)((1ULL << (8 * left)) - 1);
			have = gen_op2(g, IR_AND, have, ir_imm(mask));
		}
		ir_block_t *same = gen_block(g, NULL);
		gen_br(g, IR_EQ, have, ir_imm(w), same, out);
		gen_place(g, same);
	}
	gen_mov(g, r, ir_imm(1));
	gen_place(g, out);
	return r;
}

ir_opnd_t
gen_str_compare(gen_t *g, dt_op_t op, val_t a, val_t b)
{
	bool eq = op == DT_OP_EQ || op == DT_OP_NE;
	ir_opnd_t r;
	if (eq && (a.kind == V_STRID || a.text) && (b.kind == V_STRID || b.text) &&
	    (a.kind == V_STRID || b.kind == V_STRID)) {
		ir_opnd_t x = a.kind == V_STRID ? a.o : ir_imm(mod_strid(g->mod, a.text));
		ir_opnd_t y = b.kind == V_STRID ? b.o : ir_imm(mod_strid(g->mod, b.text));
		r = gen_op2(g, IR_SET, x, y);
		g->b->insns.p[g->b->insns.n - 1].cc = op == DT_OP_EQ ? IR_EQ : IR_NE;
		return r;
	}
	val_t *comm = a.kind == V_COMM ? &a : b.kind == V_COMM ? &b : NULL;
	val_t *text = a.text ? &a : b.text ? &b : NULL;
	if (eq && comm && text && g->strsize >= 16) {
		if (strlen(text->text) > 15)
			return ir_imm(op == DT_OP_NE);
		r = ir_reg(words_equal(g, *comm, text->text));
		return op == DT_OP_EQ ? r : gen_op2(g, IR_XOR, r, ir_imm(1));
	}
	r = gen_rt(g, "dt_strcmp", 4, gen_scratchp(g), gen_str_scalar(g, a), gen_str_scalar(g, b),
		   ir_imm(g->strsize));
	static const struct {
		ir_cc_t cc;
		int v;
	} test[] = {[DT_OP_LT - DT_OP_LT] = {IR_EQ, 1}, [DT_OP_LE - DT_OP_LT] = {IR_NE, 2},
		    [DT_OP_GT - DT_OP_LT] = {IR_EQ, 2}, [DT_OP_GE - DT_OP_LT] = {IR_NE, 1},
		    [DT_OP_EQ - DT_OP_LT] = {IR_EQ, 0}, [DT_OP_NE - DT_OP_LT] = {IR_NE, 0}};
	ir_opnd_t out = gen_op2(g, IR_SET, r, ir_imm(test[op - DT_OP_LT].v));
	g->b->insns.p[g->b->insns.n - 1].cc = test[op - DT_OP_LT].cc;
	return out;
}
