/* test_insn.c - lengths of instructions, and which of them take no breakpoint: libdtrace/process/insn.h. */
#include <criterion/criterion.h>

#include "libdtrace/process/insn.h"

#ifdef __x86_64__

static const struct {
	int length;
	const char *code;
	size_t n;
	bool refused;
} known[] = {
#define I(length, refused, code)                                                                               \
	{                                                                                                      \
		length, code, sizeof(code) - 1, refused                                                        \
	}
    I(1, false, "\x55"),                                      /* push %rbp */
    I(3, false, "\x48\x89\xe5"),                              /* mov %rsp,%rbp */
    I(4, false, "\xf3\x0f\x1e\xfa"),                          /* endbr64 */
    I(5, false, "\xe8\x19\x00\x00\x00"),                      /* call */
    I(5, false, "\xb8\x01\x00\x00\x00"),                      /* mov $1,%eax */
    I(4, false, "\x66\xb8\x01\x00"),                          /* mov $1,%ax */
    I(10, false, "\x48\xb8\x01\x02\x03\x04\x05\x06\x07\x08"), /* movabs */
    I(9, false, "\xa1\x01\x02\x03\x04\x05\x06\x07\x08"),      /* mov moffs,%eax */
    I(3, false, "\xf6\xc1\x01"),                              /* test $1,%cl */
    I(2, false, "\xf6\xd1"),                                  /* not %cl */
    I(6, false, "\xf7\xc1\x01\x00\x00\x00"),                  /* test $1,%ecx */
    I(7, false, "\x8b\x84\x24\x88\x00\x00\x00"),              /* mov 0x88(%rsp),%eax */
    I(7, false, "\x48\x8b\x05\x01\x02\x03\x04"),              /* mov x(%rip),%rax */
    I(8, false, "\x48\x8b\x04\x25\x01\x02\x03\x04"),          /* mov 0x4030201,%rax */
    I(6, false, "\x0f\x84\x01\x02\x03\x04"),                  /* je */
    I(4, false, "\x0f\x70\xc1\x1b"),                          /* pshufw */
    I(5, false, "\x66\x0f\x38\x00\xc1"),                      /* pshufb */
    I(6, false, "\x66\x0f\x3a\x0f\xc1\x08"),                  /* palignr */
    I(4, true, "\xc5\xf9\xef\xc0"),                           /* vpxor: out */
    I(3, false, "\xc5\xf8\x77"),                              /* vzeroupper */
    I(4, true, "\xc5\xf9\x6e\xc6"),                           /* vmovd: as the kernel sees it, outsb */
    I(6, false, "\xc4\xe3\x7d\x39\xc1\x01"),                  /* vextracti128 */
    I(6, true, "\x62\xf1\x7d\x48\xef\xc0"),                   /* vpxord */
    I(4, false, "\xc8\x10\x00\x01"),                          /* enter */
    I(3, false, "\xc2\x08\x00"),                              /* ret $8 */
    I(2, false, "\xf3\xc3"),                                  /* rep ret */
    I(10, true, "\x66\x2e\x0f\x1f\x84\x00\x00\x00\x00\x00"),  /* cs nopw */
    I(4, true, "\xf0\xff\x45\xfc"),                           /* lock incl */
    I(9, false, "\x64\x48\x8b\x04\x25\x28\x00\x00\x00"),      /* mov %fs:0x28,%rax */
    I(1, true, "\xcc"),                                       /* int3 */
    I(2, true, "\xcd\x80"),                                   /* int $0x80 */
    I(1, true, "\xf4"),                                       /* hlt */
#undef I
};

Test(insn, known)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		dt_insn_t in = {0};
		int want = known[i].length;
		cr_assert(dt_insn_decode((const uint8_t *)known[i].code, known[i].n, &in), "%zu", i);
		cr_expect_eq(in.length, want, "%zu: %d, not %d", i, in.length, want);
		cr_expect_eq(in.refused, known[i].refused, "%zu", i);
		cr_expect_not(dt_insn_decode((const uint8_t *)known[i].code, (size_t)want - 1, &in),
			      "%zu, cut off", i);
	}
}

Test(insn, none)
{
	static const char *const codes[] = {"\x06", "\x0f\x04", "\x9a\x01\x02\x03\x04\x05\x06",
					    "\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66"};
	dt_insn_t in;
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		cr_expect_not(dt_insn_decode((const uint8_t *)codes[i], strlen(codes[i]), &in), "%zu", i);
	cr_expect_not(dt_insn_decode((const uint8_t *)"", 0, &in));
}

#endif
