/* test_parser.c - the grammar: what trees come out, what is refused and how. */
#include "syntax.h"

TestSuite(parser, .init = setup, .fini = teardown);

Test(parser, clauses)
{
	expect(parse("BEGIN { }"), "(clause BEGIN {})");
	expect(parse("a, b /p/ { x; y }"), "(clause a b /p/ {x y})");
	expect(parse("BEGIN { ; ; x; ; }"), "(clause BEGIN {x})");
	expect(parse("BEGIN {} END {}"), "(clause BEGIN {})\n(clause END {})");
	expect(parse("BEGIN { x = 1 }; END {}"), "[D_SYNTAX] syntax error near \";\"");
}

Test(parser, clauses_without_body)
{
	expect(parse("BEGIN"), "(clause BEGIN)");
	expect(parse("BEGIN; END, ERROR"), "(clause BEGIN)\n(clause END ERROR)");
	expect_tag(parse_file("BEGIN"), "D_SYNTAX");
	expect_tag(parse_file("BEGIN;"), "D_SYNTAX");
	expect_tag(parse("BEGIN /x/"), "D_SYNTAX");
	expect_tag(parse_file("BEGIN /x/;"), "D_SYNTAX");
}

Test(parser, empty_program)
{
	expect_tag(parse(""), "D_EMPTY");
	expect_tag(parse("/* nothing */\n#pragma D option quiet\n"), "D_EMPTY");
	expect(parse("struct empty_a;"), ""); /* a declaration is enough */
	cr_expect_not_null(dt_compile_text(dtp, "", 0, true, DTRACE_PROBESPEC_NONE, DTRACE_C_EMPTY, 0, NULL));
}

Test(parser, if_else)
{
	expect(body("if (a) b; c"), "(if a {b}) c");
	expect(body("if (a) { b; c } else d;"), "(if a {b c} {d})");
	expect(body("if (a) b; else if (c) d; else e"), "(if a {b} {(if c {d} {e})})");
	expect(body("if (a) if (b) c; else d;"), "(if a {(if b {c} {d})})");
	expect(body("if (a) { } else { }"), "(if a {})");
	expect(body("if (a) ;"), "(if a {})");
	expect(body("if (a) b"), "(if a {b})");
	expect_tag(body("if (a)"), "D_SYNTAX");
	expect_tag(body("if a b;"), "D_SYNTAX");
	expect_tag(body("{ a; }"), "D_SYNTAX");
	expect_tag(body("else a;"), "D_SYNTAX");
}

Test(parser, binary_precedence)
{
	expect(body("a + b * c - d"), "(- (+ a (* b c)) d)");
	expect(body("a << b + c < d == e"), "(== (< (<< a (+ b c)) d) e)");
	expect(body("a & b ^ c | d"), "(| (^ (& a b) c) d)");
	expect(body("a || b ^^ c && d"), "(|| a (^^ b (&& c d)))");
	expect(body("a == b & c != d"), "(& (== a b) (!= c d))");
	expect(body("a % b / c"), "(/ (% a b) c)");
	expect(body("a >= b <= c > d"), "(> (<= (>= a b) c) d)");
}

Test(parser, unary_and_postfix)
{
	expect(body("-a + !b * ~c"), "(+ (- a) (* (! b) (~ c)))");
	expect(body("*p++"), "(* (post++ p))");
	expect(body("++*p"), "(++ (* p))");
	expect(body("&a[1]"), "(& ([] a 1))");
	expect(body("-a.b"), "(- (. a b))");
	expect(body("a.b->c[1](2)"), "(call ([] (-> (. a b) c) 1) 2)");
	expect(body("self->a->b; this->c[1, 2]; self->d++"),
	       "(-> self->a b) ([] this->c 1 2) (post++ self->d)");
	expect(body("stringof x->y; stringof (x); stringof (char *)x"),
	       "(stringof (-> x y)) (stringof x) (stringof (cast char * x))");
}

Test(parser, ternary_and_assignment)
{
	expect(body("a ? b : c ? d : e"), "(? a b (? c d e))");
	expect(body("a = b = c"), "(= a (= b c))");
	expect(body("a ? @x = count() : 1"), "(? a (= @x (call count)) 1)");
	expect(body("a ? 1 : @x = count()"), "(? a 1 (= @x (call count)))");
	expect(body("a += b -= c"), "(+= a (-= b c))");
	expect(body("a *= 1; a /= 1; a %= 1; a &= 1; a |= 1; a ^= 1; a <<= 1; a >>= 1"),
	       "(*= a 1) (/= a 1) (%= a 1) (&= a 1) (|= a 1) (^= a 1) (<<= a 1) (>>= a 1)");
	expect(body("a, b = 1, c"), "(, (, a (= b 1)) c)");
	expect_tag(body("a + b = c"), "D_SYNTAX");
}

