/* Providers: which probes there are, and how they are made to fire. */
#include <criterion/criterion.h>
#include <linux/bpf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../../libdtrace/session/probe.h"
#include "../../libdtrace/types/types.h"
#include "../../providers/provider.h"

static struct dtrace_hdl h;

static void
setup(void)
{
	memset(&h, 0, sizeof(h));
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

TestSuite(providers, .init = setup, .fini = teardown);

static dt_probe_t *
one(const char *text)
{
	dtrace_probedesc_t pd;
	dt_probe_t **v, *p = NULL;
	cr_assert_eq(dt_str2desc(&h, DTRACE_PROBESPEC_NAME, text, &pd), 0);
	int n = dt_probe_match(&h, &pd, &v);
	if (n > 0)
		p = v[0];
	free(v);
	return p;
}

static dt_site_t
site_of(const char *text)
{
	dt_site_t s;
	dt_probe_t *p = one(text);
	cr_assert_not_null(p, "%s", text);
	cr_assert_eq(p->provider->site(&h, p, &s), 0);
	return s;
}

Test(providers, intervals)
{
	static const struct {
		const char *name;
		uint64_t ns; /* 0: no such probe */
	} t[] = {{"profile-997", 1000000000ULL / 997},
		 {"profile-1000hz", 1000000},
		 {"profile-1ms", 1000000},
		 {"profile-250us", 250000},
		 {"profile-200000ns", 200000},
		 {"profile-5000", 200000},
		 {"profile-5001", 0},
		 {"profile-199us", 0},
		 {"profile-0", 0},
		 {"profile-0s", 0},
		 {"profile-", 0},
		 {"profile-x", 0},
		 {"profile-10parsec", 0},
		 {"profile-10 s", 0},
		 {"profile--5", 0},
		 {"tick-1", 1000000000},
		 {"tick-5s", 5000000000},
		 {"tick-5SEC", 5000000000},
		 {"tick-2Min", 120000000000},
		 {"tick-1h", 3600000000000},
		 {"tick-3hour", 10800000000000},
		 {"tick-1d", 86400000000000},
		 {"tick-2day", 172800000000000},
		 {"tick-10msec", 10000000},
		 {"tick-500usec", 500000},
		 {"tick-300000nsec", 300000},
		 {"tick-1m", 60000000000},
		 {"tick-99999999999999999999", 0},
		 {"tick-999999999999d", 0},
		 {"tick-4000000000hz", 0},
		 {"tock-1s", 0}};
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		dt_probe_t *p = one(t[i].name);
		cr_expect_eq(p != NULL, t[i].ns != 0, "%s", t[i].name);
		if (!p)
			continue;
		dt_site_t s = site_of(t[i].name);
		cr_expect_eq(s.period, t[i].ns, "%s: %lu", t[i].name, s.period);
		bool tick = t[i].name[0] == 't';
		cr_expect_eq(s.trigger, tick ? DT_TRIGGER_TICK : DT_TRIGGER_ATTACH);
		cr_expect_eq(s.prog_type, tick ? BPF_PROG_TYPE_RAW_TRACEPOINT : BPF_PROG_TYPE_PERF_EVENT);
		cr_expect_eq(s.arg[0].kind, tick ? DT_ARG_NONE : DT_ARG_KPC);
	}
	cr_expect_null(one("profile:x::tick-1s"), "no module");
	cr_expect_null(one("profile::x:tick-1s"), "no function");
	cr_expect_str_neq(site_of("profile-1000hz").key, site_of("profile-1ms").key);
}

Test(providers, begin_end_error)
{
	dt_site_t b = site_of("dtrace:::BEGIN"), e = site_of("dtrace:::END"), r = site_of("dtrace:::ERROR");
	cr_expect_eq(b.trigger, DT_TRIGGER_BEGIN);
	cr_expect_eq(e.trigger, DT_TRIGGER_END);
	cr_expect_eq(r.trigger, DT_TRIGGER_ERROR);
	cr_expect_eq(b.prog_type, BPF_PROG_TYPE_RAW_TRACEPOINT);
	cr_expect_eq(one("BEGIN")->id, 1);
	cr_expect_eq(one("END")->id, 2);
	cr_expect_eq(one("ERROR")->id, 3);
	cr_expect_eq(b.arg[1].kind, DT_ARG_NONE);
	cr_expect_eq(r.arg[0].kind, DT_ARG_NONE);
	for (int i = 1; i <= 5; i++)
		cr_expect(r.arg[i].kind == DT_ARG_FAULT && r.arg[i].n == i);
	cr_expect_eq(r.arg[6].kind, DT_ARG_NONE);
}

