/* Probe descriptions: patterns, parsing, matching, ids, attributes. */
#include <criterion/criterion.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../../libdtrace/session/probe.h"
#include "../../libdtrace/types/types.h"
#include "../../providers/provider.h"

static struct dtrace_hdl h;

static void
setup(void)
{
	memset(&h, 0, sizeof(h));
	h.oflags = DTRACE_O_NODEV;
	h.arena = dt_arena_new();
	cr_assert_eq(dt_types_open(&h), 0);
	cr_assert_eq(dt_probes_open(&h), 0);
}

static void
teardown(void)
{
	dt_probes_close(&h);
	dt_types_close(&h);
	dt_arena_free(h.arena);
}

TestSuite(probe, .init = setup, .fini = teardown);

Test(glob, matches)
{
	static const struct {
		const char *pattern, *text;
		bool want;
	} t[] = {{"", "anything", true},
		 {"", "", true},
		 {"read", "read", true},
		 {"read", "reads", false},
		 {"read", "rea", false},
		 {"*", "", true},
		 {"r*d", "read", true},
		 {"r*d", "rd", true},
		 {"r*d", "reader", false},
		 {"*a*b*c", "xxaxxbxxbc", true},
		 {"*a*b*c", "xxbxxaxxc", false},
		 {"??", "ab", true},
		 {"??", "a", false},
		 {"[a-c]x", "bx", true},
		 {"[a-c]x", "dx", false},
		 {"[!a-c]x", "dx", true},
		 {"[!a-c]x", "ax", false},
		 {"[]]", "]", true},
		 {"[!]]", "]", false},
		 {"[abc", "[abc", true},
		 {"[\\]a]", "a", true},
		 {"a[-z]", "a-", true},
		 {"\\*", "*", true},
		 {"\\*", "x", false},
		 {"\\", "\\", true},
		 {"a**b", "ab", true},
		 {"*[0-9]", "tick-5", true},
		 {"?*", "", false}};
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		cr_expect_eq(dt_glob(t[i].pattern, t[i].text), t[i].want, "%s %s", t[i].pattern, t[i].text);
	cr_expect(dt_is_glob("a*") && dt_is_glob("[a]") && dt_is_glob("\\a") && !dt_is_glob("a-b!]"));
}

Test(glob, many_stars_are_fast)
{
	char p[401], s[4001];
	memset(s, 'a', sizeof(s) - 1);
	s[sizeof(s) - 1] = '\0';
	for (size_t i = 0; i < sizeof(p) - 1; i++)
		p[i] = i % 2 ? 'a' : '*';
	p[sizeof(p) - 2] = 'b';
	p[sizeof(p) - 1] = '\0';
	cr_expect_not(dt_glob(p, s));
}

static void
expect_desc(dtrace_probespec_t spec, const char *text, const char *want)
{
	dtrace_probedesc_t pd;
	char buf[DTRACE_FULLNAMELEN];
	cr_assert_eq(dt_str2desc(&h, spec, text, &pd), 0, "%s", text);
	cr_expect_str_eq(dtrace_desc2str(&pd, buf, sizeof(buf)), want, "%s gives %s", text, buf);
}

static void
expect_err(dtrace_probespec_t spec, const char *text, int err)
{
	dtrace_probedesc_t pd;
	cr_expect_eq(dt_str2desc(&h, spec, text, &pd), -1, "%s", text);
	cr_expect_eq(h.err, err, "%s gives %d", text, h.err);
}