Test(parser, calls_and_aggregations)
{
	expect(body("f(); g(1, \"s\", a ? b : c)"), "(call f) (call g 1 \"s\" (? a b c))");
	expect(body("@a[pid, execname] = quantize(arg0)"), "(= (@a pid execname) (call quantize arg0))");
	expect(body("@a[1][2]"), "(@a 1)");
	expect_tag(body("f(,)"), "D_SYNTAX");
	expect_tag(body("f(1,)"), "D_SYNTAX");
	expect_tag(body("@a[]"), "D_SYNTAX");
}

Test(parser, types_in_expressions)
{
	expect(body("(int)x; (unsigned long long)x + 1; (char **)x; (string)x"),
	       "(cast int x) (+ (cast unsigned long long x) 1) (cast char ** x) (cast string x)");
	expect(body("sizeof (int); sizeof x; sizeof (x); sizeof (string) * 2"),
	       "(sizeof-type int) (sizeof x) (sizeof x) (* (sizeof-type string) 2)");
	expect(body("(struct task_struct *)x; offsetof(struct task_struct, string)"),
	       "(cast struct task_struct * x) (offsetof struct task_struct string)");
	expect(body("xlate < pid_t * > (x)->y"), "(-> (xlate pid_t * x) y)");
	expect(body("(const int)-x"), "(cast const int (- x))");
	expect(body("(uintptr_t)&x"), "(cast uintptr_t (& x))");
	expect(body("sizeof (int[3]); sizeof (int *[3])"), "(sizeof-type int [3]) (sizeof-type int *[3])");
}

Test(parser, nesting_is_bounded)
{
	static const struct {
		const char *open, *close;
	} forms[] = {{"(", ")"},
		     {"-", ""},
		     {"1+", ""},
		     {"a[", "]"},
		     {"f(", ")"},
		     {"if (1) ", ""},
		     {"1?", ":1"},
		     {"x=", ""},
		     {"!", ""},
		     {"a.b,", ""},
		     {"(int)", ""},
		     {"{", "}"},
		     {"if (1) {", "}"},
		     {"xlate<int>(", ")"},
		     {"if (1) ; else ", ""},
		     {"sizeof ", ""},
		     {"++", ""}};
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		for (int n = 500; n <= 50000; n *= 10) {
			size_t ol = strlen(forms[i].open), cl = strlen(forms[i].close);
			char *text = calloc(1, 64 + (ol + cl) * (size_t)n), *p = stpcpy(text, "BEGIN { ");
			for (int k = 0; k < n; k++)
				p = stpcpy(p, forms[i].open);
			p = stpcpy(p, "x");
			for (int k = 0; k < n; k++)
				p = stpcpy(p, forms[i].close);
			stpcpy(p, "; }");
			parse_text(text, strlen(text), false, 0, 0, NULL);
			if (n > 500)
				expect_tag(out, "D_SYNTAX");
			free(text);
		}
}

Test(parser, declarations)
{
	expect(parse("int a, *b, c[10], **d[2];"),
	       "(decl a int)\n(decl b int *)\n(decl c int [10])\n(decl d int **[2])");
	expect(parse("self int x; this string y; extern int z;"),
	       "(decl self x int)\n(decl this y string)\n(decl extern z int)");
	expect(parse("int a[int, string]; self char b[uint64_t];"),
	       "(decl a int [int, string])\n(decl self b char [uint64_t])");
	expect(parse("unsigned a; long unsigned int b; long long c; short d; signed char e; unsigned char f; "
		     "long double g;"),
	       "(decl a unsigned int)\n(decl b unsigned long)\n(decl c long long)\n(decl d short)\n(decl e "
	       "signed char)\n"
	       "(decl f unsigned char)\n(decl g long double)");
	expect(parse("const int a; volatile long *b; int *const c;"),
	       "(decl a const int)\n(decl b volatile long *)\n(decl c int *const)");
	expect(parse("int a[2 * 3 + 1];"), "(decl a int [7])");
	expect(parse("struct task_struct *t;"), "(decl t struct task_struct *)");
	expect(parse("int (*fp)(int, char *);"),
	       parse("typedef int (*fp_t)(int, char *); int (*fp)(int, char *);"));
}

