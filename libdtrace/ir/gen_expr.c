/* gen_expr.c - expressions: operators, conditions, casts, names. */
#include <string.h>

#include "gen.h"

static bool
type_signed(dt_type_t t)
{
	return dt_type_info(t).is_signed;
}

/* ------------------------------------------------------------- conditions */

static ir_cc_t
cc_of(dt_op_t op, bool sgn)
{
	switch (op) {
	case DT_OP_LT:
		return sgn ? IR_SLT : IR_ULT;
	case DT_OP_LE:
		return sgn ? IR_SLE : IR_ULE;
	case DT_OP_GT:
		return sgn ? IR_SGT : IR_UGT;
	case DT_OP_GE:
		return sgn ? IR_SGE : IR_UGE;
	case DT_OP_NE:
		return IR_NE;
	default:
		return IR_EQ;
	}
}

static bool
is_compare(dt_op_t op)
{
	return op >= DT_OP_LT && op <= DT_OP_NE;
}

/* A value as what a condition tests: zero or not.  A string is true when it is not the null string. */
static ir_opnd_t
truth(gen_t *g, dt_node_t *n)
{
	val_t v = gen_expr(g, n);
	if (v.kind == V_STR)
		return v.o;
	if (v.kind == V_STRID || v.kind == V_COMM)
		return ir_imm(1);
	return v.o;
}

static bool
both_strings(dt_node_t *n)
{
	return is_string(n->left) || is_string(n->right);
}

static bool
is_zero(dt_node_t *n)
{
	while (n->kind == DN_CAST)
		n = n->left;
	return n->kind == DN_INT && n->ival == 0;
}

/* string == NULL: null, or nothing in it. */
static ir_opnd_t
string_is_null(gen_t *g, dt_node_t *s)
{
	val_t v = gen_expr(g, s);
	if (v.kind != V_STR || v.text)
		return ir_imm(v.text && !*v.text);
	int r = gen_new(g);
	ir_block_t *look = gen_block(g, NULL), *out = gen_block(g, NULL);
	gen_mov(g, r, ir_imm(1));
	gen_br(g, IR_EQ, v.o, ir_imm(0), out, look);
	gen_place(g, look);
	ir_opnd_t c = gen_checked_read(g, v.o, 1);
	gen_mov(g, r, gen_op2(g, IR_SET, c, ir_imm(0)));
	g->b->insns.p[g->b->insns.n - 2].cc = IR_EQ;
	gen_place(g, out);
	return ir_reg(r);
}

void
gen_cond(gen_t *g, dt_node_t *n, ir_block_t *t, ir_block_t *f)
{
	if (n->kind == DN_BINARY && (n->op == DT_OP_LAND || n->op == DT_OP_LOR)) {
		ir_block_t *mid = gen_block(g, NULL);
		if (n->op == DT_OP_LAND)
			gen_cond(g, n->left, mid, f);
		else
			gen_cond(g, n->left, t, mid);
		gen_place(g, mid);
		int ts = g->timestamp; /* what the right side reads need not have been read */
		gen_cond(g, n->right, t, f);
		g->timestamp = ts;
		return;
	}
	if (n->kind == DN_UNARY && n->op == DT_OP_NOT) {
		gen_cond(g, n->left, f, t);
		return;
	}
	if (n->kind == DN_BINARY && is_compare(n->op) && !both_strings(n)) {
		val_t a = gen_expr(g, n->left);
		val_t b = gen_expr(g, n->right);
		gen_br(g, cc_of(n->op, type_signed(n->dtype)), a.o, b.o, t, f);
		return;
	}
	gen_br(g, IR_NE, truth(g, n), ir_imm(0), t, f);
}

/* 0 or 1 of a condition. */
static ir_opnd_t
gen_bool(gen_t *g, dt_node_t *n)
{
	ir_block_t *t = gen_block(g, NULL), *f = gen_block(g, NULL), *out = gen_block(g, NULL);
	int r = gen_new(g);
	gen_cond(g, n, t, f);
	gen_place(g, t);
	gen_mov(g, r, ir_imm(1));
	gen_jmp(g, out);
	gen_place(g, f);
	gen_mov(g, r, ir_imm(0));
	gen_place(g, out);
	return ir_reg(r);
}