Test(providers, syscalls)
{
	static const struct {
		const char *name;
		uint32_t nr;
	} t[] = {{"read", SYS_read},       {"openat", SYS_openat}, {"execve", SYS_execve},
		 {"getppid", SYS_getppid}, {"mmap", SYS_mmap},     {"exit_group", SYS_exit_group},
#ifdef SYS_stat
		 {"stat", SYS_stat},
#endif
		 {"uname", SYS_uname},     {"fstat", SYS_fstat},   {"umount2", SYS_umount2}};
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		char text[64];
		for (int ret = 0; ret < 2; ret++) {
			snprintf(text, sizeof(text), "syscall:vmlinux:%s:%s", t[i].name,
				 ret ? "return" : "entry");
			dt_site_t s = site_of(text);
			cr_expect_str_eq(s.key, ret ? "tp_btf/sys_exit" : "tp_btf/sys_enter");
			cr_expect_str_eq(s.btf_name, ret ? "sys_exit" : "sys_enter");
			cr_expect_eq(s.who, DT_WHO_SYSCALL);
			cr_expect_eq(s.index[0], dt_syscall_index(t[i].nr, 0), "%s", text);
			cr_expect_eq(s.nindex, s.compat32 ? 2 : 1, "%s", text);
			cr_expect_eq(s.is_return, ret);
			cr_expect_eq(s.arg[0].kind, ret ? DT_ARG_SYSRET : DT_ARG_SYSARG);
			cr_expect_eq(s.arg[1].kind, ret ? DT_ARG_SYSRET : DT_ARG_SYSARG);
			cr_expect_eq(s.arg[5].kind, ret ? DT_ARG_NONE : DT_ARG_SYSARG);
			cr_expect_eq(s.arg[6].kind, DT_ARG_NONE);
		}
	}
#ifdef __x86_64__
	dt_site_t s = site_of("syscall::read:entry");
	if (s.compat32)
		cr_expect_eq(s.index[1], dt_syscall_index(3, 1), "read is 3 on i386");
#endif
	cr_expect_null(one("syscall::nosuch:entry"));
	cr_expect_null(one("syscall::newuname:nosuch"));
}

Test(providers, syscall_enumeration)
{
	dtrace_probedesc_t pd;
	dt_probe_t **v;
	dt_str2desc(&h, DTRACE_PROBESPEC_NAME, "syscall:::entry", &pd);
	int n = dt_probe_match(&h, &pd, &v);
	cr_expect_gt(n, 250);
	bool seen[DT_SYSCALL_MAX] = {false};
	for (int i = 0; i < n; i++) {
		dt_site_t s;
		cr_assert_eq(v[i]->provider->site(&h, v[i], &s), 0);
		cr_assert_lt(s.index[0], DT_SYSCALL_MAX);
		cr_expect_not(seen[s.index[0]], "%s: number %u twice", v[i]->fun, s.index[0]);
		seen[s.index[0]] = true;
	}
	free(v);
	dt_probe_t *alias = one("syscall::newuname:entry");
	cr_assert_not_null(alias, "the kernel's own name is known too");
	cr_expect_eq(alias, one("syscall::uname:entry"), "and means the same probe");
	cr_expect_str_eq(alias->fun, "uname");
	dt_str2desc(&h, DTRACE_PROBESPEC_NAME, "syscall::*uname:entry", &pd);
	cr_expect_geq(dt_probe_match(&h, &pd, &v), 1);
	free(v);
}

Test(providers, foreign_calls)
{
	const dt_foreign_t *f;
	int n = 0;
	for (; (f = dt_foreign_at(n)); n++) {
		char text[64];
		if (!f->call)
			continue;
		cr_expect_eq(dt_foreign_row(f->name, f->call), f, "%s by %s twice", f->name, f->call);
		cr_expect_str_neq(f->name, f->call);
		cr_expect(f->test.arg < 6 && (f->test.want & ~f->test.mask) == 0, "%s by %s", f->name, f->call);
		for (int i = 0, a; (a = dt_foreign_arg(f, i)) != DT_FOREIGN_NONE; i++)
			cr_expect(a >= 0 && (a < 6 || (a >= DT_FOREIGN_CONST && a < DT_FOREIGN_CONST + 10)),
				  "%s by %s: argument %d", f->name, f->call, i);
		snprintf(text, sizeof(text), "syscall:vmlinux:%s:entry", f->call);
		/* fchmodat2: Linux 6.6; the others, where modules can be loaded. */
		cr_expect(one(text) || !strcmp(f->call, "fchmodat2") || strstr(f->call, "_module"),
			  "%s is no call", f->call);
	}
	cr_expect_gt(n, 200);
	cr_expect_eq(dt_foreign_arg(dt_foreign_row("rename", "renameat"), 1), 3);
	cr_expect_eq(dt_foreign_arg(dt_foreign_row("semsys", "semget"), 0), DT_FOREIGN_CONST + 1);
	cr_expect_null(dt_foreign_row("rename", "linkat"));
}

Test(providers, syscall_args)
{
	if (getuid() != 0)
		cr_skip_test("argument types are in tracefs, for root only");
	dt_argtype_t a[DT_NARGS];
	dt_probe_t *p = one("syscall::openat:entry");
	cr_assert_eq(p->provider->args(&h, p, a, DT_NARGS), 4);
	cr_expect_str_eq(a[0].type, "int");
	cr_expect_str_eq(a[1].type, "const char *");
	cr_expect_str_eq(a[3].type, "umode_t");
	cr_expect(!a[0].is_user && a[1].is_user && a[1].mapping == 1);
	p = one("syscall::execve:entry");
	cr_assert_eq(p->provider->args(&h, p, a, DT_NARGS), 3);
	cr_expect_str_eq(a[1].type, "const char *const *");
	cr_expect(dt_type_ok(dt_type_lookup(&h, a[1].type)));
	p = one("syscall::uname:entry");
	cr_expect_eq(p->provider->args(&h, p, a, DT_NARGS), 1, "by the event's name");
	p = one("syscall::getppid:entry");
	cr_expect_eq(p->provider->args(&h, p, a, DT_NARGS), 0);
	p = one("syscall::read:return");
	cr_assert_eq(p->provider->args(&h, p, a, DT_NARGS), 2);
	cr_expect_str_eq(a[1].type, "long");
	cr_expect_eq(a[1].mapping, 1);
}