Test(parser, type_definitions)
{
	expect(parse("struct tp_a { int x; struct tp_a *next; unsigned b:3, :2, c:1; char tail[]; }; struct "
		     "tp_a *p;"),
	       "(decl p struct tp_a *)");
	expect(parse("struct tp_b { int x; union { int u; long v; }; struct { int w; } in; }; struct tp_b b;"),
	       "(decl b struct tp_b)");
	expect(parse("typedef struct { int x; } tp_c; tp_c c; typedef tp_c *tp_d; tp_d d;"),
	       "(decl c tp_c)\n(decl d tp_d)");
	expect(parse("enum tp_e { TE_A, TE_B = 5, TE_C, TE_D = TE_B << 2, }; int a[TE_C + TE_D];"),
	       "(decl a int [26])");
	expect(parse("typedef int tp_f; typedef int tp_f; tp_f f;"), "(decl f tp_f)");
	expect(parse("int prototype(int, char *, ...); int q;"), "(decl q int)");
}

Test(parser, specifier_errors)
{
	expect_tag(parse("short char x;"), "D_DECL_CHARATTR");
	expect_tag(parse("unsigned void *x;"), "D_DECL_VOIDATTR");
	expect_tag(parse("unsigned string x;"), "D_DECL_SIGNINT");
	expect_tag(parse("signed float x;"), "D_DECL_SIGNINT");
	expect_tag(parse("long struct se_a x;"), "D_DECL_LONGINT");
	expect_tag(parse("int char x;"), "D_DECL_COMBO");
	expect_tag(parse("long long long x;"), "D_DECL_COMBO");
	expect_tag(parse("signed unsigned x;"), "D_DECL_COMBO");
	expect_tag(parse("extern static int x;"), "D_DECL_CLASS");
	expect_tag(parse("static int x;"), "D_DECL_BADCLASS");
	expect_tag(parse("int f(static int);"), "D_DECL_PARMCLASS");
	expect(parse("int f(register int); int x;"), "(decl x int)");
	expect_tag(parse("inline extern int x = 1;"), "D_DECL_BADCLASS");
	expect_tag(parse("self x;"), "D_SYNTAX");
	expect(parse("userland int x;"), "(decl x userland int)");
	expect(parse("int userland x;"), "(decl x userland int)");
	expect_tag(parse("userland string x;"), "D_DECL_COMBO");
	expect_tag(parse("userland struct nowhere *x;"), "D_TYPE_ERR");
}

Test(parser, declarator_errors)
{
	expect_tag(parse("int a b;"), "D_DECL_IDENT");
	expect_tag(parse("int f(a);"), "D_DECL_IDENT");
	expect_tag(parse("int a[0];"), "D_DECL_ARRSUB");
	expect_tag(parse("int a[-1];"), "D_DECL_ARRSUB");
	expect_tag(parse("int a[];"), "D_DECL_ARRNULL");
	expect_tag(parse("int a[4294967296];"), "D_DECL_ARRBIG");
	expect_tag(parse("long a[2000000000];"), "D_DECL_ARRBIG");
	expect_tag(parse_file("int;"), "D_DECL_USELESS");
	expect_tag(parse("inline int;"), "D_DECL_USELESS");
	expect_tag(parse("this int a[int];"), "D_DECL_LOCASSC");
	expect_tag(parse("void x;"), "D_DECL_VOIDOBJ");
	expect_tag(parse("void x[2];"), "D_DECL_VOIDOBJ");
	expect_tag(parse("int a[5][int];"), "D_DECL_DYNOBJ");
	expect_tag(parse("struct nosuch_tag x;"), "D_DECL_INCOMPLETE");
	expect_tag(parse("int m`x;"), "D_DECL_SCOPE");
	expect_tag(parse("int x = 5;"), "D_SYNTAX");
	expect_tag(parse("int f() { }"), "D_SYNTAX");
}