/* -------------------------------------------------------------- operators */

/* BPF before v4 divides unsigned only: divide magnitudes, then set the sign.  Truncates toward
 * zero; the most negative number divided by -1 gives itself. */
static ir_opnd_t
signed_div(gen_t *g, ir_op_t op, ir_opnd_t a, ir_opnd_t b)
{
	ir_opnd_t sa = gen_op2(g, IR_ARSH, a, ir_imm(63)), sb = gen_op2(g, IR_ARSH, b, ir_imm(63));
	ir_opnd_t ua = gen_op2(g, IR_SUB, gen_op2(g, IR_XOR, a, sa), sa);
	ir_opnd_t ub = gen_op2(g, IR_SUB, gen_op2(g, IR_XOR, b, sb), sb);
	ir_opnd_t q = gen_op2(g, op, ua, ub);
	ir_opnd_t s = op == IR_UDIV ? gen_op2(g, IR_XOR, sa, sb) : sa;
	return gen_op2(g, IR_SUB, gen_op2(g, IR_XOR, q, s), s);
}

static ir_opnd_t
arith(gen_t *g, dt_op_t op, ir_opnd_t a, ir_opnd_t b, bool sgn)
{
	switch (op) {
	case DT_OP_MUL:
		return gen_op2(g, IR_MUL, a, b);
	case DT_OP_DIV:
	case DT_OP_MOD: {
		ir_op_t o = op == DT_OP_DIV ? IR_UDIV : IR_UMOD;
		if (b.kind != IR_O_IMM)
			gen_faultif(g, IR_EQ, b, ir_imm(0), DTRACEFLT_DIVZERO, ir_imm(0));
		else if (b.imm == 0) {
			gen_faultif(g, IR_EQ, gen_op2(g, IR_MOV, b, ir_none()), ir_imm(0), DTRACEFLT_DIVZERO,
				    ir_imm(0));
			b = ir_imm(1);
		}
		return sgn ? signed_div(g, o, a, b) : gen_op2(g, o, a, b);
	}
	case DT_OP_ADD:
		return gen_op2(g, IR_ADD, a, b);
	case DT_OP_SUB:
		return gen_op2(g, IR_SUB, a, b);
	case DT_OP_LSH:
		return gen_op2(g, IR_LSH, a, b);
	case DT_OP_RSH:
		return gen_op2(g, sgn ? IR_ARSH : IR_RSH, a, b);
	case DT_OP_BAND:
		return gen_op2(g, IR_AND, a, b);
	case DT_OP_XOR:
		return gen_op2(g, IR_XOR, a, b);
	default:
		return gen_op2(g, IR_OR, a, b);
	}
}

/* Bytes a step of a pointer (or string) of that type makes; 1 for numbers. */
static int64_t
step_of(gen_t *g, dt_type_t t)
{
	dt_tinfo_t i = dt_type_info(t);
	if (i.kind != DT_K_PTR && i.kind != DT_K_ARRAY)
		return 1;
	uint32_t s = dt_type_info(dt_type_complete(g->dtp, dt_type_ref(g->dtp, t))).size;
	return s ? s : 1;
}

static bool
is_pointer(dt_type_t t)
{
	dt_kind_t k = dt_type_info(t).kind;
	return k == DT_K_PTR || k == DT_K_ARRAY;
}

/* An operand of arithmetic: a number; strings and arrays give their address. */
ir_opnd_t
gen_num(gen_t *g, dt_node_t *n)
{
	val_t v = gen_expr(g, n);
	if (v.kind == V_STR || v.kind == V_STRID || v.kind == V_COMM)
		return gen_str_scalar(g, v);
	return gen_scalar(g, v);
}

