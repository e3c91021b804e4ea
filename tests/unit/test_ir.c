/*
 * test_ir.c - passes over the IR: each on small functions, and all of them on random
 * ones, which must go on computing the same.
 */
#include "ir_random.h"

#include <criterion/criterion.h>
#include <stdio.h>

static ir_func_t *f;
static ir_block_t *b;

static void
setup(void)
{
	f = ir_func_new("f", 2);
	b = ir_block_new(f, NULL);
	ir_block_place(f, b);
}

static void
teardown(void)
{
	ir_func_free(f);
}

TestSuite(ir, .init = setup, .fini = teardown);

static int
val(ir_op_t op, ir_opnd_t x, ir_opnd_t y)
{
	ir_insn_t *i = ir_emit(b, op);
	i->dst = ir_newreg(f);
	i->a = x;
	i->b = y;
	i->size = 8;
	return i->dst;
}

static int
sized(ir_op_t op, int size, ir_opnd_t x)
{
	int r = val(op, x, ir_none());
	ir_last(b)->size = (uint8_t)size;
	return r;
}

static void
ret(ir_opnd_t v)
{
	ir_emit(b, IR_RET)->a = v;
}

static void
branch(ir_cc_t cc, ir_opnd_t x, ir_opnd_t y, ir_block_t *t, ir_block_t *e)
{
	ir_insn_t *i = ir_emit(b, IR_BR);
	i->cc = cc, i->a = x, i->b = y, i->t = t, i->f = e;
}

static void
jump(ir_block_t *t)
{
	ir_emit(b, IR_JMP)->t = t;
}

static void
enter(ir_block_t *blk)
{
	ir_block_place(f, blk);
	b = blk;
}

static ir_block_t *
block(void)
{
	return ir_block_new(f, NULL);
}

/* The function as text, without its head. */
static const char *
dumped(void)
{
	static char text[8192];
	FILE *out = fmemopen(text, sizeof(text), "w");
	ir_dump(f, out);
	fclose(out);
	return strchr(text, '\n') + 1;
}

static void
simplify(void)
{
	cr_assert_null(ir_verify(f));
	ir_pass_fold(f);
	ir_pass_gvn(f);
	ir_pass_dce(f);
	cr_assert_null(ir_verify(f));
}

/* What `v` comes to when it is all the function returns. */
static const char *
simplified(int v)
{
	ret(ir_reg(v));
	simplify();
	return dumped();
}

Test(ir, constants)
{
	int x = val(IR_ADD, ir_imm(40), ir_imm(2));
	int y = val(IR_LSH, ir_reg(x), ir_imm(65)); /* counts are modulo 64 */
	cr_assert_str_eq(simplified(sized(IR_BSWAP, 2, ir_reg(y))), "L0:\n\tret 21504\n");
}

Test(ir, signed_constants)
{
	int x = sized(IR_SEXT, 1, ir_imm(0x80));
	cr_assert_str_eq(simplified(val(IR_ARSH, ir_reg(x), ir_imm(3))), "L0:\n\tret -16\n");
}

Test(ir, identities)
{
	int x = val(IR_MUL, ir_imm(8), ir_reg(0));
	x = val(IR_OR, ir_reg(x), ir_imm(0));
	x = val(IR_XOR, ir_reg(x), ir_reg(x));
	x = val(IR_SUB, ir_reg(1), ir_reg(x));
	x = val(IR_UDIV, ir_reg(x), ir_imm(1024));
	cr_assert_str_eq(simplified(val(IR_UMOD, ir_reg(x), ir_imm(16))),
			 "L0:\n\tv6 = rsh v1, 10\n\tv7 = and v6, 15\n\tret v7\n");
}

Test(ir, narrow_values_need_no_extension)
{
	int x = sized(IR_LD, 2, ir_reg(0));
	x = sized(IR_ZEXT, 4, ir_reg(x));
	x = sized(IR_SEXT, 4, ir_reg(x));
	x = val(IR_AND, ir_reg(x), ir_imm(0xffff));
	cr_assert_str_eq(simplified(x), "L0:\n\tv2 = ld u16 [v0+0]\n\tret v2\n");
}

Test(ir, wide_values_need_it)
{
	int x = sized(IR_LD, 4, ir_reg(0));
	cr_assert_str_eq(simplified(sized(IR_SEXT, 4, ir_reg(x))),
			 "L0:\n\tv2 = ld u32 [v0+0]\n\tv3 = sext32 v2\n\tret v3\n");
}

Test(ir, addresses)
{
	int p = val(IR_ADD, ir_reg(0), ir_imm(16));
	p = val(IR_ADD, ir_reg(p), ir_imm(8));
	int x = val(IR_LD, ir_reg(p), ir_none());
	ir_last(b)->off = 4;
	cr_assert_str_eq(simplified(x), "L0:\n\tv4 = ld u64 [v0+28]\n\tret v4\n");
}

