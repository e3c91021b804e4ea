/*
 * test_stable.c - probes that others carry: the D of a carrier, which carriers count, and what programs made of
 * them do on the live kernel.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../../providers/stable.h"
#include "ir/module.h"

static const dt_carried_t carried[] = {
    {.name = "one", .args = {{"int"}, {"string", .is_user = true}}},
    {.name = "either"},
    {.name = "both", .args = {{"int"}}},
    {.name = "kept", .args = {{"int"}}},
    {.name = "ghost"},
    {.name = "never", .absent = "because"},
    {.name = "nobody", .needs = "more"},
    {.name = "fickle", .args = {{"int"}}},
    {.name = "typed", .args = {{"struct task_struct *"}, {"struct task_struct *"}}},
    {.name = "other", .args = {{"int"}}},
    {.name = "wrong"},
    {.name = "twin", .module = "no_such_module", .args = {{"int"}}},
    {.name = "twin", .module = "elsewhere", .args = {{"int"}}},
    {.name = "twin"},
    {.name = "inside", .args = {{"int"}}},
    {0},
};

static const dt_carrier_t carriers[] = {
    {.probe = "one", .on = "syscall::getpgid:entry", .when = "arg0 != 0", .args = {"arg0 * 2", "arg0"}},
    {.probe = "either", .on = "sdt:sched::no_such_tracepoint", .choice = 1},
    {.probe = "either", .on = "sdt:sched::sched_switch", .when = "$no_such_argument", .choice = 1},
    {.probe = "either", .on = "syscall::getppid:entry", .symbol = "no_such_function", .choice = 1},
    {.probe = "either", .on = "syscall::getppid:entry", .symbol = "schedule", .choice = 1},
    {.probe = "either", .on = "syscall::getsid:entry", .choice = 1},
    {.probe = "kept", .on = "syscall::getpgid:entry", .does = "self->__dt_pg = arg0;", .hook = true},
    {.probe = "both", .on = "syscall::getpgid:entry", .args = {"1"}},
    {.probe = "both", .on = "syscall::nosuchcall:entry,syscall::getsid:entry", .args = {"2"}},
    {.probe = "kept", .on = "syscall::getsid:return", .does = "self->__dt_pg++;", .args = {"self->__dt_pg"}},
    {.probe = "ghost", .on = "syscall::getsid:entry", .when = "*(int *)8"},
    {.probe = "nobody", .on = "sdt:sched::no_such_tracepoint"},
    {.probe = "fickle", .on = "syscall::getsid:entry", .args = {"arg0 == 0 ? *(int *)16 : 5"}},
    {.probe = "typed", .on = "sdt:sched::sched_switch", .args = {"$prev", "(struct task_struct *)$next"}},
    {.probe = "other", .on = "syscall::getsid:entry", .args = {"pid"}, .thread = "curthread->real_parent"},
    {.probe = "twin", .on = "syscall::getppid:entry", .args = {"1"}},
    {.probe = "twin", .module = "elsewhere", .on = "syscall::getsid:entry", .args = {"2"}},
    {.probe = "twin", .module = "no_such_module", .on = "sdt:sched::no_such_tracepoint"},
    {.probe = "inside", .on = "syscall::getsid:return", .args = {"1"}, .choice = 2, .own_context = true},
    {.probe = "inside", .on = "syscall::getsid:entry", .args = {"2"}, .choice = 2},
    {.probe = "wrong", .on = "syscall::getsid:entry", .when = "nosuchvariable"},
    {0},
};

static const dt_provider_t mine = {.name = "mine",
				   .attr = DT_STABLE_ATTR(ISA),
				   .provide = dt_stable_provide,
				   .args = dt_stable_args,
				   .carried = carried,
				   .carriers = carriers};

static dtrace_hdl_t *dtp;

static void
setup(void)
{
	int err;
	if (geteuid() != 0)
		cr_skip_test("needs root");
	dtp = dtrace_open(DTRACE_VERSION, 0, &err);
	cr_assert_not_null(dtp);
	const dtrace_probedesc_t all = {0};
	cr_assert_eq(dt_stable_provide(dtp, &mine, &all), 0);
}

static void
teardown(void)
{
	if (dtp)
		dtrace_close(dtp);
}

TestSuite(stable, .init = setup, .fini = teardown, .timeout = 60);

/* --------------------------------------------------------------- the tables */

