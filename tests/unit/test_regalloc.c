/*
 * test_regalloc.c - register allocation: random functions run on ten machine registers, which calls
 * destroy as the kernel does, and give what they gave on virtual ones; particular choices; speed.
 */
#include "ir_random.h"

#include "../../libdtrace/bpf/bpf.h"

#include <criterion/criterion.h>
#include <time.h>

static ir_insn_t *
op(ir_block_t *b, ir_op_t o, int dst, ir_opnd_t a, ir_opnd_t x)
{
	ir_insn_t *i = ir_emit(b, o);
	i->dst = dst;
	i->a = a;
	i->b = x;
	i->size = 8;
	return i;
}

static ir_func_t *
function(int nparams, ir_block_t **b)
{
	ir_func_t *f = ir_func_new("f", nparams);
	f->is_main = true;
	*b = ir_block_new(f, NULL);
	ir_block_place(f, *b);
	return f;
}

static ra_result_t *
allocated(ir_func_t *f)
{
	ir_pass_legal(f);
	ra_result_t *ra = ra_allocate(f);
	cr_assert_not_null(ra);
	cr_assert_null(ir_verify(f));
	return ra;
}

static void
call(ir_block_t *b, int dst)
{
	op(b, IR_CALL, dst, ir_none(), ir_none())->imm = BPF_FUNC_get_current_pid_tgid;
}

Test(regalloc, same_results_on_machine_registers, .timeout = 120)
{
	int spilled = 0;
	for (uint64_t seed = 1; seed <= 600; seed++) {
		sample_t s = random_sample(seed), ref = random_sample(seed);
		if (seed % 2)
			ir_optimize(s.main);
		ra_result_t *ra = allocated(s.main);
		spilled += ra->nspills > 0;
		for (int run = 0; run < 8; run++) {
			struct world want = run_sample(ref.main, ref.fn, NULL, seed, run);
			struct world got = run_sample(s.main, ref.fn, ra->reg, seed, run);
			if (memcmp(&want, &got, sizeof(want)) != 0) {
				ir_dump(s.main, stderr);
				cr_assert_fail("seed %d, run %d", (int)seed, run);
			}
		}
		ra_free(ra);
		free_sample(s);
		free_sample(ref);
	}
	cr_assert_gt(spilled, 100, "only %d samples spilled", spilled);
}

Test(regalloc, over_a_call_in_a_saved_register)
{
	ir_block_t *b;
	ir_func_t *f = function(1, &b);
	int v = ir_newreg(f), w = ir_newreg(f), sum = ir_newreg(f);
	op(b, IR_LD, v, ir_reg(0), ir_none());
	call(b, w);
	op(b, IR_ADD, sum, ir_reg(v), ir_reg(w));
	op(b, IR_RET, -1, ir_reg(sum), ir_none());
	ra_result_t *ra = allocated(f);
	cr_assert_eq(ra->reg[0], 1);
	cr_assert_geq(ra->reg[v], 6);
	cr_assert_eq(ra->reg[w], 0);
	cr_assert_eq(ra->nspills, 0);
	ra_free(ra);
	ir_func_free(f);
}

/* Five values over a call, four registers: the one with the longest life per use goes to the stack. */
Test(regalloc, spills_the_cheapest)
{
	ir_block_t *b;
	ir_func_t *f = function(1, &b);
	int v[5];
	for (int k = 0; k < 5; k++) {
		v[k] = ir_newreg(f);
		op(b, IR_LD, v[k], ir_reg(0), ir_none())->off = 8 * k;
	}
	call(b, -1);
	for (int k = 4; k > 0; k--)
		op(b, IR_FN, -1, ir_none(), ir_none())->nargs = 1, ir_last(b)->args[0] = ir_reg(v[k]);
	op(b, IR_RET, -1, ir_reg(v[0]), ir_none());
	ra_result_t *ra = allocated(f);
	cr_assert_eq(ra->nspills, 1);
	cr_assert_eq(ra->reg[v[0]], -1);
	cr_assert_eq(f->objs.n, 1);
	ra_free(ra);
	ir_func_free(f);
}

/* A value checked against a bound and then used as an index, in a slot because of a call: behind the check it
 * is stored again, for verifiers that learn only of the register the check has seen. */
Test(regalloc, a_bound_reaches_the_slot)
{
	ir_block_t *b;
	ir_func_t *f = function(1, &b);
	ir_block_t *bad = ir_block_new(f, NULL), *ok = ir_block_new(f, NULL);
	int v[5], off = ir_newreg(f);
	for (int k = 0; k < 5; k++) {
		v[k] = ir_newreg(f);
		op(b, IR_LD, v[k], ir_reg(0), ir_none())->off = 8 * k;
	}
	call(b, -1);
	for (int k = 4; k > 0; k--)
		op(b, IR_FN, -1, ir_none(), ir_none())->nargs = 1, ir_last(b)->args[0] = ir_reg(v[k]);
	ir_insn_t *br = op(b, IR_BR, -1, ir_reg(v[0]), ir_imm(4));
	br->cc = IR_UGE, br->keep = true, br->t = bad, br->f = ok;
	ir_block_place(f, bad);
	op(bad, IR_RET, -1, ir_imm(0), ir_none());
	ir_block_place(f, ok);
	op(ok, IR_ADD, off, ir_reg(v[0]), ir_imm(1));
	op(ok, IR_RET, -1, ir_reg(off), ir_none());
	ra_result_t *ra = allocated(f);
	cr_assert_eq(ra->reg[v[0]], -1);
	br = ir_last(b);
	cr_assert_eq(br->t, bad);
	cr_assert_neq(br->f, ok);
	const ir_insn_t *load = &b->insns.p[b->insns.n - 2], *st = &br->f->insns.p[0];
	cr_assert_eq(load->op, IR_LD);
	cr_assert_eq(st->op, IR_ST);
	cr_assert_eq(st->a.imm, load->a.imm);
	cr_assert_eq(st->b.reg, br->a.reg);
	cr_assert_eq(ir_last(br->f)->t, ok);
	ra_free(ra);
	ir_func_free(f);
}

