/*
 * gen_order.c - values where variables change inside an expression: a value taken before stays what it was,
 * as evaluation goes from left to right.
 */
#include "gen.h"

/* Does evaluating n (or the list it begins) change numbers or strings that variables hold? */
static void
find_changes(gen_t *g, const dt_node_t *n)
{
	for (; n; n = n->next) {
		bool changes = n->kind == DN_ASSIGN || (n->kind == DN_UNARY && n->op >= DT_OP_PREINC);
		if (changes && dt_type_info(n->type).kind == DT_K_STRING)
			g->strings_change = true;
		else if (changes)
			g->numbers_change = true;
		if (n->left && (n->kind != DN_CALL))
			find_changes(g, n->left);
		find_changes(g, n->right);
		find_changes(g, n->cond);
		find_changes(g, n->args);
	}
}

/* Before an expression is built.  What a statement changes last of all disturbs nothing. */
void
gen_order(gen_t *g, const dt_node_t *e)
{
	g->numbers_change = g->strings_change = false;
	g->unused = e;
	if (!e)
		return;
	if (e->kind == DN_ASSIGN || (e->kind == DN_UNARY && e->op >= DT_OP_PREINC)) {
		find_changes(g, e->left);
		find_changes(g, e->right);
		return;
	}
	find_changes(g, e->left);
	find_changes(g, e->right);
	find_changes(g, e->cond);
	find_changes(g, e->args);
}

/* A string as it is now, in memory of its own; the null string stays null. */
val_t
gen_keep_string(gen_t *g, val_t v)
{
	return v.kind != V_STR || v.text ? v : gen_copied_string(g, v);
}

/* As it would be read back from a variable: cut to strsize. */
val_t
gen_copied_string(gen_t *g, val_t v)
{
	ir_block_t *some = gen_block(g, NULL), *out = gen_block(g, NULL);
	ir_opnd_t copy = gen_arenap(g, gen_arena(g, (g->strsize + 7) & ~7U));
	int r = gen_new(g);
	gen_mov(g, r, ir_imm(0));
	gen_br(g, IR_NE, v.kind == V_STR ? v.o : ir_imm(1), ir_imm(0), some, out);
	gen_place(g, some);
	gen_str_copy(g, v, copy, 0, g->strsize);
	gen_mov(g, r, gen_op2(g, IR_SCALAR, copy, ir_none()));
	gen_place(g, out);
	return (val_t){.kind = V_STR, .o = ir_reg(r)};
}

/* A variable's value that later parts of the expression may change. */
val_t
gen_keep(gen_t *g, val_t v)
{
	if (v.kind == V_STR && g->strings_change)
		return gen_keep_string(g, v);
	if (v.kind == V_NUM && g->numbers_change)
		v.o = gen_op2(g, IR_MOV, v.o, ir_none());
	return v;
}