static bool
is_listed(const char *name)
{
	return dt_probe_lookup(dtp, "mine", "vmlinux", "", name) != NULL;
}

Test(stable, lists_what_is_carried)
{
	static const char *const there[] = {"one", "either", "both", "kept", "ghost", "fickle"};
	for (size_t i = 0; i < sizeof(there) / sizeof(there[0]); i++)
		cr_expect(is_listed(there[i]), "%s", there[i]);
	cr_expect(!is_listed("never"));
	cr_expect(!is_listed("nobody"));
}

static const char *
why_in(const char *module, const char *name)
{
	dtrace_probedesc_t pd = {0};
	snprintf(pd.dtpd_mod, sizeof(pd.dtpd_mod), "%s", module);
	snprintf(pd.dtpd_name, sizeof(pd.dtpd_name), "%s", name);
	dt_probe_absent(dtp, "%s", "");
	dt_stable_provide(dtp, &mine, &pd);
	const char *text = dt_probe_why_absent(dtp);
	return text ? text : "";
}

static const char *
why(const char *name)
{
	return why_in("", name);
}

Test(stable, says_why_not)
{
	cr_expect_str_eq(why("never"), "because");
	cr_expect_str_eq(why("nev*"), "because");
	cr_expect_str_eq(why("nobody"),
			 "this kernel has nothing that mine:::nobody could be made from: it takes more");
	cr_expect_str_eq(why("one"), "");
	cr_expect_str_eq(why_in("no_such_module", "twin"),
			 "the kernel's module no_such_module is not loaded (modprobe no_such_module loads it)");
	cr_expect_str_eq(why_in("elsewhere", "twin"), "");
	cr_expect_str_eq(why_in("vmlinux", "twin"), "");
}

/* The numbers of the carriers that count for a probe. */
static const char *
counting_in(const char *module, const char *name)
{
	const dt_probe_t probe = {.mod = module, .nam = name};
	static char text[64];
	char *p = text;
	*p = '\0';
	for (int i = 0; carriers[i].on; i++)
		if (dt_carrier_counts(dtp, &mine, i, &probe, true))
			p += sprintf(p, "%s%s", p > text ? " " : "", carriers[i].on);
	return text;
}

static const char *
counting(const char *name)
{
	return counting_in("vmlinux", name);
}

Test(stable, carriers_that_count)
{
	cr_expect_str_eq(counting("one"), "syscall::getpgid:entry");
	cr_expect_str_eq(counting("on"), "");
	cr_expect_str_eq(counting("either"), "syscall::getppid:entry");
	cr_expect_str_eq(counting("kept"), "syscall::getpgid:entry syscall::getsid:return");
	cr_expect_str_eq(counting("nobody"), "");
	cr_expect_str_eq(counting("twin"), "syscall::getppid:entry");
	cr_expect_str_eq(counting_in("elsewhere", "twin"), "syscall::getsid:entry");
	cr_expect_str_eq(counting_in("no_such_module", "twin"), "");
}

Test(stable, text_of_a_carrier)
{
	static const dt_carrier_t c = {.on = "sdt:sched::sched_switch",
				       .when = "$prev_state == 0",
				       .does = "x = $next;",
				       .args = {"$prev", NULL, "f($prev, $preempt)"},
				       .thread = "$next",
				       .leaving = "$prev_state"};
	int nargs;
	char *text = dt_carrier_text(dtp, &c, &nargs);
	cr_assert_not_null(text);
	cr_expect_eq(nargs, 3);
	cr_expect_str_eq(text, "sdt:sched::sched_switch\n/ args[3] == 0/\n{\nx = args[2];args[1];\n0;\n"
			       "f(args[1], args[0]);\nargs[2];\nargs[3];\n}\n");
	free(text);
}

Test(stable, arguments_the_kernel_vouches_for)
{
	dt_argtype_t a[DT_NARGS];
	const dt_probe_t *p = dt_probe_lookup(dtp, "mine", "vmlinux", "", "typed");
	cr_assert_eq(dt_stable_args(dtp, p, a, DT_NARGS), 2);
	cr_expect(a[0].trusted);
	cr_expect(!a[1].trusted, "an expression");
	p = dt_probe_lookup(dtp, "mine", "vmlinux", "", "one");
	cr_assert_eq(dt_stable_args(dtp, p, a, DT_NARGS), 2);
	cr_expect(a[1].is_user);
	cr_expect(!a[1].trusted);
}

