/*
 * test_emit.c - what bpf_emit makes: exact instructions for the sequences that matter,
 * limits and their messages, and several hundred random functions executed by the
 * kernel, where they must do what the IR says.
 */
#include "ir_random.h"

#include "../../libdtrace/bpf/bpf.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>

/* ---- text of emitted code */

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

static char text[65536];

static const char *
listing(const bpf_code_t *c)
{
	size_t n = 0;
	text[0] = '\0';
	for (int i = 0; i < c->insns.n;) {
		char line[128];
		i += bpf_disasm(c->insns.p, i, c->insns.n, line, sizeof(line));
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s\n", line);
	}
	return text;
}

static const char *
emitted(ir_func_t *f)
{
	bpf_code_t c;
	char err[256];
	cr_assert_null(ir_verify(f));
	cr_assert(bpf_emit(f, &c, err, sizeof(err)), "%s", err);
	cr_assert_eq(c.lines.n, c.insns.n);
	const char *s = listing(&c);
	bpf_code_free(&c);
	return s;
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

/* @ = count() of an active session: what clang makes of the same C. */
Test(emit, count)
{
	ir_block_t *b, *go, *bump, *out;
	ir_func_t *f = function(1, &b);
	go = ir_block_new(f, NULL);
	bump = ir_block_new(f, NULL);
	out = ir_block_new(f, NULL);
	int state = ir_newreg(f), act = ir_newreg(f), key = ir_newreg(f), map = ir_newreg(f), p = ir_newreg(f);
	int old = ir_newreg(f), new = ir_newreg(f), obj = ir_newobj(f, 4, 4);
	op(b, IR_MAPVAL, state, ir_none(), ir_none());
	op(b, IR_LD, act, ir_reg(state), ir_none())->size = 4;
	ir_insn_t *i = op(b, IR_BR, -1, ir_reg(act), ir_imm(2));
	i->cc = IR_EQ, i->t = go, i->f = out;
	ir_block_place(f, go);
	op(go, IR_OBJ, key, ir_none(), ir_none())->imm = obj;
	op(go, IR_ST, -1, ir_reg(key), ir_imm(0))->size = 4;
	op(go, IR_MAP, map, ir_none(), ir_none())->imm = 1;
	i = op(go, IR_CALL, p, ir_none(), ir_none());
	i->imm = BPF_FUNC_map_lookup_elem, i->nargs = 2, i->args[0] = ir_reg(map), i->args[1] = ir_reg(key);
	i = op(go, IR_BR, -1, ir_reg(p), ir_imm(0));
	i->cc = IR_NE, i->t = bump, i->f = out;
	ir_block_place(f, bump);
	op(bump, IR_LD, old, ir_reg(p), ir_none());
	op(bump, IR_ADD, new, ir_reg(old), ir_imm(1));
	op(bump, IR_ST, -1, ir_reg(p), ir_reg(new));
	op(bump, IR_JMP, -1, ir_none(), ir_none())->t = out;
	ir_block_place(f, out);
	op(out, IR_RET, -1, ir_imm(0), ir_none());
	ir_optimize(f);
	cr_assert_str_eq(emitted(f), "r0 = map[fd:0][0]+0\n"
				     "r0 = *(u32 *)(r0 +0)\n"
				     "if r0 != 2 goto +10\n"
				     "r2 = r10\n"
				     "r2 += -4\n"
				     "*(u32 *)(r10 -4) = 0\n"
				     "r1 = map[fd:0]\n"
				     "call bpf_map_lookup_elem#1\n"
				     "if r0 == 0 goto +3\n"
				     "r5 = *(u64 *)(r0 +0)\n"
				     "r5 += 1\n"
				     "*(u64 *)(r0 +0) = r5\n"
				     "r0 = 0\n"
				     "exit\n");
	ir_func_free(f);
}

/* The context survives a call in r6; arguments are made where they are wanted. */
Test(emit, context_over_call)
{
	ir_block_t *b;
	ir_func_t *f = function(1, &b);
	int ctx = ir_newreg(f), id = ir_newreg(f), pid = ir_newreg(f), arg = ir_newreg(f), sum = ir_newreg(f);
	op(b, IR_CTX, ctx, ir_none(), ir_none());
	op(b, IR_CALL, id, ir_none(), ir_none())->imm = BPF_FUNC_get_current_pid_tgid;
	op(b, IR_RSH, pid, ir_reg(id), ir_imm(32));
	op(b, IR_LD, arg, ir_reg(ctx), ir_none())->off = 8;
	op(b, IR_ADD, sum, ir_reg(pid), ir_reg(arg));
	op(b, IR_RET, -1, ir_reg(sum), ir_none());
	ir_optimize(f);
	cr_assert_str_eq(emitted(f), "r6 = r1\n"
				     "call bpf_get_current_pid_tgid#14\n"
				     "r0 >>= 32\n"
				     "r5 = *(u64 *)(r6 +8)\n"
				     "r0 += r5\n"
				     "exit\n");
	ir_func_free(f);
}

/* Arguments in the wrong order, all five in a ring. */
Test(emit, argument_cycle)
{
	ir_block_t *b;
	ir_func_t *f = function(5, &b);
	int r = ir_newreg(f);
	ir_insn_t *i = op(b, IR_FN, r, ir_none(), ir_none());
	i->imm = 1, i->nargs = 5;
	for (int k = 0; k < 5; k++)
		i->args[k] = ir_reg((k + 1) % 5);
	op(b, IR_RET, -1, ir_reg(r), ir_none());
	cr_assert_str_eq(emitted(f), "r0 = r2\nr2 = r3\nr3 = r4\nr4 = r5\nr5 = r1\nr1 = r0\ncall pc-1\nexit\n");
	ir_func_free(f);
}

Test(emit, relocations)
{
	ir_block_t *b;
	ir_func_t *f = function(1, &b);
	int m = ir_newreg(f), v = ir_newreg(f);
	bpf_code_t c;
	char err[256];
	op(b, IR_MAP, m, ir_none(), ir_none())->imm = 3;
	ir_insn_t *i = op(b, IR_RT, -1, ir_none(), ir_none());
	i->name = "strlen", i->nargs = 1, i->args[0] = ir_reg(m), i->line = 42;
	op(b, IR_FN, -1, ir_none(), ir_none())->imm = 2;
	i = op(b, IR_MAPVAL, v, ir_none(), ir_none());
	i->imm = 5, i->off = 24;
	op(b, IR_RET, -1, ir_reg(v), ir_none());
	cr_assert(bpf_emit(f, &c, err, sizeof(err)), "%s", err);
	cr_assert_eq(c.relocs.n, 4);
	cr_assert(c.relocs.p[0].kind == BPF_R_MAP && c.relocs.p[0].n == 3 && c.relocs.p[0].insn == 0);
	cr_assert(c.relocs.p[1].kind == BPF_R_RT && !strcmp(c.relocs.p[1].name, "strlen") &&
		  c.relocs.p[1].insn == 2);
	cr_assert(c.relocs.p[2].kind == BPF_R_FN && c.relocs.p[2].n == 2 && c.relocs.p[2].insn == 3);
	cr_assert(c.relocs.p[3].kind == BPF_R_MAPVAL && c.relocs.p[3].n == 5 && c.relocs.p[3].insn == 4);
	cr_assert_eq(c.insns.p[4].src_reg, BPF_PSEUDO_MAP_VALUE);
	cr_assert_eq(c.insns.p[5].imm, 24);
	cr_assert_eq(c.lines.p[2], 42);
	bpf_code_free(&c);
	ir_func_free(f);
}

Test(emit, too_much_stack)
{
	ir_block_t *b;
	ir_func_t *f = function(1, &b);
	int p = ir_newreg(f), q = ir_newreg(f);
	bpf_code_t c;
	char err[256] = "";
	op(b, IR_OBJ, p, ir_none(), ir_none())->imm = ir_newobj(f, 400, 8);
	op(b, IR_OBJ, q, ir_none(), ir_none())->imm = ir_newobj(f, 120, 8);
	ir_newobj(f, 4000, 8); /* never used: takes no room */
	ir_insn_t *i = op(b, IR_FN, -1, ir_none(), ir_none());
	i->nargs = 2, i->args[0] = ir_reg(p), i->args[1] = ir_reg(q);
	op(b, IR_RET, -1, ir_imm(0), ir_none());
	cr_assert_not(bpf_emit(f, &c, err, sizeof(err)));
	cr_assert(strstr(err, "520 bytes of stack"), "%s", err);
	bpf_code_free(&c);
	ir_func_free(f);
}

Test(emit, jump_too_long)
{
	ir_block_t *b, *mid, *end;
	ir_func_t *f = function(1, &b);
	mid = ir_block_new(f, NULL);
	end = ir_block_new(f, NULL);
	ir_insn_t *i = op(b, IR_BR, -1, ir_reg(0), ir_imm(0));
	i->t = end, i->f = mid;
	ir_block_place(f, mid);
	for (int k = 0; k < 32768; k++)
		op(mid, IR_CALL, -1, ir_none(), ir_none())->imm = 5;
	op(mid, IR_JMP, -1, ir_none(), ir_none())->t = end;
	ir_block_place(f, end);
	op(end, IR_RET, -1, ir_imm(0), ir_none());
	bpf_code_t c;
	char err[256] = "";
	cr_assert_not(bpf_emit(f, &c, err, sizeof(err)));
	cr_assert(strstr(err, "32768 instructions"), "%s", err);
	bpf_code_free(&c);
	ir_func_free(f);
}

Test(emit, far_offset_and_wide_constant)
{
	ir_block_t *b;
	ir_func_t *f = function(2, &b);
	int v = ir_newreg(f);
	op(b, IR_LD, v, ir_reg(0), ir_none())->off = 100000;
	op(b, IR_ST, -1, ir_reg(1), ir_imm(0x123456789abcLL));
	op(b, IR_ST, -1, ir_reg(1), ir_imm(0xffffffffLL))->size = 4;
	op(b, IR_RET, -1, ir_reg(v), ir_none());
	cr_assert_str_eq(emitted(f), "r1 += 100000\n"
				     "r0 = *(u64 *)(r1 +0)\n"
				     "r5 = 0x123456789abc\n"
				     "*(u64 *)(r2 +0) = r5\n"
				     "*(u32 *)(r2 +0) = -1\n"
				     "exit\n");
	ir_func_free(f);
}

/* Values that are not used at the same time share the stack. */
Test(emit, stack_is_shared)
{
	ir_block_t *b;
	ir_func_t *f = function(1, &b);
	bpf_code_t c;
	char err[256] = "";
	for (int k = 0; k < 100; k++) {
		int p = ir_newreg(f);
		op(b, IR_OBJ, p, ir_none(), ir_none())->imm = ir_newobj(f, 16, 8);
		op(b, IR_ST, -1, ir_reg(p), ir_imm(k));
		ir_insn_t *i = op(b, IR_FN, -1, ir_none(), ir_none());
		i->nargs = 1, i->args[0] = ir_reg(p);
	}
	op(b, IR_RET, -1, ir_imm(0), ir_none());
	cr_assert(bpf_emit(f, &c, err, sizeof(err)), "%s", err);
	cr_assert_eq(c.stack, 16);
	bpf_code_free(&c);
	ir_func_free(f);
}

/* ---- the kernel as judge */

static long
bpf(int cmd, union bpf_attr *attr)
{
	return syscall(SYS_bpf, cmd, attr, sizeof(*attr));
}

static int
make_map(void)
{
	union bpf_attr a = {.map_type = BPF_MAP_TYPE_ARRAY,
			    .key_size = 4,
			    .value_size = sizeof(struct world),
			    .max_entries = 1,
			    .map_flags = BPF_F_MMAPABLE};
	return (int)bpf(BPF_MAP_CREATE, &a);
}

static char vlog[1 << 20];

static int
load(struct bpf_insn *insns, int n, int level)
{
	union bpf_attr a = {.prog_type = BPF_PROG_TYPE_RAW_TRACEPOINT,
			    .insns = (uint64_t)(uintptr_t)insns,
			    .insn_cnt = (uint32_t)n,
			    .license = (uint64_t)(uintptr_t) "GPL",
			    .log_level = (uint32_t)level};
	if (level) {
		a.log_buf = (uint64_t)(uintptr_t)vlog;
		a.log_size = sizeof(vlog);
	}
	return (int)bpf(BPF_PROG_LOAD, &a);
}

/* main and its function one after the other, with calls and the map resolved. */
static int
join(const bpf_code_t *main, const bpf_code_t *fn, int mapfd, struct bpf_insn **out)
{
	bool calls = false;
	*out = calloc((size_t)(main->insns.n + fn->insns.n), sizeof(**out));
	memcpy(*out, main->insns.p, sizeof(**out) * (size_t)main->insns.n);
	memcpy(*out + main->insns.n, fn->insns.p, sizeof(**out) * (size_t)fn->insns.n);
	for (int k = 0; k < main->relocs.n; k++) {
		const bpf_reloc_t *r = &main->relocs.p[k];
		(*out)[r->insn].imm = r->kind == BPF_R_FN ? main->insns.n - r->insn - 1 : mapfd;
		calls |= r->kind == BPF_R_FN;
	}
	cr_assert_eq(fn->relocs.n, 0);
	/* The verifier refuses a function nobody calls. */
	return main->insns.n + (calls ? fn->insns.n : 0);
}

static void
execute(int fd, struct world *shared, struct world *w)
{
	memcpy(shared, w, sizeof(*w));
	union bpf_attr a = {0};
	a.test.prog_fd = (uint32_t)fd;
	a.test.ctx_in = (uint64_t)(uintptr_t)w->ctx;
	a.test.ctx_size_in = sizeof(w->ctx);
	cr_assert_eq(bpf(BPF_PROG_TEST_RUN, &a), 0, "BPF_PROG_TEST_RUN: %s", strerror(errno));
	memcpy(w, shared, sizeof(*w));
}

static void
dump_sample(uint64_t seed, bool optimized)
{
	sample_t s = random_sample(seed);
	if (optimized)
		ir_optimize(s.main);
	ir_dump(s.main, stderr);
	ir_dump(s.fn, stderr);
	free_sample(s);
}

/* Until 6.12 the stack of a function and of what it calls is 512 bytes together, in steps of 32. */
static bool
stack_may_not_do(const bpf_code_t *main, const bpf_code_t *fn)
{
	return (main->stack + 31) / 32 + (fn->stack + 31) / 32 > 512 / 32;
}

static void
try_sample(uint64_t seed, bool optimized, int mapfd, struct world *shared)
{
	sample_t s = random_sample(seed), ref = random_sample(seed);
	bpf_code_t main, fn;
	struct bpf_insn *insns;
	char err[256];
	if (optimized) {
		ir_optimize(s.main);
		ir_optimize(s.fn);
	}
	cr_assert(bpf_emit(s.main, &main, err, sizeof(err)), "seed %llu: %s", (unsigned long long)seed, err);
	cr_assert(bpf_emit(s.fn, &fn, err, sizeof(err)), "seed %llu: %s", (unsigned long long)seed, err);
	int n = join(&main, &fn, mapfd, &insns), fd = load(insns, n, 0);
	if (fd < 0) {
		int e = errno;
		load(insns, n, 1);
		if (stack_may_not_do(&main, &fn) && strstr(vlog, "combined stack size"))
			goto out;
		size_t len = strlen(vlog);
		dump_sample(seed, optimized);
		cr_assert_fail("seed %llu, %s: not loaded: %s\n...%s", (unsigned long long)seed,
			       optimized ? "optimized" : "plain", strerror(e),
			       vlog + (len > 1500 ? len - 1500 : 0));
	}
	for (int run = 0; run < 8; run++) {
		struct world want = run_sample(ref.main, ref.fn, NULL, seed, run),
			     got = random_world(seed, run);
		execute(fd, shared, &got);
		if (memcmp(&want, &got, sizeof(want)) != 0) {
			dump_sample(seed, optimized);
			fputs(listing(&main), stderr);
			cr_assert_fail("seed %llu, %s, run %d: result 0x%llx, wanted 0x%llx",
				       (unsigned long long)seed, optimized ? "optimized" : "plain", run,
				       (unsigned long long)got.result, (unsigned long long)want.result);
		}
	}
	close(fd);
out:
	free(insns);
	bpf_code_free(&main);
	bpf_code_free(&fn);
	free_sample(s);
	free_sample(ref);
}

Test(emit, kernel_agrees, .timeout = 120)
{
	int mapfd = make_map();
	if (mapfd < 0 && (errno == EPERM || errno == ENOSYS)) {
		fprintf(stderr, "emit::kernel_agrees: skipped: bpf(2) is not permitted here: %s\n",
			strerror(errno));
		return;
	}
	cr_assert_geq(mapfd, 0, "BPF_MAP_CREATE: %s", strerror(errno));
	struct world *shared = mmap(NULL, sizeof(struct world), PROT_READ | PROT_WRITE, MAP_SHARED, mapfd, 0);
	cr_assert_neq(shared, MAP_FAILED);
	const char *from = getenv("DT_SEED"), *count = getenv("DT_SEEDS");
	uint64_t first = from ? strtoull(from, NULL, 0) : 1, n = count ? strtoull(count, NULL, 0) : 400;
	for (uint64_t seed = first; seed < first + n; seed++) {
		try_sample(seed, false, mapfd, shared);
		try_sample(seed, true, mapfd, shared);
	}
	munmap(shared, sizeof(*shared));
	close(mapfd);
}
