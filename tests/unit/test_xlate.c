/*
 * test_xlate.c - what a run of dtrace cannot show: arguments that a provider declares in a
 * translated form, and libraries after a failed compile.
 */
#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../libdtrace/sema/xlate.h"
#include "../../libdtrace/session/probe.h"
#include "../../libdtrace/syntax/compile.h"
#include "../../libdtrace/syntax/library.h"

static dtrace_hdl_t *dtp;
static char dir[] = "/tmp/test_xlateXXXXXX";

static int
provide(dtrace_hdl_t *h, const dt_provider_t *pv, const dtrace_probedesc_t *pd)
{
	(void)h;
	(void)pv;
	(void)pd;
	return 0;
}

static int
args(dtrace_hdl_t *h, const dt_probe_t *p, dt_argtype_t *argv, int max)
{
	(void)h;
	(void)p;
	(void)max;
	argv[0] = (dt_argtype_t){.type = "out_t *", .native = "int", .mapping = 2};
	argv[1] = (dt_argtype_t){.type = "out_t", .native = "string", .mapping = 1};
	argv[2] = (dt_argtype_t){.type = "int", .native = "int", .mapping = 0};
	argv[3] = (dt_argtype_t){.type = "libtype_t *", .native = "long", .mapping = 3};
	return 4;
}

static const dt_provider_t fake = {.name = "fake", .provide = provide, .args = args};

static void
write_library(const char *name, const char *text)
{
	char path[128];
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	FILE *f = fopen(path, "w");
	cr_assert_not_null(f);
	fputs(text, f);
	fclose(f);
}

static void
setup(void)
{
	int err = 0;
	cr_assert_not_null(mkdtemp(dir));
	write_library("lib.d", "typedef struct lib { int a; } libtype_t;\n"
			       "translator libtype_t < long N > { a = N + libconst; };\n"
			       "inline int libconst = 5;\n");
	write_library("struct.d", "struct libstruct { int a; };\ninline int other = 1;\n");
	dtp = dtrace_open(DTRACE_VERSION, DTRACE_O_NODEV, &err);
	cr_assert_not_null(dtp, "dtrace_open: %s", dtrace_errmsg(NULL, err));
	cr_assert_eq(dtrace_setopt(dtp, "syslibdir", dir), 0);
	dt_probe_insert(dtp, &fake, "fake", "m", "f", "n");
}

static void
teardown(void)
{
	char cmd[128];
	dtrace_close(dtp);
	snprintf(cmd, sizeof(cmd), "rm -rf %s", dir);
	cr_expect_eq(system(cmd), 0);
}

TestSuite(xlate, .init = setup, .fini = teardown);

static dtrace_prog_t *
compile(const char *text)
{
	char name[] = "test.d", *argv[] = {name, NULL};
	return dt_compile_text(dtp, text, strlen(text), true, DTRACE_PROBESPEC_NONE, DTRACE_C_ETAGS, 1, argv);
}

static void
expect_error(const char *text, const char *start)
{
	cr_expect_null(compile(text), "accepted: %s", text);
	const char *msg = dtrace_errmsg(dtp, dtrace_errno(dtp));
	cr_expect_eq(strncmp(msg, start, strlen(start)), 0, "%s\nfails with: %s", text, msg);
}

#define OUT "typedef struct out { int a; string s; } out_t;\n"
#define XL  "translator out_t < int N > { a = N * 10; };\n"

/* The first statement's argument, "(call trace X)", as text. */
static char *
traced(const dtrace_prog_t *p)
{
	char *buf = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&buf, &len);
	dt_node_print(p->clauses->stmts->left->args, f);
	fclose(f);
	return buf;
}

Test(xlate, args_are_translated)
{
	dtrace_prog_t *p = compile(OUT XL "fake:::n { trace(args[0]->a); }");
	cr_assert_not_null(p, "%s", dtrace_errmsg(dtp, dtrace_errno(dtp)));
	char *text = traced(p);
	cr_expect_not_null(strstr(text, "10"), "%s", text);
	cr_expect_not_null(strstr(text, "args"), "%s", text);
	free(text);
	/* The native argument is the raw one that the provider says. */
	const dt_node_t *n = p->clauses->stmts->left->args;
	while (n->kind != DN_INDEX)
		n = n->left;
	cr_expect_eq(n->ival, 2);
}

/* rows: D_ARGS_XLATOR */
Test(xlate, args_need_a_translator)
{
	expect_error(OUT XL "fake:::n\n{ trace(args[1].a); }", "[D_ARGS_XLATOR] line 4: ");
	expect_error("fake:::n { trace(args[0]->a); }", "[D_ARGS_XLATOR] ");
}

Test(xlate, same_type_needs_none)
{
	cr_expect_not_null(compile(OUT "fake:::n { trace(args[2] + 1); }"));
}

Test(xlate, args_from_a_library)
{
	cr_expect_not_null(compile("fake:::n { trace(args[3]->a); }"), "%s",
			   dtrace_errmsg(dtp, dtrace_errno(dtp)));
}

Test(xlate, libraries_outlive_a_failed_compile)
{
	expect_error("fake:::n { trace(libconst); trace(nosuch); }", "[D_IDENT_UNDEF] ");
	cr_expect_not_null(compile("fake:::n { trace(libconst); trace(sizeof (struct libstruct)); }"), "%s",
			   dtrace_errmsg(dtp, dtrace_errno(dtp)));
	cr_expect_not_null(compile("fake:::n { trace(args[3]->a + other); }"));
	/* A program's own translators and names go with it. */
	expect_error(OUT XL "inline int mine = 2; fake:::n { trace(nosuch); }", "[D_IDENT_UNDEF] ");
	expect_error("fake:::n { trace(mine); }", "[D_IDENT_UNDEF] ");
	expect_error("fake:::n { trace(xlate <out_t> (1).a); }", "[D_XLATE_NONE] ");
}

Test(xlate, own_names_come_before_libraries)
{
	cr_expect_not_null(compile("inline int libconst = 7; fake:::n { trace(libconst); trace(args[3]->a); }"),
			   "%s", dtrace_errmsg(dtp, dtrace_errno(dtp)));
}

Test(xlate, providers_are_kept)
{
	cr_assert_not_null(compile("provider p { probe one__two(int a, char *b) : (char *b, int a); };\n"
				   "#pragma D attributes Stable/Evolving/ISA provider p name\n"));
	const dt_provdecl_t *pd = dt_provdecl_byname(dtp, "p");
	cr_assert_not_null(pd);
	cr_expect_str_eq(pd->probes->name, "one-two");
	cr_expect_eq(dt_node_count(pd->probes->args), 2);
	cr_expect_str_eq(pd->probes->right->name, "b");
	cr_expect_eq(pd->attr.name.dtat_name, DTRACE_STABILITY_STABLE);
	cr_expect_eq(pd->attr.name.dtat_class, DTRACE_CLASS_ISA);
	cr_expect_eq(pd->attr.args.dtat_name, DTRACE_STABILITY_UNSTABLE);
	cr_expect_null(dt_provdecl_byname(dtp, "q"));
}