Test(probe, descriptions)
{
	char longname[300];
	expect_desc(DTRACE_PROBESPEC_NAME, "a:b:c:d", "a:b:c:d");
	expect_desc(DTRACE_PROBESPEC_NAME, "a:b", "::a:b");
	expect_desc(DTRACE_PROBESPEC_NAME, "BEGIN", ":::BEGIN");
	expect_desc(DTRACE_PROBESPEC_NAME, "syscall:::", "syscall:::");
	expect_desc(DTRACE_PROBESPEC_NAME, "", ":::");
	expect_desc(DTRACE_PROBESPEC_FUNC, "a:b", ":a:b:");
	expect_desc(DTRACE_PROBESPEC_MOD, "a", ":a::");
	expect_desc(DTRACE_PROBESPEC_PROVIDER, "syscall", "syscall:::");
	expect_err(DTRACE_PROBESPEC_NAME, "a:b:c:d:e", EDT_BADSPEC);
	expect_err(DTRACE_PROBESPEC_PROVIDER, "a:b", EDT_BADSPEC);
	expect_err(DTRACE_PROBESPEC_FUNC, "a:b:c:d", EDT_BADSPEC);
	expect_err(DTRACE_PROBESPEC_FUNC, "17", EDT_BADSPEC);
	expect_err(DTRACE_PROBESPEC_NAME, "4000000000", EDT_BADID);
	expect_err(DTRACE_PROBESPEC_NAME, "99999999999999999999", EDT_BADID);
	expect_err(DTRACE_PROBESPEC_NAME, "0", EDT_BADID);
	expect_err(DTRACE_PROBESPEC_NONE, "a", EINVAL);
	expect_desc(DTRACE_PROBESPEC_NAME, "2", "dtrace:::END");
	memset(longname, 'x', sizeof(longname));
	longname[63] = '\0';
	cr_expect_eq(dt_str2desc(&h, DTRACE_PROBESPEC_NAME, longname, &(dtrace_probedesc_t){0}), 0);
	longname[63] = 'x';
	longname[64] = '\0';
	expect_err(DTRACE_PROBESPEC_NAME, longname, ENAMETOOLONG);
	longname[64] = 'x';
	longname[192] = '\0';
	expect_err(DTRACE_PROBESPEC_FUNC, longname, ENAMETOOLONG);
}

Test(probe, macros)
{
	char *argv[] = {"script", "997", "read", "a:b"}, buf[DTRACE_FULLNAMELEN], want[64];
	dtrace_probedesc_t pd;
	cr_assert_eq(dtrace_xstr2desc(&h, DTRACE_PROBESPEC_NAME, "profile-$1", 4, argv, &pd), 0);
	cr_expect_str_eq(pd.dtpd_name, "profile-997");
	cr_assert_eq(dtrace_xstr2desc(&h, DTRACE_PROBESPEC_NAME, "syscall::$$2:tick-$1s", 4, argv, &pd), 0);
	cr_expect_str_eq(dtrace_desc2str(&pd, buf, sizeof(buf)), "syscall::read:tick-997s");
	cr_assert_eq(dtrace_xstr2desc(&h, DTRACE_PROBESPEC_NAME, "pid$pid:::", 4, argv, &pd), 0);
	snprintf(want, sizeof(want), "pid%d:::", (int)getpid());
	cr_expect_str_eq(dtrace_desc2str(&pd, buf, sizeof(buf)), want);
	static const char *const bad[] = {"$4", "$nosuch:::", "$3", "pid$", "pid$pidx:::"};
	for (int i = 0; i < 5; i++) {
		cr_expect_eq(dtrace_xstr2desc(&h, DTRACE_PROBESPEC_NAME, bad[i], 4, argv, &pd), -1, "%s",
			     bad[i]);
		cr_expect_eq(h.err, EDT_BADSPCV);
	}
}

static int
count(const char *text)
{
	dtrace_probedesc_t pd;
	dt_probe_t **v;
	cr_assert_eq(dt_str2desc(&h, DTRACE_PROBESPEC_NAME, text, &pd), 0, "%s", text);
	int n = dt_probe_match(&h, &pd, &v);
	for (int i = 1; i < n; i++)
		cr_expect_lt(v[i - 1]->id, v[i]->id);
	free(v);
	return n;
}

Test(probe, matching)
{
	cr_expect_eq(count("BEGIN"), 1);
	cr_expect_null(dt_probe_lookup(&h, "profile", "", "", "tick-1"), "BEGIN asks no other provider");
	cr_expect_eq(count("dtrace:::"), 3);
	cr_expect_eq(count("dtrace:::E*"), 2);
	cr_expect_eq(count("dtrace::x:"), 0);
	cr_expect_eq(count("*:::BEGIN"), 1);
	cr_expect_eq(count("d?r[a-c]ce:::"), 3);
	cr_expect_eq(count("nosuch:::"), 0);
	cr_expect_eq(count("tick-7s"), 1);
	cr_expect_eq(count("tick-0s"), 0);
	cr_expect_eq(count("profile:::tick-7s"), 1);
}