static val_t
add_sub(gen_t *g, dt_op_t op, dt_node_t *l, ir_opnd_t a, dt_node_t *r, ir_opnd_t b, dt_type_t type)
{
	bool lp = is_pointer(l->type) || is_string(l), rp = is_pointer(r->type) || is_string(r);
	if (lp && rp && op == DT_OP_SUB) {
		ir_opnd_t d = gen_op2(g, IR_SUB, a, b);
		return val_num(signed_div(g, IR_UDIV, d, ir_imm(step_of(g, l->type))));
	}
	if (lp && step_of(g, l->type) != 1)
		b = gen_op2(g, IR_MUL, b, ir_imm(step_of(g, l->type)));
	else if (rp && step_of(g, r->type) != 1)
		a = gen_op2(g, IR_MUL, a, ir_imm(step_of(g, r->type)));
	ir_opnd_t v = arith(g, op, a, b, type_signed(type));
	return dt_type_info(type).kind == DT_K_STRING ? (val_t){.kind = V_STR, .o = v} : val_num(v);
}

static val_t
gen_binary(gen_t *g, dt_node_t *n)
{
	switch (n->op) {
	case DT_OP_LAND:
	case DT_OP_LOR:
		return val_num(gen_bool(g, n));
	case DT_OP_LXOR: {
		ir_opnd_t a = gen_bool(g, n->left), b = gen_bool(g, n->right);
		return val_num(gen_op2(g, IR_XOR, a, b));
	}
	case DT_OP_COMMA:
		gen_expr(g, n->left);
		return gen_expr(g, n->right);
	default:
		break;
	}
	if (is_compare(n->op)) {
		if (both_strings(n)) {
			if (is_zero(n->left) || is_zero(n->right)) {
				ir_opnd_t z = string_is_null(g, is_zero(n->left) ? n->right : n->left);
				return val_num(n->op == DT_OP_NE ? gen_op2(g, IR_XOR, z, ir_imm(1)) : z);
			}
			val_t a = gen_expr(g, n->left), b = gen_expr(g, n->right);
			return val_num(gen_str_compare(g, n->op, a, b));
		}
		val_t a = gen_expr(g, n->left), b = gen_expr(g, n->right);
		ir_opnd_t r = gen_op2(g, IR_SET, a.o, b.o);
		g->b->insns.p[g->b->insns.n - 1].cc = cc_of(n->op, type_signed(n->dtype));
		return val_num(r);
	}
	ir_opnd_t a = gen_num(g, n->left), b = gen_num(g, n->right);
	if (n->op == DT_OP_ADD || n->op == DT_OP_SUB)
		return add_sub(g, n->op, n->left, a, n->right, b, n->type);
	return val_num(arith(g, n->op, a, b, type_signed(n->type)));
}

/* What `old op= right` makes of old. */
static val_t
compound(gen_t *g, dt_node_t *n, val_t old)
{
	ir_opnd_t a = gen_scalar(g, old), b = gen_num(g, n->right);
	if (n->op == DT_OP_ADD || n->op == DT_OP_SUB)
		return add_sub(g, n->op, n->left, a, n->right, b, n->left->type);
	return val_num(arith(g, n->op, a, b, type_signed(n->dtype)));
}

/* Can it be longer than a variable keeps, and yet be no copy of a variable's?  Constants, and names of probes
 * and programs (the kernel's are 16 bytes, a probe's as long as a symbol). */
static bool
is_cut(gen_t *g, val_t v)
{
	enum {
		COMM = 16,
		NAME = 512
	};
	if (v.kind == V_STR || v.text)
		return v.text && strlen(v.text) >= g->strsize;
	return (v.kind == V_COMM && g->strsize < COMM) || (v.kind == V_STRID && g->strsize < NAME);
}