Test(parser, prototype_errors)
{
	expect_tag(parse("int a[int, ...];"), "D_DECL_PROTO_VARARGS");
	expect_tag(parse("int a[void];"), "D_DECL_PROTO_TYPE");
	expect_tag(parse("int f(void, int);"), "D_DECL_PROTO_VOID");
	expect_tag(parse("int f(void x);"), "D_DECL_PROTO_NAME");
	expect_tag(parse("inline int f[int] = 1;"), "D_DECL_PROTO_NAME");
	expect_tag(parse("inline int f[int a, int a] = 1;"), "D_DECL_PROTO_FORM");
	expect_tag(parse("inline int f[3] = 1;"), "D_DECL_ARRNULL");
}

Test(parser, struct_and_enum_errors)
{
	expect_tag(parse("struct ss { int a; int a; };"), "D_UNKNOWN");
	expect_tag(parse("struct st { int; };"), "D_DECL_MNAME");
	expect_tag(parse("struct su { void v; };"), "D_DECL_VOIDOBJ");
	expect_tag(parse("struct sv { struct nosuch_tag v; };"), "D_DECL_INCOMPLETE");
	expect_tag(parse("struct sw { int a[]; int b; };"), "D_DECL_ARRNULL");
	expect_tag(parse("struct sx { int a : 33; };"), "D_DECL_BFSIZE");
	expect_tag(parse("struct sy { int a : 0; };"), "D_DECL_BFCONST");
	expect_tag(parse("struct sz { int *a : 3; };"), "D_DECL_BFTYPE");
	expect_tag(parse("struct sa { int x; }; struct sa { int y; };"), "D_DECL_TYPERED");
	expect_tag(parse("enum ea { EE_A, EE_A };"), "D_DECL_IDRED");
	expect_tag(parse("enum eb { EE_B = 2147483647, EE_C };"), "D_DECL_ENOFLOW");
	expect_tag(parse("enum ec { EE_D = \"x\" };"), "D_DECL_ENCONST");
	expect_tag(parse("typedef int tt; typedef long tt;"), "D_DECL_IDRED");
	expect_tag(parse("enum ed { EE_T }; typedef int EE_T;"), "D_DECL_IDRED");
}

Test(parser, failed_compile_takes_names_back)
{
	expect_tag(parse("enum fa { FA_A }; BEGIN {"), "D_SYNTAX");
	expect(parse("typedef int FA_A; FA_A x;"), "(decl x FA_A)");
}

Test(parser, inlines)
{
	expect(parse("inline int N = 3 + 4; inline string S = \"x\";"),
	       "(inline N int (+ 3 4))\n(inline S string \"x\")");
	expect(parse("inline int max[int a, int b] = a > b ? a : b;"),
	       "(inline max int [int a, int b] (? (> a b) a b))");
	expect_tag(parse("inline int x;"), "D_SYNTAX");
}

Test(parser, translators)
{
	expect(parse("struct tr_o { int a; string b; }; translator struct tr_o < struct task_struct *T > { a = "
		     "T->pid; string = "
		     "(int)T; };"),
	       "(translator struct tr_o (T struct task_struct *) (a (-> T pid)) (string (cast int T)))");
	expect(parse("translator pid_t < int i > { };"), "(translator pid_t (i int))");
	expect_tag(parse("translator pid_t < int i > { }"), "D_SYNTAX"); /* needs its semicolon */
}

Test(parser, providers)
{
	expect(parse("provider p { probe a__b(int, char *s) : (char *s); probe c(void); probe self(); };"),
	       "(provider p (probe a-b ((type int) (type char * s)) ((type char * s))) (probe c ()) (probe "
	       "self ()))");
	expect_tag(parse("provider p1 { };"), "D_PROV_BADNAME");
	expect_tag(parse("provider p { probe a(); probe a(); };"), "D_PROV_PRDUP");
	expect_tag(parse("provider p { probe a(int x) : (int y); };"), "D_DECL_PROTO_FORM");
	expect_tag(parse("provider p { probe a(int, ...); };"), "D_DECL_PROTO_VARARGS");
}

Test(parser, message_location)
{
	expect(parse_file("BEGIN\n{\n\ttrace(1;\n}\n"), "[D_SYNTAX] line 3: syntax error near \";\"");
	expect(parse("BEGIN\n{ trace(1; }"), "[D_SYNTAX] syntax error near \";\"");
	expect(parse_file("BEGIN {"), "[D_SYNTAX] line 1: syntax error near end of input");
	expect(parse_file("BEGIN {\n \"a\n\" }"),
	       "[D_STR_NL] line 2: newline in a string constant: write \\n, or close the string");
}