/* ------------------------------------------------------------- the programs */

/* Without a handler the first fault would end the consumer. */
static int
on_fault(const dtrace_errdata_t *data, void *arg)
{
	(void)data, (void)arg;
	return DTRACE_HANDLE_OK;
}

/* What a program prints while this process makes some calls. */
static const char *
output(const char *program)
{
	static char *text;
	size_t len;
	dtrace_proginfo_t info;
	free(text);
	FILE *f = open_memstream(&text, &len);
	dtrace_setopt(dtp, "quiet", "1");
	cr_assert_eq(dtrace_handle_err(dtp, on_fault, NULL), 0);
	dtrace_prog_t *p = dtrace_program_strcompile(dtp, program, DTRACE_PROBESPEC_NAME, 0, 0, NULL);
	cr_assert_not_null(p, "%s", dtrace_errmsg(dtp, dtrace_errno(dtp)));
	cr_assert_eq(dtrace_program_exec(dtp, p, &info), 0);
	cr_assert_eq(dtrace_go(dtp), 0, "%s", dtrace_errmsg(dtp, dtrace_errno(dtp)));
	syscall(SYS_getpgid, getpid());
	syscall(SYS_getppid);
	syscall(SYS_getsid, 0);
	cr_assert_eq(dtrace_stop(dtp), 0);
	while (dtrace_work(dtp, f, NULL, NULL, NULL) == DTRACE_WORKSTATUS_OKAY)
		;
	fclose(f);
	return text;
}

#define MINE "/pid == $pid/"

/* $pid without macros: the program's own number. */
static const char *
program(const char *text)
{
	static char buf[1024];
	char *out = buf;
	for (const char *p = text; *p;) {
		if (!strncmp(p, "$pid", 4)) {
			out += sprintf(out, "%d", getpid());
			p += 4;
		} else {
			*out++ = *p++;
		}
	}
	*out = '\0';
	return buf;
}

Test(stable, several_carriers_one_probe)
{
	cr_expect_str_eq(
	    output(program("mine:::both " MINE " { printf(\"%s %d %s;\", probename, args[0], probeprov); }")),
	    "both 1 mine;both 2 mine;");
}

Test(stable, one_name_in_two_modules)
{
	static const char clause[] = MINE " { printf(\"%s %d;\", probemod, arg0); }";
	char text[256];
	snprintf(text, sizeof(text), "mine:::twin %s", clause);
	cr_expect_str_eq(output(program(text)), "vmlinux 1;elsewhere 2;");
}

Test(stable, one_of_a_choice)
{
	cr_expect_str_eq(output(program("mine:::either " MINE " { printf(\"%d;\", arg0); }")), "0;");
}

/* One that gives the thread's own context counts only where a clause asks for that. */
Test(stable, own_context)
{
	static const struct {
		const char *looks, *want;
	} at[] = {{"execname", "2;"},
		  {"curthread->pid == tid", "2;"},
		  {"curthread == NULL", "2;"},
		  {"curthread->cred->uid.val", "2;"},
		  {"progenyof(1)", "2;"},
		  {"stackdepth", "1;"},
		  {"ucaller", "1;"},
		  {"uregs[0]", "1;"},
		  {"pid == 0 ? strlen(copyinstr(0)) : 0", "1;"},
		  {"curthread->on_cpu", "1;"},
		  {"(uintptr_t)curthread", "1;"}};
	char text[256];
	for (size_t i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
		snprintf(text, sizeof(text),
			 "mine:::inside " MINE " { this->x = %s; printf(\"%%d;\", args[0]); }", at[i].looks);
		cr_expect_str_eq(output(program(text)), at[i].want, "%s", at[i].looks);
		teardown();
		setup();
	}
}

Test(stable, hooks_keep_and_what_is_done_is_seen)
{
	char want[32];
	snprintf(want, sizeof(want), "%d;", getpid() + 1);
	cr_expect_str_eq(output(program("mine:::kept " MINE " { printf(\"%d;\", args[0]); }")), want);
}