/* = and op= of a whole variable; the value is what has been stored (E17). */
static val_t
assign_var(gen_t *g, dt_node_t *n)
{
	bool unused = g->unused == n;
	val_t v;
	if (n->op == DT_OP_ASSIGN) {
		v = gen_expr(g, n->right);
		if (is_string(n->left) && !unused)
			v = is_cut(g, v) ? gen_copied_string(g, v) : gen_keep_string(g, v);
	} else {
		v = compound(g, n, gen_var_load(g, n->left));
	}
	gen_var_store(g, n->left, v);
	if (is_string(n->left) && v.kind == V_NUM)
		v.kind = V_STR; /* = 0 */
	return v;
}

/* = to an element of an array: its key is made before the value. */
static val_t
assign_element(gen_t *g, dt_node_t *n)
{
	const dt_node_t *held = g->held;
	ir_opnd_t key = g->heldkey;
	ir_block_t *none = gen_block(g, NULL), *out = gen_block(g, NULL);
	gen_var_hold(g, n->left, none);
	val_t v = assign_var(g, n);
	if (n->left->left->id->scope == DT_SC_SELF) { /* no memory for this thread's variables: 0 */
		int r = gen_new(g);
		bool text = v.kind == V_STR || v.kind == V_STRID || v.kind == V_COMM;
		int kind = text ? V_STR : v.kind;
		gen_mov(g, r, text ? gen_str_scalar(g, v) : gen_scalar(g, v));
		gen_jmp(g, out);
		gen_place(g, none);
		gen_mov(g, r, ir_imm(0));
		gen_place(g, out);
		v = val_num(ir_reg(r));
		v.kind = kind;
	}
	g->held = held;
	g->heldkey = key;
	return v;
}

static val_t
gen_assign(gen_t *g, dt_node_t *n)
{
	if (!gen_is_var(n->left))
		return n->op == DT_OP_ASSIGN ? gen_mem_store(g, n->left, gen_expr(g, n->right))
					     : gen_mem_update(g, n, compound, false);
	if (n->left->kind != DN_INDEX)
		return assign_var(g, n);
	return n->op == DT_OP_ASSIGN ? assign_element(g, n) : gen_assoc_update(g, n, compound, false);
}

static val_t
stepped(gen_t *g, dt_node_t *n, val_t old)
{
	bool inc = n->op == DT_OP_PREINC || n->op == DT_OP_POSTINC;
	int64_t s = step_of(g, n->left->type);
	return val_num(gen_op2(g, IR_ADD, gen_scalar(g, old), ir_imm(inc ? s : -s)));
}

static val_t
gen_step(gen_t *g, dt_node_t *n)
{
	bool post = n->op == DT_OP_POSTINC || n->op == DT_OP_POSTDEC;
	if (!gen_is_var(n->left))
		return gen_mem_update(g, n, stepped, post);
	if (n->left->kind == DN_INDEX)
		return gen_assoc_update(g, n, stepped, post);
	/* The old value may be wanted after the variable has changed: keep a copy. */
	ir_opnd_t old = gen_op2(g, IR_MOV, gen_scalar(g, gen_var_load(g, n->left)), ir_none());
	val_t new = stepped(g, n, val_num(old));
	gen_var_store(g, n->left, new);
	return post ? val_num(old) : new;
}

static val_t
gen_unary(gen_t *g, dt_node_t *n)
{
	switch (n->op) {
	case DT_OP_NEG:
		return val_num(gen_op2(g, IR_NEG, gen_num(g, n->left), ir_none()));
	case DT_OP_PLUS:
		return val_num(gen_num(g, n->left));
	case DT_OP_BNEG:
		return val_num(gen_op2(g, IR_XOR, gen_num(g, n->left), ir_imm(-1)));
	case DT_OP_NOT:
		return val_num(gen_bool(g, n));
	case DT_OP_ADDROF:
		return gen_addrof(g, n->left);
	case DT_OP_DEREF:
		return gen_memory(g, n);
	case DT_OP_STRINGOF: {
		val_t v = gen_expr(g, n->left);
		if (v.kind == V_NUM || v.kind == V_MEM)
			v.kind = V_STR;
		v.trusted = false;
		return v;
	}
	default:
		return gen_step(g, n);
	}
}