Test(probe, ids_do_not_depend_on_order)
{
	char first[3][DTRACE_FULLNAMELEN], again[DTRACE_FULLNAMELEN];
	dtrace_probedesc_t pd;
	static const dtrace_id_t ids[] = {1, 5, 18};
	for (int i = 0; i < 3; i++) {
		cr_assert_eq(dtrace_id2desc(&h, ids[i], &pd), 0);
		dtrace_desc2str(&pd, first[i], sizeof(first[i]));
	}
	teardown();
	setup();
	count("tick-123");
	count("syscall::read:entry");
	for (int i = 2; i >= 0; i--) {
		cr_assert_eq(dtrace_id2desc(&h, ids[i], &pd), 0);
		cr_expect_str_eq(dtrace_desc2str(&pd, again, sizeof(again)), first[i]);
	}
	cr_expect_str_eq(first[0], "dtrace:::BEGIN");
	dt_probe_t *p = dt_probe_lookup(&h, "profile", "", "", "tick-123");
	cr_assert_not_null(p);
	cr_expect_eq(dt_probe_byid(&h, p->id), p);
	cr_expect_null(dt_probe_byid(&h, p->id + 1));
	cr_expect_null(dt_probe_byid(&h, 0));
	cr_expect_eq(dtrace_id2desc(&h, 400000, &pd), -1);
	cr_expect_eq(h.err, EDT_BADID);
	cr_expect_eq(dt_probe_insert(&h, p->provider, "profile", "", "", "tick-123"), p,
		     "the same names, the same probe");
}

static int
add_one(dtrace_hdl_t *dtp, const dtrace_probedesc_t *pd, void *arg)
{
	(void)dtp;
	(void)pd;
	return ++*(int *)arg == 2 ? 42 : 0;
}

Test(probe, iterate)
{
	dtrace_probedesc_t pd;
	int n = 0;
	dt_str2desc(&h, DTRACE_PROBESPEC_PROVIDER, "dtrace", &pd);
	cr_expect_eq(dtrace_probe_iter(&h, &pd, add_one, &n), 42, "the callback ends it");
	dt_str2desc(&h, DTRACE_PROBESPEC_PROVIDER, "nosuch", &pd);
	cr_expect_eq(dtrace_probe_iter(&h, &pd, add_one, &n), -1);
	cr_expect_eq(h.err, EDT_NOPROBE);
}

static const char *
attr(const char *text, char *buf)
{
	dtrace_probedesc_t pd;
	dtrace_probeinfo_t info;
	cr_assert_eq(dt_str2desc(&h, DTRACE_PROBESPEC_NAME, text, &pd), 0);
	cr_assert_eq(dtrace_probe_info(&h, &pd, &info), 0, "%s", text);
	return dtrace_attr2str(info.dtp_attr, buf, 64);
}

Test(probe, attributes)
{
	char buf[64];
	cr_expect_str_eq(attr("dtrace:::BEGIN", buf), "Stable/Stable/Common");
	cr_expect_str_eq(attr("BEGIN", buf), "Unstable/Unstable/Common");
	cr_expect_str_eq(attr("dtr*:::BEGIN", buf), "Unstable/Unstable/Common");
	cr_expect_str_eq(attr("profile:::tick-1", buf), "Evolving/Evolving/Common");
	cr_expect_str_eq(attr("1", buf), "Stable/Stable/Common");
	cr_expect_str_eq(attr("syscall::read:entry", buf), "Private/Private/ISA");
	cr_expect_str_eq(attr("syscall:::entry", buf), "Evolving/Evolving/Common");
	cr_expect_str_eq(attr("syscall:vmlinux:read:entry", buf), "Private/Private/Unknown");
	dtrace_attribute_t m = dtrace_attr_min((dtrace_attribute_t){6, 1, 3}, (dtrace_attribute_t){2, 5, 4});
	cr_expect_str_eq(dtrace_attr2str(m, buf, sizeof(buf)), "Obsolete/Private/Group");
	cr_expect_null(dtrace_stability_name(8));
	cr_expect_null(dtrace_class_name(6));
}