Test(parser, whole_compile)
{
	static const char text[] = "BEGIN { x = 1; exit(x); }\nEND";
	char *argv[] = {"test", NULL};
	dtrace_proginfo_t info;
	dtrace_prog_t *prog =
	    dtrace_program_strcompile(dtp, text, DTRACE_PROBESPEC_NAME, DTRACE_C_PSPEC, 1, argv);
	cr_assert_not_null(prog, "%s", dtrace_errmsg(dtp, dtrace_errno(dtp)));
	dtrace_program_info(dtp, prog, &info);
	cr_expect_eq(info.dpi_matches, 2);
	cr_expect_eq(dtp->enabled.n, 0);
	cr_expect_eq(dtrace_program_exec(dtp, prog, &info), 0);
	cr_expect_eq(dtp->enabled.n, 2);
	cr_expect_str_eq(dtp->enabled.p[0]->descs[0], "BEGIN");
	cr_expect_null(
	    dtrace_program_strcompile(dtp, "BEGIN { nosuch(1); }", DTRACE_PROBESPEC_NAME, 0, 1, argv));
	cr_expect_eq(dtrace_errno(dtp), EDT_COMPILER);
	cr_expect_eq(dtp->progs.n, 1);
}

Test(parser, scripts_from_a_file)
{
	char script[] = "#!/usr/sbin/dtrace -s\nBEGIN\n{\n\texit($1);\n}\n";
	char *argv[] = {"x.d", "0", NULL};
	FILE *fp = fmemopen(script, strlen(script), "r");
	cr_expect_not_null(dtrace_program_fcompile(dtp, fp, 0, 2, argv), "%s",
			   dtrace_errmsg(dtp, dtrace_errno(dtp)));
	rewind(fp);
	cr_expect_null(dtrace_program_fcompile(dtp, fp, 0, 1, argv));
	cr_expect_str_eq(dtrace_errmsg(dtp, dtrace_errno(dtp)), "line 4: macro argument $1 is not defined");
	rewind(fp);
	/* Through the preprocessor errors name the file. */
	cr_expect_null(dtrace_program_fcompile(dtp, fp, DTRACE_C_CPP, 1, argv));
	cr_expect_str_eq(dtrace_errmsg(dtp, dtrace_errno(dtp)),
			 "\"x.d\", line 4: macro argument $1 is not defined");
	rewind(fp);
	cr_expect_eq(dtrace_setopt(dtp, "cpppath", "/nonexistent"), 0);
	cr_expect_null(dtrace_program_fcompile(dtp, fp, DTRACE_C_CPP, 2, argv));
	cr_expect_eq(dtrace_errno(dtp), EDT_CPPENT);
	fclose(fp);
}

static int
count_stmt(dtrace_hdl_t *h, dtrace_prog_t *prog, dtrace_stmtdesc_t *stmt, void *arg)
{
	(void)h;
	(void)prog;
	cr_expect(stmt->dtsd_ecbdesc->dted_probe.dtpd_name[0] != '\0');
	return ++*(int *)arg == 3 ? 7 : 0;
}

Test(parser, statement_iteration)
{
	int n = 0;
	dtrace_prog_t *prog = dtrace_program_strcompile(dtp, "BEGIN, END { } ERROR { } END { }",
							DTRACE_PROBESPEC_NAME, 0, 0, NULL);
	cr_assert_not_null(prog);
	cr_expect_eq(dtrace_stmt_iter(dtp, prog, count_stmt, &n), 7); /* stops at the callback's word */
	cr_expect_eq(n, 3);
}

Test(parser, destructive_needs_the_option)
{
	dtrace_prog_t *prog = dtrace_program_strcompile(dtp, "BEGIN { }", DTRACE_PROBESPEC_NAME, 0, 0, NULL);
	cr_assert_not_null(prog);
	prog->clauses->is_destructive = true;
	cr_expect_eq(dtrace_program_exec(dtp, prog, NULL), -1);
	cr_expect_eq(dtrace_errno(dtp), EDT_DESTRUCTIVE);
	cr_expect_eq(dtp->enabled.n, 0);
	cr_expect_eq(dtrace_setopt(dtp, "destructive", NULL), 0);
	cr_expect_eq(dtrace_program_exec(dtp, prog, NULL), 0);
	dtp->active = true;
	cr_expect_eq(dtrace_program_exec(dtp, prog, NULL), -1);
	cr_expect_eq(dtrace_errno(dtp), EDT_ACTIVE);
	dtp->active = false;
}