Test(ir, stores_cut_off_by_themselves)
{
	int x = sized(IR_ZEXT, 4, ir_reg(1));
	ir_insn_t *i = ir_emit(b, IR_ST);
	i->a = ir_reg(0), i->b = ir_reg(x), i->size = 2;
	ret(ir_imm(0));
	simplify();
	cr_assert_str_eq(dumped(), "L0:\n\tst u16 [v0+0], v1\n\tret 0\n");
}

Test(ir, a_condition_on_a_condition)
{
	ir_block_t *t = block(), *e = block();
	int s = val(IR_SET, ir_reg(0), ir_imm(5));
	ir_last(b)->cc = IR_ULT;
	int n = val(IR_SET, ir_reg(s), ir_imm(0));
	branch(IR_NE, ir_reg(n), ir_imm(0), t, e);
	enter(t);
	ret(ir_imm(1));
	enter(e);
	ret(ir_imm(2));
	simplify();
	cr_assert_str_eq(dumped(), "L0:\n\tbr v0 >= 5 ? L1 : L2\nL1:\n\tret 1\nL2:\n\tret 2\n");
}

Test(ir, bit_test)
{
	ir_block_t *t = block(), *e = block();
	int s = val(IR_AND, ir_reg(0), ir_imm(4));
	branch(IR_EQ, ir_reg(s), ir_imm(0), t, e);
	enter(t);
	ret(ir_imm(1));
	enter(e);
	ret(ir_imm(2));
	simplify();
	cr_assert_str_eq(dumped(), "L0:\n\tbr v0 & 4 ? L2 : L1\nL1:\n\tret 1\nL2:\n\tret 2\n");
}

Test(ir, constant_branch_leaves_one_block)
{
	ir_block_t *t = block(), *e = block(), *join = block();
	int m = ir_newreg(f);
	branch(IR_UGT, ir_imm(-1), ir_imm(1), t, e);
	enter(t);
	ir_emit(b, IR_MOV)->dst = m, ir_last(b)->a = ir_reg(0);
	jump(join);
	enter(e);
	ir_emit(b, IR_MOV)->dst = m, ir_last(b)->a = ir_imm(9);
	jump(join);
	enter(join);
	ret(ir_reg(m));
	simplify();
	simplify(); /* one definition is left: now it is a copy */
	cr_assert_str_eq(dumped(), "L0:\n\tret v0\n");
}

/* (x && y) as a value, tested: no value is left. */
Test(ir, jumps_past_a_test_of_a_constant)
{
	ir_block_t *second = block(), *no = block(), *yes = block(), *join = block(), *t = block(),
		   *e = block();
	int m = ir_newreg(f);
	branch(IR_NE, ir_reg(0), ir_imm(0), second, no);
	enter(second);
	branch(IR_NE, ir_reg(1), ir_imm(0), yes, no);
	enter(yes);
	ir_emit(b, IR_MOV)->dst = m, ir_last(b)->a = ir_imm(1);
	jump(join);
	enter(no);
	ir_emit(b, IR_MOV)->dst = m, ir_last(b)->a = ir_imm(0);
	jump(join);
	enter(join);
	branch(IR_NE, ir_reg(m), ir_imm(0), t, e);
	enter(t);
	ret(ir_imm(1));
	enter(e);
	ret(ir_imm(2));
	simplify();
	simplify();
	cr_assert_str_eq(dumped(), "L0:\n\tbr v0 != 0 ? L1 : L3\nL1:\n\tbr v1 != 0 ? L2 : L3\n"
				   "L2:\n\tret 1\nL3:\n\tret 2\n");
}

static int
pid_call(bool pure)
{
	int r = val(IR_CALL, ir_none(), ir_none());
	ir_last(b)->imm = BPF_FUNC_get_current_pid_tgid;
	ir_last(b)->pure = pure;
	return r;
}

Test(ir, pure_values_are_shared)
{
	int x = pid_call(true), y = pid_call(true);
	int p = val(IR_RSH, ir_reg(x), ir_imm(32)), q = val(IR_RSH, ir_reg(y), ir_imm(32));
	cr_assert_str_eq(simplified(val(IR_MUL, ir_reg(p), ir_reg(q))),
			 "L0:\n\tv2 = call 14() pure\n\tv4 = rsh v2, 32\n\tv6 = mul v4, v4\n\tret v6\n");
}

Test(ir, others_are_not_shared_and_stay)
{
	int x = pid_call(false), y = pid_call(false);
	(void)x;
	cr_assert_str_eq(simplified(y), "L0:\n\tv2 = call 14()\n\tv3 = call 14()\n\tret v3\n");
}

Test(ir, sharing_wants_dominance)
{
	ir_block_t *t = block(), *e = block();
	branch(IR_EQ, ir_reg(0), ir_imm(0), t, e);
	enter(t);
	int x = val(IR_ADD, ir_reg(0), ir_reg(1));
	ret(ir_reg(x));
	enter(e);
	int y = val(IR_ADD, ir_reg(1), ir_reg(0));
	ret(ir_reg(y));
	simplify();
	cr_assert_str_eq(dumped(), "L0:\n\tbr v0 == 0 ? L1 : L2\nL1:\n\tv2 = add v0, v1\n\tret v2\n"
				   "L2:\n\tv3 = add v1, v0\n\tret v3\n");
}