static double
cpu_seconds(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* A kernel's worth of functions: found again, and no slower the more there are. */
Test(probe, many)
{
	static const dt_provider_t pv = {.name = "many"};
	enum {
		FEW = 20000,
		MANY = 320000
	};
	char name[32];
	double t0 = cpu_seconds(), few = 0;
	for (int i = 0; i < MANY; i++) {
		snprintf(name, sizeof(name), "function_%d", i);
		dt_probe_insert(&h, &pv, "many", "vmlinux", name, "entry");
		if (i == FEW)
			few = cpu_seconds() - t0;
	}
	double many = cpu_seconds() - t0;
	cr_expect_lt(many, 16 * 4 * few, "16 times as many took %.0f times as long", many / few);
	dt_probe_t *p = dt_probe_lookup(&h, "many", "vmlinux", "function_314159", "entry");
	cr_assert_not_null(p);
	cr_expect_str_eq(p->fun, "function_314159");
	cr_expect_str_eq(p->mod, "vmlinux");
	cr_expect_null(dt_probe_lookup(&h, "many", "vmlinux", "function_314159", "return"));
	cr_expect_eq(dt_probe_insert(&h, &pv, "many", "vmlinux", "function_0", "entry")->id,
		     dt_probe_lookup(&h, "many", "vmlinux", "function_0", "entry")->id);
}

/* What a provider says its probes cannot be called does not bother it. */
Test(probe, names_excluded)
{
	dt_probe_t **v;
	dtrace_probedesc_t pd;
	cr_assert_eq(dt_str2desc(&h, DTRACE_PROBESPEC_NAME, "tick-7s", &pd), 0);
	cr_expect_eq(dt_probe_match(&h, &pd, &v), 1);
	free(v);
	cr_expect_null(dt_probe_lookup(&h, "sdt", "sched", "", "sched_switch"), "sdt was not asked");
}

static int
list_line(dtrace_hdl_t *dtp, const dtrace_probedesc_t *pd, void *arg)
{
	(void)dtp;
	return fprintf(arg, "%5u %10s %17s %33s %s\n", pd->dtpd_id, pd->dtpd_provider, pd->dtpd_mod,
		       pd->dtpd_func, pd->dtpd_name) < 0;
}

/* What 100,000 lines of such a list cost by themselves: the measure of this machine, an emulated one too. */
static double
cost_of_lines(int n)
{
	dtrace_probedesc_t pd = {.dtpd_provider = "many", .dtpd_mod = "module", .dtpd_name = "return"};
	FILE *null = fopen("/dev/null", "w");
	double start = cpu_seconds();
	for (int i = 0; i < n; i++) {
		snprintf(pd.dtpd_func, sizeof(pd.dtpd_func), "some_function_of_the_kernel_%d", i);
		list_line(NULL, &pd, null);
	}
	fclose(null);
	return cpu_seconds() - start;
}

/* 100,000 probes are made and listed as dtrace -l does within half a second, on a machine that writes that many
 * lines in some 50 ms. */
Test(probe, listed)
{
	static const dt_provider_t pv = {.name = "many"};
	enum {
		MANY = 100000
	};
	double best = 0, lines = cost_of_lines(MANY);
	for (int round = 0; round < 3; round++) {
		FILE *null = fopen("/dev/null", "w");
		dtrace_probedesc_t pd = {.dtpd_provider = "many"};
		dt_probe_t **all;
		char name[64];
		teardown();
		setup();
		double start = cpu_seconds();
		for (int i = 0; i < MANY; i++) {
			snprintf(name, sizeof(name), "some_function_of_the_kernel_%d", i / 2);
			dt_probe_insert(&h, &pv, "many", "module", name, i % 2 ? "return" : "entry");
		}
		cr_expect_eq(dtrace_probe_iter(&h, &pd, list_line, null), 0);
		double t = cpu_seconds() - start;
		best = round && best < t ? best : t;
		cr_expect_eq(dt_probe_match(&h, &pd, &all), MANY);
		free(all);
		fclose(null);
	}
	cr_expect(best < 0.5 || best < 10 * lines, "%.3f s, %.3f s for the lines", best, lines);
}