/* Our own D faults: no probe, no error of the user's. */
Test(stable, faults_of_ours_are_silent)
{
	cr_expect_str_eq(
	    output(program("mine:::ghost { printf(\"x\"); } mine:::fickle " MINE " { printf(\"y\"); } "
			   "ERROR { printf(\"error\"); } END { printf(\"end\"); }")),
	    "end");
}

/* Theirs are theirs. */
Test(stable, faults_of_the_clauses)
{
	cr_expect_str_eq(output(program("mine:::both " MINE " { trace(*(int *)8); } mine:::both " MINE
					" { printf(\"on;\"); } "
					"ERROR { printf(\"error;\"); }")),
			 "error;on;error;on;");
}

Test(stable, predicates_of_two)
{
	cr_expect_str_eq(
	    output(program("mine:::one,mine:::both " MINE " { printf(\"%s %d;\", probename, arg0 > 2); }")),
	    "one 1;both 0;both 0;");
}

/* All that is said of a thread is said of the one the probe fires in. */
Test(stable, the_context_of_another_thread)
{
	char want[128], name[32] = "";
	FILE *f = fopen("/proc/self/status", "r");
	char line[256];
	int parent = getppid();
	fclose(f);
	snprintf(line, sizeof(line), "/proc/%d/comm", parent);
	f = fopen(line, "r");
	cr_assert_not_null(fgets(name, sizeof(name), f));
	fclose(f);
	name[strcspn(name, "\n")] = '\0';
	snprintf(want, sizeof(want), "%d %d %d %s %d 0 ;", parent, parent, parent, name, parent);
	char text[512];
	snprintf(text, sizeof(text),
		 "mine:::other /pid == %d/ { self->x = pid; printf(\"%%d %%d %%d %%s %%d %%d \", args[0], pid, "
		 "curthread->tgid, "
		 "execname, self->x, stackdepth); } syscall::getsid:return /pid == %d/ { printf(\"%%s;\", "
		 "self->x ? \"mine\" : "
		 "\"\"); }",
		 parent, getpid());
	cr_expect_str_eq(output(text), want);
}

Test(stable, a_mistake_of_ours_is_told)
{
	dtrace_proginfo_t info;
	dtrace_prog_t *p = dtrace_program_strcompile(dtp, "mine:::wrong", DTRACE_PROBESPEC_NAME, 0, 0, NULL);
	cr_assert_not_null(p);
	bool failed = dtrace_program_exec(dtp, p, &info) < 0 || dtrace_go(dtp) < 0;
	cr_assert(failed);
	const char *msg = dtrace_errmsg(dtp, dtrace_errno(dtp));
	cr_expect(strstr(msg, "cannot make mine:::wrong from syscall::getsid:entry on this kernel: "), "%s",
		  msg);
	cr_expect(strstr(msg, "nosuchvariable"), "%s", msg);
}

/* A program too long for one is split: each part sees the carried probe, in order. */
Test(stable, split_programs)
{
	enum {
		CLAUSES = 120
	};
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);
	fprintf(f, "BEGIN { n = 0; bad = 0; s = \"\"; }\n");
	for (int i = 0; i < CLAUSES; i++)
		fprintf(f,
			"mine:::both /pid == %d && args[0] == 2/ { bad += n != %d; n++; s = "
			"strjoin(substr(strjoin(execname, s), "
			"%d), lltostr(strlen(s))); }\n",
			getpid(), i, i % 3);
	fprintf(f, "END { printf(\"%%d %%d\", n, bad); }\n");
	fclose(f);
	cr_expect_str_eq(output(text), "120 0");
	free(text);
}

Test(stable, listing)
{
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);
	dtrace_prog_t *p = dtrace_program_strcompile(dtp, "mine:::kept { trace(args[0]); }",
						     DTRACE_PROBESPEC_NAME, 0, 0, NULL);
	cr_assert_not_null(p);
	dt_module_t *m;
	cr_assert_not_null(m = dt_module_build(dtp, &p->clauses, 1));
	cr_expect_eq(m->units.n, 2, "the hook's program and the probe's");
	cr_expect_null(m->units.p[0]->as);
	cr_expect_str_eq(m->units.p[1]->as->nam, "kept");
	dt_module_free(m);
	cr_expect_eq(dt_module_list(dtp, p, f), 0);
	fclose(f);
	cr_expect(strstr(text, "mine:vmlinux::kept"), "%s", text);
	free(text);
}