Test(ir, a_condition_is_known_behind_its_branch)
{
	ir_block_t *t = block(), *e = block(), *tt = block();
	branch(IR_ULT, ir_reg(0), ir_reg(1), t, e);
	enter(t);
	branch(IR_ULE, ir_reg(1), ir_reg(0), e, tt); /* the opposite: never */
	enter(tt);
	ret(ir_imm(1));
	enter(e);
	ret(ir_imm(2));
	simplify();
	cr_assert_str_eq(dumped(), "L0:\n\tbr v0 < v1 ? L1 : L2\nL1:\n\tret 1\nL2:\n\tret 2\n");
}

Test(ir, several_definitions_are_opaque)
{
	ir_block_t *t = block(), *join = block();
	int m = val(IR_MOV, ir_imm(3), ir_none());
	int x = val(IR_ADD, ir_reg(m), ir_reg(0));
	branch(IR_EQ, ir_reg(0), ir_imm(0), t, join);
	enter(t);
	ir_emit(b, IR_MOV)->dst = m, ir_last(b)->a = ir_reg(1);
	jump(join);
	enter(join);
	int y = val(IR_ADD, ir_reg(m), ir_reg(0));
	int z = val(IR_SUB, ir_reg(x), ir_reg(y));
	ret(ir_reg(z));
	simplify();
	cr_assert_str_eq(dumped(), "L0:\n\tv2 = mov 3\n\tv3 = add v2, v0\n\tbr v0 == 0 ? L1 : L2\n"
				   "L1:\n\tv2 = mov v1\n\tjmp L2\n"
				   "L2:\n\tv4 = add v2, v0\n\tv5 = sub v3, v4\n\tret v5\n");
}

Test(ir, legal_is_final)
{
	ir_insn_t *i = ir_emit(b, IR_CAS);
	i->a = ir_reg(0), i->b = ir_imm(1), i->c = ir_imm(2), i->size = 4;
	int x = val(IR_UDIV, ir_imm(1LL << 40), ir_imm(0));
	ret(ir_reg(x));
	ir_pass_legal(f);
	cr_assert_null(ir_verify(f));
	char *once = strdup(dumped());
	cr_assert(strstr(once, "cas u32 [v0+0]"));
	ir_pass_legal(f);
	cr_assert_str_eq(dumped(), once);
	free(once);
}

/* ---- verify */

Test(ir, verify_finds_a_missing_end)
{
	val(IR_MOV, ir_imm(1), ir_none());
	cr_assert(strstr(ir_verify(f), "does not end"));
}

Test(ir, verify_finds_an_undefined_path)
{
	ir_block_t *t = block(), *join = block();
	int m = ir_newreg(f);
	branch(IR_EQ, ir_reg(0), ir_imm(0), t, join);
	enter(t);
	ir_emit(b, IR_MOV)->dst = m, ir_last(b)->a = ir_imm(1);
	jump(join);
	enter(join);
	ret(ir_reg(m));
	cr_assert(strstr(ir_verify(f), "does not define"));
}

Test(ir, verify_finds_a_jump_back)
{
	ir_block_t *t = block();
	jump(t);
	enter(t);
	jump(t);
	cr_assert(strstr(ir_verify(f), "backwards"));
}

Test(ir, verify_finds_wrong_operands)
{
	ir_emit(b, IR_ADD)->dst = ir_newreg(f);
	ret(ir_imm(0));
	cr_assert(strstr(ir_verify(f), "operand"));
}

/* ---- everything at once */

typedef void pass_f(ir_func_t *);

static void
same_after(pass_f *pass, const char *name)
{
	for (uint64_t seed = 1; seed <= 500; seed++) {
		sample_t s = random_sample(seed), ref = random_sample(seed);
		cr_assert_null(ir_verify(s.main), "seed %d: %s", (int)seed, ir_verify(s.main));
		pass(s.main);
		pass(s.fn);
		cr_assert_null(ir_verify(s.main), "seed %d after %s: %s", (int)seed, name, ir_verify(s.main));
		for (int run = 0; run < 12; run++) {
			struct world want = run_sample(ref.main, ref.fn, NULL, seed, run);
			struct world got = run_sample(s.main, s.fn, NULL, seed, run);
			cr_assert(!memcmp(&want, &got, sizeof(want)), "seed %d, run %d: %s changed the result",
				  (int)seed, run, name);
		}
		free_sample(s);
		free_sample(ref);
	}
}

Test(ir, random_fold, .timeout = 60)
{
	same_after(ir_pass_fold, "fold");
}
Test(ir, random_gvn, .timeout = 60)
{
	same_after(ir_pass_gvn, "gvn");
}
Test(ir, random_dce, .timeout = 60)
{
	same_after(ir_pass_dce, "dce");
}
Test(ir, random_legal, .timeout = 60)
{
	same_after(ir_pass_legal, "legal");
}
Test(ir, random_optimize, .timeout = 60)
{
	same_after(ir_optimize, "optimize");
}
