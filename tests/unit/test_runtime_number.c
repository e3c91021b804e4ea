/* test_runtime_number.c - the numeric routines on the live kernel, and what all routines cost. */
#include "rt_model.h"

#include <stdlib.h>

#include "libdtrace/runtime/llquantize.h"

TestSuite(runtime_number, .init = rt_setup, .fini = rt_teardown);

static const char *
model_lltostr(int64_t v, int base)
{
	static char out[80];
	char digits[72];
	int n = 0;
	uint64_t u = base == 10 && v < 0 ? -(uint64_t)v : (uint64_t)v;
	do
		digits[n++] = "0123456789abcdefghijklmnopqrstuvwxyz"[u % base];
	while (u /= base);
	char *p = out;
	if (base == 10 && v < 0)
		*p++ = '-';
	if (base == 16)
		p = stpcpy(p, "0x");
	if (base == 8 && v)
		*p++ = '0';
	while (n)
		*p++ = digits[--n];
	*p = '\0';
	return out;
}

Test(runtime_number, lltostr_in_every_base)
{
	static const struct {
		int64_t v;
		int base;
		const char *want;
	} cases[] = {
	    {0, 10, "0"},
	    {-1, 10, "-1"},
	    {INT64_MIN, 10, "-9223372036854775808"},
	    {0, 16, "0x0"},
	    {-1, 16, "0xffffffffffffffff"},
	    {8, 8, "010"},
	    {0, 8, "0"},
	    {35, 36, "z"},
	    {INT64_MAX, 10, "9223372036854775807"},
	    {-1, 8, "01777777777777777777777"},
	    {5, 2, "101"},
	    {-1, 2, "1111111111111111111111111111111111111111111111111111111111111111"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_text("lltostr", call("dt_lltostr", DST, cases[i].v, cases[i].base, 256), cases[i].want,
			   256);
	for (int i = 0; i < 4000; i++) {
		int64_t v = (int64_t)rnd() >> rnd() % 64;
		int base = 2 + rnd() % 35;
		size_t size = sizes[i % 4];
		check_text("random lltostr", call("dt_lltostr", DST, v, base, size), model_lltostr(v, base),
			   size);
	}
	int64_t bad[] = {0, 1, 37, -10, INT64_MIN, 1LL << 32 | 10};
	for (int i = 0; i < 6; i++)
		cr_assert_eq(call("dt_lltostr", DST, 5, bad[i], 256), DT_RT_FAULT(DTRACEFLT_ILLOP), "base %ld",
			     (long)bad[i]);
}

static int64_t
call_num(const char *name, int64_t v, uint64_t b, uint64_t c, uint64_t d, uint64_t e)
{
	int fd = rt_prog(env, name, 'i');
	env->io->arg[0] = v;
	env->io->arg[1] = b;
	env->io->arg[2] = c;
	env->io->arg[3] = d;
	env->io->arg[4] = e;
	rt_run(fd);
	return env->io->result;
}

Test(runtime_number, quantize_puts_powers_of_two)
{
	check_is("zero", call_num("dt_quantize", 0, 0, 0, 0, 0), DT_QUANTIZE_ZERO);
	for (int k = 0; k < 63; k++) {
		int64_t p = 1LL << k;
		check_is("2^k", call_num("dt_quantize", p, 0, 0, 0, 0), 64 + k);
		check_is("-2^k", call_num("dt_quantize", -p, 0, 0, 0, 0), 62 - k);
		check_is("2^(k+1)-1", call_num("dt_quantize", p - 1 + p, 0, 0, 0, 0), 64 + k);
		check_is("-(2^(k+1)-1)", call_num("dt_quantize", -p + 1 - p, 0, 0, 0, 0), 62 - k);
	}
	check_is("least", call_num("dt_quantize", INT64_MIN, 0, 0, 0, 0), 0);
	check_is("greatest", call_num("dt_quantize", INT64_MAX, 0, 0, 0, 0), DT_QUANTIZE_NBUCKETS - 1);
}

/* A bucket by the words of the specification: the one farthest out whose label the value has reached. */
static int64_t
model_llquantize(int64_t v, uint64_t f, uint64_t low, uint64_t high, uint64_t steps)
{
	uint64_t n = dt_ll_nbuckets(f, low, high, steps);
	unsigned __int128 top = 1, size = v < 0 ? -(__int128)v : v;
	dt_ll_edge_t edge;
	for (uint64_t m = 0; m <= high; m++)
		top *= f;
	if (size >= top)
		return v < 0 ? 0 : n - 1;
	for (uint64_t d = n / 2 - 1; d > 0; d--)
		if (v < 0 ? v <= dt_ll_label(n / 2 - d, f, low, high, steps, &edge)
			  : v >= dt_ll_label(n / 2 + d, f, low, high, steps, &edge))
			return v < 0 ? n / 2 - d : n / 2 + d;
	return n / 2;
}

Test(runtime_number, llquantize_labels)
{
	static const struct {
		uint64_t f, low, high, steps, n;
		int64_t labels[24]; /* from the middle on */
	} cases[] = {
	    {10, 0, 1, 10, 2 * 18 + 3, {1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100}},
	    {10, 1, 1, 20, 2 * 18 + 3, {10, 10, 15, 20, 25, 30, 35, 40, 45, 50,
					55, 60, 65, 70, 75, 80, 85, 90, 95, 100}},
	    {2, 2, 4, 4, 2 * 6 + 3, {4, 4, 6, 8, 12, 16, 24, 32}},
	    {10,
	     0,
	     2,
	     5,
	     2 * 15 - 8 + 3 + 2 * 4,
	     {1, 1, 2, 4, 6, 8, 10, 20, 40, 60, 80, 100, 200, 400, 600, 800, 1000}},
	    {10, 2, 4, 1, 2 * 3 + 3, {100, 100, 1000, 10000, 100000}},
	};
	dt_ll_edge_t edge;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint64_t f = cases[i].f, low = cases[i].low, high = cases[i].high, steps = cases[i].steps,
			 n = cases[i].n;
		cr_assert_eq(dt_ll_nbuckets(f, low, high, steps), n, "case %zu: %lu buckets", i,
			     (unsigned long)dt_ll_nbuckets(f, low, high, steps));
		for (uint64_t k = 0; k <= n / 2; k++) {
			cr_assert_eq(dt_ll_label(n / 2 + k, f, low, high, steps, &edge), cases[i].labels[k],
				     "case %zu label %lu: %ld", i, (unsigned long)k,
				     (long)dt_ll_label(n / 2 + k, f, low, high, steps, &edge));
			cr_assert_eq(edge, k == 0 ? DT_LL_MIDDLE : k == n / 2 ? DT_LL_ABOVE : DT_LL_INSIDE);
			if (k == 0)
				continue;
			cr_assert_eq(dt_ll_label(n / 2 - k, f, low, high, steps, &edge), -cases[i].labels[k]);
			cr_assert_eq(edge, k == n / 2 ? DT_LL_BELOW : DT_LL_INSIDE);
		}
	}
}

Test(runtime_number, llquantize_counts_where_it_labels)
{
	static const uint64_t params[][4] = {
	    {10, 0, 3, 10}, {10, 2, 6, 100},          {10, 0, 18, 10}, {2, 0, 62, 2},
	    {2, 3, 20, 16}, {16, 1, 14, 64},          {10, 0, 2, 5},   {10, 1, 4, 2},
	    {3, 0, 38, 9},  {65535, 0, 2, 65535 / 5}, {7, 2, 2, 7},    {10, 0, 0, 10}};
	for (size_t i = 0; i < sizeof(params) / sizeof(params[0]); i++) {
		const uint64_t *p = params[i];
		uint64_t n = dt_ll_nbuckets(p[0], p[1], p[2], p[3]);
		dt_ll_edge_t edge;
		for (int k = 0; k < 300; k++) {
			int64_t v = (int64_t)rnd() >> rnd() % 64;
			if (k % 2) /* on and beside a label */
				v = dt_ll_label(rnd() % n, p[0], p[1], p[2], p[3], &edge) + rnd() % 3 - 1;
			if (k < 2)
				v = k ? INT64_MIN : INT64_MAX;
			int64_t r = call_num("dt_llquantize", v, p[0], p[1], p[2], p[3]);
			int64_t want = model_llquantize(v, p[0], p[1], p[2], p[3]);
			cr_assert_eq(r, want, "llquantize(%ld, %lu, %lu, %lu, %lu): %ld, not %ld", (long)v,
				     p[0], p[1], p[2], p[3], (long)r, (long)want);
		}
	}
}

Test(runtime_number, stddev_sums_128_bits)
{
	int fd = rt_prog(env, "dt_stddev", 'p');
	unsigned __int128 squares = 0;
	uint64_t sum = 0;
	memset(&env->io->moments, 0, sizeof(env->io->moments));
	for (int i = 0; i < 3000; i++) {
		int64_t v = i == 0 ? INT64_MIN : i == 1 ? INT64_MAX : (int64_t)rnd() >> rnd() % 64;
		env->io->arg[1] = v;
		rt_run(fd);
		sum += v;
		squares += (__int128)v * v;
		cr_assert_eq(env->io->result, 0);
		cr_assert_eq(env->io->moments.count, (uint64_t)i + 1);
		cr_assert_eq(env->io->moments.sum, sum);
		cr_assert_eq(env->io->moments.sqlo, (uint64_t)squares, "value %ld", (long)v);
		cr_assert_eq(env->io->moments.sqhi, (uint64_t)(squares >> 64), "value %ld", (long)v);
	}
}

/* ----------------------------------------------------------------- costs */

Test(runtime_number, cheap_to_verify)
{
	static const struct {
		const char *name;
		char first;
	} all[] = {{"dt_strlen", 's'},     {"dt_strcpy", 's'},    {"dt_keystr", 's'},    {"dt_strcmp", 's'},
		   {"dt_strjoin", 's'},    {"dt_substr", 's'},    {"dt_index", 's'},     {"dt_rindex", 's'},
		   {"dt_strstr", 's'},     {"dt_strchr", 's'},    {"dt_strrchr", 's'},   {"dt_basename", 's'},
		   {"dt_dirname", 's'},    {"dt_lltostr", 's'},   {"dt_quantize", 'i'},  {"dt_llquantize", 'i'},
		   {"dt_stddev", 'p'},     {"dt_strcase", 's'},   {"dt_strtok", 's'},    {"dt_strtoll", 's'},
		   {"dt_cleanpath", 's'},  {"dt_memstr", 's'},    {"dt_json", 's'},      {"dt_inet_ntoa", 's'},
		   {"dt_inet_ntoa6", 's'}, {"dt_inet_ntop", 's'}, {"dt_link_ntop", 's'}, {"dt_dpath", 's'},
		   {"dt_inode", 's'},      {"dt_alloca", 's'},    {"dt_copyin", 's'},    {"dt_own", 's'},
		   {"dt_bcopy", 's'},      {"dt_copyinto", 's'},  {"dt_progenyof", 'i'}, {"dt_packet", 'i'},
		   {"dt_sock", 'i'},       {"dt_sockaddr", 'i'},  {"dt_inet_sock", 's'}, {"dt_bio", 'i'},
		   {"dt_statname", 's'},   {"dt_task", 'i'}};
	bpf_code_t c = {0};
	rt_emit(&c, MOVI(1, 0));
	rt_emit(&c, STX8(10, 1, -(512 - DT_RT_STACK))); /* all the stack that is left to the caller */
	uint32_t sum = 0;
	for (int times = 0; times < 3; times++)
		for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
			int fd = rt_prog(env, all[i].name, all[i].first);
			struct bpf_prog_info info = {0};
			uint32_t len = sizeof(info);
			cr_assert_eq(bpf_obj_get_info_by_fd(fd, &info, &len), 0);
			/* Of dt_inet_* 6.1 finds fewer paths to be the same than later kernels,
			 * which need 3000. */
			uint32_t most = !strcmp(all[i].name, "dt_dpath")       ? 5000
					: !strncmp(all[i].name, "dt_inet_", 8) ? 8000
									       : 3000;
			cr_assert_leq(info.verified_insns, most, "%s: %u instructions verified", all[i].name,
				      info.verified_insns);
			sum += times ? 0 : info.verified_insns;
			rt_emit_call(&c, all[i].name, all[i].first);
		}
	rt_emit(&c, MOVI(0, 0));
	rt_emit(&c, EXIT);
	int fd = rt_load_main(env, &c);
	cr_assert(fd >= 0, "%s", env->dtp.errmsg);
	struct bpf_prog_info info = {0};
	uint32_t len = sizeof(info);
	cr_assert_eq(bpf_obj_get_info_by_fd(fd, &info, &len), 0);
	/* Called three times each, verified once each; those that another calls are in its sum, too. */
	cr_assert_leq(info.verified_insns, sum, "%u instructions verified, alone %u", info.verified_insns, sum);
	close(fd);
}
