/* test_runtime_memory.c - alloca, copyin, bcopy and the store check, on the live kernel. */
/* rows: S1 S2 S3 S5 */
#include "rt_model.h"

TestSuite(runtime_memory, .init = rt_setup, .fini = rt_teardown);

static const uint64_t BAD = 0xffff800000000000ULL - 4096;

static void
check_fault(const char *name, int64_t r, int fault, uint64_t value)
{
	cr_assert_eq(r, DT_RT_FAULT(fault), "%s: %ld", name, (long)r);
	cr_assert_eq(env->s->illval, value, "%s: value %lx", name, env->s->illval);
}

/* Kernel address of s->user: the one address of which byte 0 is owned. */
static uint64_t
user_base(void)
{
	static uint64_t base;
	if (base)
		return base;
	bpf_code_t c = {0};
	rt_emit_mapval(&c, 1, MAP_SCRATCH, 0);
	rt_emit_mapval(&c, 2, MAP_IO, 0);
	rt_emit(&c, STX8(2, 1, offsetof(struct rt_io, result)));
	rt_emit(&c, MOVI(0, 0));
	rt_emit(&c, EXIT);
	int fd = rt_load_main(env, &c);
	cr_assert(fd >= 0, "%s", env->dtp.errmsg);
	rt_run(fd);
	close(fd);
	return base = env->io->result + offsetof(struct dt_scratch, user);
}

Test(runtime_memory, alloca_hands_out_cleared_blocks)
{
	memset(env->s->user, 'u', DT_USER);
	env->s->top = 0;
	check_num("alloca", call("dt_alloca", 5, 0, 0, 0), 0);
	cr_assert_eq(env->s->top, 8);
	cr_assert(!memcmp(env->s->user, "\0\0\0\0\0uuu", 8));
	check_num("alloca", call("dt_alloca", 8, 0, 0, 0), 8);
	cr_assert_eq(env->s->top, 24, "a byte more than asked for");
	check_num("alloca", call("dt_alloca", 0, 0, 0, 0), 24);
	cr_assert_eq(env->s->top, 32);
	check_fault("alloca", call("dt_alloca", DT_USER - 32, 0, 0, 0), DTRACEFLT_NOSCRATCH, 0);
	check_fault("alloca", call("dt_alloca", ~0ULL, 0, 0, 0), DTRACEFLT_NOSCRATCH, 0);
	check_fault("alloca", call("dt_alloca", ~0ULL - 8, 0, 0, 0), DTRACEFLT_NOSCRATCH, 0);
	cr_assert_eq(env->s->top, 32);
	check_num("alloca", call("dt_alloca", DT_USER - 40, 0, 0, 0), 32);
	cr_assert_eq(env->s->top, DT_USER);
	check_fault("alloca", call("dt_alloca", 0, 0, 0, 0), DTRACEFLT_NOSCRATCH, 0);
}

Test(runtime_memory, own_is_what_was_handed_out)
{
	uint64_t base = user_base();
	env->s->top = 64;
	check_num("own", call("dt_own", base, 1, 0, 0), 0);
	check_num("own", call("dt_own", base + 63, 1, 0, 0), 63);
	check_num("own", call("dt_own", base + 56, 8, 0, 0), 56);
	check_num("own", call("dt_own", base + 64, 0, 0, 0), 64);
	check_fault("behind", call("dt_own", base + 64, 1, 0, 0), DTRACEFLT_BADADDR, base + 64);
	check_fault("across", call("dt_own", base + 57, 8, 0, 0), DTRACEFLT_BADADDR, base + 57);
	check_fault("before", call("dt_own", base - 1, 1, 0, 0), DTRACEFLT_BADADDR, base - 1);
	check_fault("null", call("dt_own", 0, 1, 0, 0), DTRACEFLT_BADADDR, 0);
	check_fault("kernel", call("dt_own", BAD, 1, 0, 0), DTRACEFLT_BADADDR, BAD);
	check_fault("size", call("dt_own", base, ~0ULL, 0, 0), DTRACEFLT_BADADDR, base);
	env->s->top = 0;
	check_fault("nothing", call("dt_own", base, 1, 0, 0), DTRACEFLT_BADADDR, base);
}

Test(runtime_memory, bcopy_copies_forward)
{
	uint64_t base = user_base();
	env->s->top = 256;
	memset(env->s->user, '.', DT_USER);
	check_num("bcopy", call("dt_bcopy", text(0, "hello"), base + 8, 6, 0), 0);
	cr_assert_str_eq(env->s->user + 8, "hello");
	cr_assert_eq(env->s->user[7], '.');
	cr_assert_eq(env->s->user[14], '.');
	check_num("overlap", call("dt_bcopy", base + 8, base + 9, 5, 0), 0);
	cr_assert(!memcmp(env->s->user + 8, "hhhhhh", 6), "the first byte spreads: \"%.8s\"", env->s->user + 8);
	memcpy(env->s->user, "abcdefgh", 8);
	check_num("down", call("dt_bcopy", base + 2, base, 6, 0), 0);
	cr_assert(!memcmp(env->s->user, "cdefghgh", 8));
	check_num("nothing", call("dt_bcopy", BAD, base, 0, 0), 0);
	check_fault("dst", call("dt_bcopy", text(0, "x"), text(1, "y"), 1, 0), DTRACEFLT_BADADDR,
		    env->text_addr + SLOT);
	check_fault("beyond", call("dt_bcopy", text(0, "x"), base + 250, 7, 0), DTRACEFLT_BADADDR, base + 250);
	check_fault("src", call("dt_bcopy", BAD, base, 8, 0), DTRACEFLT_BADADDR, BAD);
	check_fault("size", call("dt_bcopy", text(0, "x"), base, DT_USER + 1, 0), DTRACEFLT_BADSIZE,
		    DT_USER + 1);
	check_fault("size", call("dt_bcopy", text(0, "x"), base, ~0ULL, 0), DTRACEFLT_BADSIZE, ~0ULL);
}

Test(runtime_memory, copyin_reads_the_process)
{
	static const char mine[] = "some bytes of this process";
	uint64_t base = user_base(), addr = (uint64_t)(uintptr_t)mine;
	env->s->top = 0;
	memset(env->s->user, '.', DT_USER);
	check_num("copyin", call("dt_copyin", addr, 8, 0, 0), 0);
	cr_assert(!memcmp(env->s->user, "some byt\0", 9), "a NUL follows");
	cr_assert_eq(env->s->top, 16);
	check_num("copyin", call("dt_copyin", addr, sizeof(mine), 0, 0), 16);
	cr_assert_str_eq(env->s->user + 16, mine);
	check_fault("copyin", call("dt_copyin", 8, 8, 0, 0), DTRACEFLT_BADADDR, 8);
	check_fault("copyin", call("dt_copyin", addr, DT_USER, 0, 0), DTRACEFLT_NOSCRATCH, 0);
	env->s->top = 32;
	check_num("copyinto", call("dt_copyinto", addr + 5, 5, base + 3, 0), 0);
	cr_assert(!memcmp(env->s->user + 3, "bytes", 5));
	check_fault("copyinto", call("dt_copyinto", addr, 5, base + 28, 0), DTRACEFLT_BADADDR, base + 28);
	check_fault("copyinto", call("dt_copyinto", addr, DT_USER + 1, base, 0), DTRACEFLT_BADSIZE,
		    DT_USER + 1);
	check_fault("copyinto", call("dt_copyinto", 8, 5, base, 0), DTRACEFLT_BADADDR, 8);
}
