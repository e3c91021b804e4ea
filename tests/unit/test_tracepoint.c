/* Tracepoints as the kernel's BTF has them. */
#include <criterion/criterion.h>
#include <linux/bpf.h>
#include <string.h>
#include <unistd.h>

#include "../../libdtrace/session/probe.h"
#include "../../libdtrace/types/types.h"
#include "../../providers/tracepoint.h"

static struct dtrace_hdl h;

static void
setup(void)
{
	memset(&h, 0, sizeof(h));
	h.arena = dt_arena_new();
	cr_assert_eq(dt_types_open(&h), 0);
	cr_assert_eq(dt_probes_open(&h), 0);
	if (!dt_btf_of(&h, "vmlinux"))
		cr_skip_test("this kernel has no BTF");
}

static void
teardown(void)
{
	dt_probes_close(&h);
	dt_types_close(&h);
	dt_arena_free(h.arena);
}

TestSuite(tracepoint, .init = setup, .fini = teardown);

Test(tracepoint, find)
{
	const dt_tracepoint_t *tp = dt_tracepoint_find(&h, "sched_switch");
	cr_assert_not_null(tp);
	cr_expect_str_eq(tp->name, "sched_switch");
	cr_expect_str_eq(tp->module, "vmlinux");
	cr_expect_eq(tp, dt_tracepoint_find(&h, "sched_switch"), "it is kept");
	cr_expect_null(dt_tracepoint_find(&h, "no_such_tracepoint"));
	cr_expect_null(dt_tracepoint_find(&h, ""));
}

Test(tracepoint, params)
{
	const dt_tracepoint_t *tp = dt_tracepoint_find(&h, "sched_switch");
	cr_expect_eq(dt_tracepoint_param(&h, tp, "preempt"), 0);
	cr_expect_eq(dt_tracepoint_param(&h, tp, "prev"), 1);
	cr_expect_eq(dt_tracepoint_param(&h, tp, "next"), 2);
	cr_expect_eq(dt_tracepoint_param(&h, tp, "nosuch"), -1);
	cr_expect_eq(dt_tracepoint_param(&h, tp, "__data"), -1, "the first is not one of its own");
}

Test(tracepoint, args)
{
	dt_argtype_t a[DT_NARGS];
	int n = dt_tracepoint_args(&h, dt_tracepoint_find(&h, "sched_switch"), a, DT_NARGS);
	cr_assert_geq(n, 3);
	cr_expect_str_eq(a[0].type, "bool");
	cr_expect_str_eq(a[1].type, "struct task_struct *");
	cr_expect_str_eq(a[1].name, "prev");
	cr_expect(a[1].trusted && !a[0].trusted && !a[1].is_user);
	cr_expect_eq(a[2].mapping, 2);
	cr_expect_eq(dt_tracepoint_args(&h, dt_tracepoint_find(&h, "sched_switch"), a, 2), 2,
		     "no more than asked");
	cr_assert_eq(dt_tracepoint_args(&h, dt_tracepoint_find(&h, "sys_exit"), a, DT_NARGS), 2);
	cr_expect_str_eq(a[1].type, "long");
}

/* The width and sign the kernel gave them. */
Test(tracepoint, sources)
{
	const dt_tracepoint_t *tp = dt_tracepoint_find(&h, "signal_generate");
	dt_argsrc_t sig = dt_tracepoint_arg(tp, dt_tracepoint_param(&h, tp, "sig")),
		    group = dt_tracepoint_arg(tp, dt_tracepoint_param(&h, tp, "group")),
		    task = dt_tracepoint_arg(tp, dt_tracepoint_param(&h, tp, "task"));
	cr_expect(sig.kind == DT_ARG_CTX && sig.n == 0 && sig.size == -4);
	cr_expect(group.size == 1 || group.size == -4, "bool since 5.3, an int before");
	cr_expect(task.kind == DT_ARG_CTX && task.size == 0);
	cr_expect_eq(dt_tracepoint_arg(tp, tp->nargs).kind, DT_ARG_NONE);
}

Test(tracepoint, listing)
{
	if (getuid() != 0)
		cr_skip_test("the folders of events are in tracefs, for root only");
	int n;
	const dt_tracepoint_t *tp = dt_tracepoints(&h, &n);
	cr_assert_not_null(tp);
	cr_expect_gt(n, 300);
	bool seen = false;
	for (int i = 0; i < n; i++) {
		dt_argtype_t a[DT_NARGS];
		cr_expect(*tp[i].group && tp[i].nargs <= DT_NARGS, "%s", tp[i].name);
		cr_expect(i == 0 || strcmp(tp[i - 1].group, tp[i].group) < 0 ||
			      (!strcmp(tp[i - 1].group, tp[i].group) && strcmp(tp[i - 1].name, tp[i].name) < 0),
			  "%s: by group and name", tp[i].name);
		seen |= !strcmp(tp[i].name, "sched_switch") && !strcmp(tp[i].group, "sched");
		int argc = dt_tracepoint_args(&h, &tp[i], a, DT_NARGS);
		for (int j = 0; j < argc; j++)
			cr_expect(dt_type_ok(dt_type_lookup(&h, a[j].type)), "%s: args[%d]: %s", tp[i].name, j,
				  a[j].type);
	}
	cr_expect(seen);
}

Test(tracepoint, site)
{
	dt_site_t s;
	dt_probe_t p = {.prv = "sdt", .mod = "sched", .fun = "", .nam = "sched_switch"};
	dt_tracepoint_site(&p, dt_tracepoint_find(&h, "sched_switch"), &s);
	cr_expect_str_eq(s.key, "sdt:sched::sched_switch");
	cr_expect_str_eq(s.btf_name, "sched_switch");
	cr_expect_null(s.btf_module);
	cr_expect(s.prog_type == BPF_PROG_TYPE_TRACING && s.attach_type == BPF_TRACE_RAW_TP &&
		  s.who == DT_WHO_ONE);
}