static val_t
gen_ternary(gen_t *g, dt_node_t *n)
{
	ir_block_t *t = gen_block(g, NULL), *f = gen_block(g, NULL), *out = gen_block(g, NULL);
	int r = gen_new(g), ts = g->timestamp;
	bool str = is_string(n);
	gen_cond(g, n->cond, t, f);
	gen_place(g, t);
	val_t v = gen_expr(g, n->left);
	gen_mov(g, r, str ? gen_str_scalar(g, v) : gen_scalar(g, v));
	gen_jmp(g, out);
	g->timestamp = ts;
	gen_place(g, f);
	v = gen_expr(g, n->right);
	gen_mov(g, r, str ? gen_str_scalar(g, v) : gen_scalar(g, v));
	gen_place(g, out);
	g->timestamp = ts;
	return str ? (val_t){.kind = V_STR, .o = ir_reg(r)} : val_num(ir_reg(r));
}

static val_t
gen_cast(gen_t *g, dt_node_t *n)
{
	val_t v = gen_expr(g, n->left);
	dt_tinfo_t t = dt_type_info(n->type);
	if (t.kind == DT_K_VOID)
		return (val_t){.kind = V_VOID};
	if (t.kind == DT_K_STRING) {
		if (v.kind == V_NUM || v.kind == V_MEM)
			v.kind = V_STR;
		v.trusted = false;
		return v;
	}
	if (t.kind == DT_K_STRUCT || t.kind == DT_K_UNION || t.kind == DT_K_ARRAY)
		return v;
	if (v.kind == V_STR || v.kind == V_STRID || v.kind == V_COMM)
		return val_num(gen_str_scalar(g, v));
	if (v.kind == V_MEM)
		v.kind = V_NUM;
	if (t.kind == DT_K_PTR) {
		bool same =
		    v.trusted && dt_type_same(dt_type_resolve(g->dtp, dt_type_ref(g->dtp, n->type)),
					      dt_type_resolve(g->dtp, dt_type_ref(g->dtp, n->left->type)));
		v.trusted = same;
		return v;
	}
	if (t.size < 8)
		return val_num(gen_sext(g, gen_scalar(g, v), &t));
	v.trusted = false;
	return v;
}

val_t
gen_expr(gen_t *g, dt_node_t *n)
{
	if (n->src.line)
		g->line = n->src.line;
	switch (n->kind) {
	case DN_INT:
		return val_num(ir_imm((int64_t)n->ival));
	case DN_STR: {
		uint32_t off = mod_rodata(g->mod, n->str, n->len + 1, 1);
		return (val_t){
		    .kind = V_STR, .o = gen_mapval(g, g->mod->rodata, off), .ptr = true, .text = n->str};
	}
	case DN_IDENT:
		if (n->id && n->id->kind == DT_ID_BUILTIN)
			return gen_builtin(g, n->id, n);
		if (n->id && n->id->kind == DT_ID_ENUM)
			return val_num(ir_imm(n->id->value));
		return gen_var_load(g, n);
	case DN_SELF:
	case DN_THIS:
		return gen_var_load(g, n);
	case DN_INDEX:
		if (n->left->id && n->left->id->kind == DT_ID_ARRAY)
			return gen_var_load(g, n);
		if (n->left->id && n->left->id->kind == DT_ID_BUILTIN)
			return gen_builtin(g, n->left->id, n);
		return gen_memory(g, n);
	case DN_MEMBER:
	case DN_PTRMEMBER:
		return gen_memory(g, n);
	case DN_UNARY:
		return gen_unary(g, n);
	case DN_BINARY:
		return gen_binary(g, n);
	case DN_ASSIGN:
		return gen_assign(g, n);
	case DN_COND:
		return gen_ternary(g, n);
	case DN_CAST:
		return gen_cast(g, n);
	case DN_CALL:
		return gen_subr(g, n);
	default:
		return val_num(ir_imm((int64_t)n->ival)); /* sizeof, offsetof: sema left the number */
	}
}