/* Constants and addresses are made again behind a call: no register, no slot. */
Test(regalloc, remakes_addresses)
{
	ir_block_t *b;
	ir_func_t *f = function(0, &b);
	int v[12];
	for (int k = 0; k < 12; k++) {
		v[k] = ir_newreg(f);
		op(b, IR_MAPVAL, v[k], ir_none(), ir_none())->off = 8 * k;
	}
	for (int k = 0; k < 12; k++)
		op(b, IR_FN, -1, ir_none(), ir_none())->nargs = 1, ir_last(b)->args[0] = ir_reg(v[k]);
	op(b, IR_RET, -1, ir_imm(0), ir_none());
	ra_result_t *ra = allocated(f);
	cr_assert_eq(ra->nspills, 0);
	cr_assert_eq(b->insns.n, 25);
	ra_free(ra);
	ir_func_free(f);
}

Test(regalloc, compare_and_exchange_needs_r0)
{
	ir_block_t *b;
	ir_func_t *f = function(3, &b);
	int id = ir_newreg(f), old = ir_newreg(f), sum = ir_newreg(f);
	op(b, IR_LD, id, ir_reg(0), ir_none());
	op(b, IR_CAS, old, ir_reg(1), ir_reg(id))->c = ir_reg(2);
	op(b, IR_ADD, sum, ir_reg(old), ir_reg(id));
	op(b, IR_RET, -1, ir_reg(sum), ir_none());
	ra_result_t *ra = allocated(f);
	cr_assert_neq(ra->reg[id], 0);
	cr_assert_eq(ra->reg[old], 0);
	ra_free(ra);
	ir_func_free(f);
}

static double
seconds(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec * 1e-9;
}

/* n clauses, each with its own test, call and branch out to one common end, sharing some values. */
static ir_func_t *
clauses(int n)
{
	ir_block_t *b, *end;
	ir_func_t *f = function(1, &b);
	end = ir_block_new(f, "end");
	int first = ir_newreg(f);
	op(b, IR_LD, first, ir_reg(0), ir_none());
	for (int k = 0; k < n; k++) {
		ir_block_t *body = ir_block_new(f, "body"), *next = ir_block_new(f, "next");
		int x = ir_newreg(f), id = ir_newreg(f), p = ir_newreg(f), y = ir_newreg(f), z = ir_newreg(f);
		op(b, IR_LD, x, ir_reg(0), ir_none())->off = 8 * (k % 20), ir_last(b)->pure = true;
		ir_insn_t *i = op(b, IR_BR, -1, ir_reg(x), ir_imm(k));
		i->cc = IR_UGT, i->t = body, i->f = next;
		b = body;
		ir_block_place(f, b);
		call(b, id);
		ir_last(b)->pure = true;
		op(b, IR_MAPVAL, p, ir_none(), ir_none())->off = 8 * k;
		op(b, IR_ADD, y, ir_reg(id), ir_reg(first));
		op(b, IR_XOR, z, ir_reg(y), ir_reg(x));
		op(b, IR_ST, -1, ir_reg(p), ir_reg(z));
		i = op(b, IR_BR, -1, ir_reg(z), ir_imm(k));
		i->t = end, i->f = next;
		b = next;
		ir_block_place(f, b);
	}
	op(b, IR_JMP, -1, ir_none(), ir_none())->t = end;
	ir_block_place(f, end);
	op(end, IR_RET, -1, ir_imm(0), ir_none());
	cr_assert_null(ir_verify(f));
	return f;
}

static double
compile_time(int n)
{
	double best = 1e9;
	for (int k = 0; k < 3; k++) {
		ir_func_t *f = clauses(n);
		bpf_code_t c;
		char err[256];
		double t = seconds();
		ir_optimize(f);
		cr_assert(bpf_emit(f, &c, err, sizeof(err)), "%s", err);
		t = seconds() - t;
		best = t < best ? t : best;
		bpf_code_free(&c);
		ir_func_free(f);
	}
	return best;
}

/* Time grows with the size of the program, not with its square. */
Test(regalloc, speed)
{
	double small = compile_time(500), large = compile_time(3000);
	fprintf(stderr, "compile: 500 clauses %.2f ms, 3000 clauses %.2f ms\n", small * 1e3, large * 1e3);
	cr_assert_lt(large, 18 * small + 1e-3);
}
