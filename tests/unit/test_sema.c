/*
 * test_sema.c - types of expressions, and the error, with its line, of everything
 * that is wrong in a D program.
 */
#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

#include "../../libdtrace/sema/functions.h"
#include "../../libdtrace/sema/ident.h"
#include "../../libdtrace/session/probe.h"
#include "../../libdtrace/syntax/compile.h"

static dtrace_hdl_t *dtp;

static void
setup(void)
{
	int err = 0;
	dtp = dtrace_open(DTRACE_VERSION, DTRACE_O_NODEV, &err);
	cr_assert_not_null(dtp, "dtrace_open: %s", dtrace_errmsg(NULL, err));
}

static void
teardown(void)
{
	dtrace_close(dtp);
	dtp = NULL;
}

TestSuite(sema, .init = setup, .fini = teardown);

static dtrace_prog_t *
compile(const char *text, uint32_t cflags)
{
	char name[] = "test.d", *argv[] = {name, NULL};
	return dt_compile_text(dtp, text, strlen(text), true, DTRACE_PROBESPEC_NONE, cflags | DTRACE_C_ETAGS, 1,
			       argv);
}

static const char *
message(void)
{
	return dtrace_errmsg(dtp, dtrace_errno(dtp));
}

static dtrace_prog_t *
good(const char *text)
{
	dtrace_prog_t *p = compile(text, 0);
	cr_assert_not_null(p, "%s\nfails: %s", text, message());
	return p;
}

/* Compiling must fail with this tag at this line. */
static void
bad(const char *text, const char *tag, int line)
{
	char want[64];
	dtrace_prog_t *p = compile(text, 0);
	cr_expect_null(p, "%s\ncompiles, wanted %s", text, tag);
	if (p)
		return;
	snprintf(want, sizeof(want), "[%s] line %d: ", tag, line);
	cr_expect(strncmp(message(), want, strlen(want)) == 0, "%s\ngives: %s\nwanted: %s", text, message(),
		  want);
}

/* The argument of the last trace() of the program's last clause. */
static dt_node_t *
traced(dtrace_prog_t *p)
{
	dt_clause_t *cl = p->clauses;
	while (cl->next)
		cl = cl->next;
	dt_node_t *s = cl->stmts;
	while (s->next)
		s = s->next;
	cr_assert_eq(s->left->func, DT_F_TRACE);
	return s->left->args;
}

static dt_node_t *
typed(const char *expr)
{
	char text[1024];
	snprintf(text, sizeof(text), "BEGIN { trace(%s); }", expr);
	return traced(good(text));
}

typedef struct {
	const char *expr, *type;
} typecase_t;

static void
check_types(const typecase_t *t, size_t n)
{
	char name[128];
	for (size_t i = 0; i < n; i++)
		cr_expect_str_eq(dt_type_name(typed(t[i].expr)->type, name, sizeof(name)), t[i].type, "%s",
				 t[i].expr);
}
#define TYPES(t) check_types(t, sizeof(t) / sizeof((t)[0]))

Test(sema, integer_types)
{
	good("signed char sc; unsigned char uc; short s; unsigned short us; int i; unsigned int ui; long l;"
	     "unsigned long ul; long long ll; int64_t i64; uint32_t u32; string str; char *cp; int *ip; void "
	     "*vp;"
	     "enum color { RED, GREEN = 7, BLUE } col; struct point { int x; int y; int flag : 3; } pt;");
	static const typecase_t t[] = {
	    {"1", "int"},
	    {"'a'", "int"},
	    {"1u", "unsigned int"},
	    {"0x80000000", "unsigned int"},
	    {"1L", "long"},
	    {"sc + sc", "int"},
	    {"us * us", "int"},
	    {"i + ui", "unsigned int"},
	    {"i + l", "long"},
	    {"ui + l", "long"},
	    {"l + ul", "unsigned long"},
	    {"ul - i", "unsigned long"},
	    {"i << ul", "int"},
	    {"us >> 1", "int"},
	    {"ul << i", "unsigned long"},
	    {"-us", "int"},
	    {"~ui", "unsigned int"},
	    {"!ul", "int"},
	    {"ul < l", "int"},
	    {"i && ul", "int"},
	    {"i ^^ vp", "int"},
	    {"(sc, ul)", "unsigned long"},
	    {"i ? sc : ul", "unsigned long"},
	    {"i ? sc : us", "int"},
	    {"col", "enum color"},
	    {"col + 1", "int"},
	    {"RED", "int"},
	    {"sc++", "signed char"},
	    {"--ul", "unsigned long"},
	    {"ul = i", "unsigned long"},
	    {"sc += 5", "signed char"},
	    {"(short)ul", "short"},
	    {"pt.x", "int"},
	    {"pt.flag + 0", "int"},
	    {"i64", "int64_t"},
	    {"u32 | 1", "uint32_t"},
	};
	TYPES(t);
}

Test(sema, pointer_and_string_types)
{
	good("string str; char *cp; int *ip; void *vp; char arr[8]; int grid[4]; int i;");
	static const typecase_t t[] = {
	    {"ip + 1", "int *"},
	    {"1 + ip", "int *"},
	    {"ip - ip", "ptrdiff_t"},
	    {"ip[2]", "int"},
	    {"*ip", "int"},
	    {"&*ip", "int *"},
	    {"&ip[3]", "int *"},
	    {"*&ip[3]", "int"},
	    {"grid[1]", "int"},
	    {"grid + 1", "int *"},
	    {"str", "string"},
	    {"\"text\"", "string"},
	    {"str + 2", "string"},
	    {"str[2]", "char"},
	    {"cp + 1", "char *"},
	    {"stringof(cp)", "string"},
	    {"(string)cp", "string"},
	    {"stringof(i)", "string"},
	    {"str == \"x\"", "int"},
	    {"str == cp", "int"},
	    {"str == NULL", "int"},
	    {"str != 0", "int"},
	    {"cp == vp", "int"},
	    {"ip == 0", "int"},
	    {"i ? str : \"none\"", "string"},
	    {"i ? cp : str", "string"},
	    {"i ? ip : NULL", "int *"},
	    {"i ? vp : ip", "int *"},
	    {"(int *)vp", "int *"},
	    {"NULL", "long"},
	};
	TYPES(t);
	dt_node_t *n = typed("str == cp");
	cr_expect_eq(dt_type_info(n->dtype).kind, DT_K_STRING);
	n = typed("str == NULL");
	cr_expect_eq(dt_type_info(n->dtype).kind, DT_K_PTR);
	n = typed("i < 4294967295");
	cr_expect_eq(dt_type_info(n->dtype).size, 8);
}

Test(sema, builtin_types)
{
	static const typecase_t t[] = {
	    {"arg0", "int64_t"},
	    {"arg9", "int64_t"},
	    {"caller", "uintptr_t"},
	    {"cpu", "int"},
	    {"errno", "int"},
	    {"execname", "string"},
	    {"id", "uint_t"},
	    {"epid", "uint_t"},
	    {"pid", "pid_t"},
	    {"ppid", "pid_t"},
	    {"tid", "id_t"},
	    {"probefunc", "string"},
	    {"timestamp", "uint64_t"},
	    {"vtimestamp", "uint64_t"},
	    {"walltimestamp", "int64_t"},
	    {"stackdepth", "uint32_t"},
	    {"ipl", "uint_t"},
	    {"uid", "unsigned int"},
	    {"timestamp - 1", "uint64_t"},
	    {"strlen(execname)", "size_t"},
	    {"rand()", "int"},
	    {"copyinstr(arg0)", "string"},
	    {"copyin(arg0, 8)", "void *"},
	    {"lltostr(1)", "string"},
	    {"index(execname, \"a\")", "int"},
	    {"substr(execname, 1)", "string"},
	    {"strjoin(execname, probename)", "string"},
	    {"strchr(execname, 'a')", "string"},
	};
	TYPES(t);
}

Test(sema, kernel_types)
{
	static const typecase_t t[] = {
	    {"curthread", "struct task_struct *"},
	    {"curthread->pid", "pid_t"},
	    {"curthread->real_parent", "struct task_struct *"},
	    {"curthread->real_parent->real_parent->tgid", "pid_t"},
	    {"stringof(curthread->comm)", "string"},
	    {"curthread->comm[0]", "char"},
	    {"((struct task_struct *)arg0)->pid", "pid_t"},
	    {"sizeof (struct task_struct)", "size_t"},
	};
	TYPES(t);
	cr_expect(typed("curthread")->trusted);
	cr_expect_eq(dt_type_info(typed("curthread->comm")->type).kind, DT_K_ARRAY);
}

typedef struct {
	const char *expr;
	int64_t value;
} valuecase_t;

Test(sema, constants)
{
	good("enum e { ZERO, ONE, NINE = 9, TEN }; struct s { char a; long b; int c[3]; };"
	     "inline int SIZE = 4 * 2; inline int twice[int n] = n * 2; inline uint8_t CUT = 0x1ff;");
	static const valuecase_t t[] = {
	    {"1 + 2 * 3", 7},
	    {"7 / 2", 3},
	    {"-7 / 2", -3},
	    {"-7 % 3", -1},
	    {"1 << 40", 1LL << 40},
	    {"-8 >> 1", -4},
	    {"~0", -1},
	    {"!5", 0},
	    {"3 > 2 && 1", 1},
	    {"0 || 0", 0},
	    {"1 ^^ 1", 0},
	    {"1 ? 10 : 20", 10},
	    {"(char)0x1ff", -1},
	    {"(unsigned char)0x1ff", 255},
	    {"sizeof (int)", 4},
	    {"sizeof (long long)", 8},
	    {"sizeof \"abc\"", 4},
	    {"sizeof (struct s)", 32},
	    {"offsetof(struct s, b)", 8},
	    {"offsetof(struct s, c)", 16},
	    {"TEN", 10},
	    {"SIZE + 1", 9},
	    {"twice[SIZE]", 16},
	    {"twice[twice[3]]", 12},
	    {"CUT", 255},
	    {"NULL", 0},
	    {"(-9223372036854775807 - 1) / -1", INT64_MIN},
	};
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		dt_node_t *n = typed(t[i].expr);
		cr_expect_eq(n->kind, DN_INT, "%s is not folded", t[i].expr);
		cr_expect_eq((int64_t)n->ival, t[i].value, "%s = %lld", t[i].expr, (long long)n->ival);
	}
}

typedef struct {
	const char *text, *tag;
	int line;
} badcase_t;

static void
check_bad(const badcase_t *t, size_t n)
{
	for (size_t i = 0; i < n; i++)
		bad(t[i].text, t[i].tag, t[i].line);
}
#define BAD(t) check_bad(t, sizeof(t) / sizeof((t)[0]))

Test(sema, errors_operators)
{
	good("string str; int i; int *ip; void *vp; struct p { int x; int f : 3; } pt, *pp; char *cp; double "
	     "dbl;"
	     "struct nowhere_known *np; int carr[4]; int (*fp)(int);");
	static const badcase_t t[] = {
	    {"BEGIN {\n trace(1 / 0); }", "D_DIV_ZERO", 2},
	    {"BEGIN { trace(i % 0); }", "D_DIV_ZERO", 1},
	    {"BEGIN { i /= 0; }", "D_DIV_ZERO", 1},
	    {"BEGIN { trace(str * 2); }", "D_OP_ARITH", 1},
	    {"BEGIN { trace(dbl * 2); }", "D_OP_ARITH", 1},
	    {"BEGIN { trace(-str); }", "D_OP_ARITH", 1},
	    {"BEGIN { trace(str & 2); }", "D_OP_INT", 1},
	    {"BEGIN { trace(~ip); }", "D_OP_INT", 1},
	    {"BEGIN { trace(1 << str); }", "D_OP_INT", 1},
	    {"BEGIN { trace(!pt); }", "D_OP_SCALAR", 1},
	    {"BEGIN { trace(str && 1); }", "D_OP_SCALAR", 1},
	    {"BEGIN { trace(pt ? 1 : 2); }", "D_OP_SCALAR", 1},
	    {"BEGIN { str++; }", "D_OP_SCALAR", 1},
	    {"BEGIN { trace(str + str); }", "D_OP_INCOMPAT", 1},
	    {"BEGIN { trace(1 - ip); }", "D_OP_INCOMPAT", 1},
	    {"BEGIN { trace(str == 5); }", "D_OP_INCOMPAT", 1},
	    {"BEGIN { trace(ip == cp); }", "D_OP_INCOMPAT", 1},
	    {"BEGIN { trace(ip == i); }", "D_OP_INCOMPAT", 1},
	    {"BEGIN { trace(i ? str : 5); }", "D_OP_INCOMPAT", 1},
	    {"BEGIN { trace(i ? ip : cp); }", "D_OP_INCOMPAT", 1},
	    {"BEGIN { i = \"text\"; }", "D_OP_INCOMPAT", 1},
	    {"BEGIN { str = 5; }", "D_OP_INCOMPAT", 1},
	    {"BEGIN { ip = 5; }", "D_OP_INCOMPAT", 1},
	    {"BEGIN { str += 1; }", "D_OP_INCOMPAT", 1},
	    {"BEGIN { vp++; }", "D_OP_VFPTR", 1},
	    {"BEGIN { trace(vp + 1); }", "D_OP_VFPTR", 1},
	    {"BEGIN { carr = 5; }", "D_OP_ARRFUN", 1},
	    {"BEGIN { 1 = 2; }", "D_OP_LVAL", 1},
	    {"BEGIN { (i + 1)++; }", "D_OP_LVAL", 1},
	    {"BEGIN { trace(@a = count()); }", "D_OP_LVAL", 1},
	    {"BEGIN { pid = 1; }", "D_OP_WRITE", 1},
	    {"BEGIN { curthread->pid = 1; }", "D_OP_WRITE", 1},
	    {"BEGIN { trace(0 && (pid = 1)); }", "D_OP_WRITE", 1},
	    {"BEGIN { trace(i->x); }", "D_OP_PTR", 1},
	    {"BEGIN { trace(pt->x); }", "D_OP_PTR", 1},
	    {"BEGIN { trace(ip->x); }", "D_OP_SOU", 1},
	    {"BEGIN { trace(pp.x); }", "D_OP_SOU", 1},
	    {"BEGIN { trace(np->x); }", "D_OP_INCOMPLETE", 1},
	    {"BEGIN { trace(pt.nosuch); }", "D_TYPE_MEMBER", 1},
	    {"BEGIN { trace(*i); }", "D_DEREF_NONPTR", 1},
	    {"BEGIN { trace(*vp); }", "D_DEREF_VOID", 1},
	    {"BEGIN { trace(*fp); }", "D_DEREF_FUNC", 1},
	    {"BEGIN { trace(&i); }", "D_ADDROF_VAR", 1},
	    {"BEGIN { trace(&@a); }", "D_ADDROF_VAR", 1},
	    {"BEGIN { trace(&1); }", "D_ADDROF_LVAL", 1},
	    {"BEGIN { trace(&pp->f); }", "D_ADDROF_BITFIELD", 1},
	    {"BEGIN { trace(sizeof pt.f); }", "D_SIZEOF_BITFIELD", 1},
	    {"BEGIN { trace(sizeof (void)); }", "D_SIZEOF_TYPE", 1},
	    {"BEGIN { trace(offsetof(int, x)); }", "D_OFFSETOF_TYPE", 1},
	    {"BEGIN { trace(offsetof(struct p, f)); }", "D_OFFSETOF_BITFIELD", 1},
	    {"BEGIN { trace(stringof(pt)); }", "D_STRINGOF_TYPE", 1},
	    {"BEGIN { trace((struct p)i); }", "D_CAST_INVAL", 1},
	    {"BEGIN { trace((int)pt); }", "D_CAST_INVAL", 1},
	    {"BEGIN { trace((1, exit(0))); }", "D_OP_ACT", 1},
	    {"BEGIN { i = 1 ? exit(0) : 2; }", "D_OP_ACT", 1},
	    {"BEGIN { trace(carr[4]); }", "D_ARR_BOUNDS", 1},
	    {"BEGIN { trace(ip[1, 2]); }", "D_ARR_BADREF", 1},
	};
	BAD(t);
}

Test(sema, errors_variables)
{
	good("int i; int assoc[int, string]; self int si; inline int one = 1; inline int add[int a, int b] = a "
	     "+ b;");
	static const badcase_t t[] = {
	    {"BEGIN\n{\n\ttrace(nosuch);\n}", "D_IDENT_UNDEF", 3},
	    {"BEGIN { trace(self->nosuch); }", "D_VAR_UNDEF", 1},
	    {"BEGIN { trace(this->nosuch); }", "D_VAR_UNDEF", 1},
	    {"BEGIN { x += 1; }", "D_IDENT_UNDEF", 1},
	    {"BEGIN { x = x + 1; }", "D_IDENT_UNDEF", 1},
	    {"BEGIN { trace(i[1]); }", "D_IDENT_BADREF", 1},
	    {"BEGIN { trace(assoc); }", "D_IDENT_BADREF", 1},
	    {"BEGIN { trace(count); }", "D_IDENT_BADREF", 1},
	    {"BEGIN { trace(args); }", "D_IDENT_BADREF", 1},
	    {"BEGIN { trace(add); }", "D_IDENT_BADREF", 1},
	    {"BEGIN { trace(add[1]); }", "D_PROTO_LEN", 1},
	    {"BEGIN { trace(add[1, \"x\"]); }", "D_PROTO_ARG", 1},
	    {"BEGIN { one = 2; }", "D_OP_WRITE", 1},
	    {"BEGIN { this->a[1] = 2; }", "D_ARR_LOCAL", 1},
	    {"BEGIN { trace(assoc[1]); }", "D_PROTO_LEN", 1},
	    {"BEGIN { trace(assoc[1, 2]); }", "D_PROTO_ARG", 1},
	    {"BEGIN { a[(void)1] = 1; }", "D_KEY_TYPE", 1},
	    {"BEGIN { a[1] = 1;\na[\"x\"] = 2; }", "D_PROTO_ARG", 2},
	    {"BEGIN { trace(`no_such_symbol); }", "D_IDENT_UNDEF", 1},
	    {"BEGIN { trace(jailname); }", "D_IDENT_UNDEF", 1},
	    {"BEGIN { trace(vcycles); }", "D_IDENT_UNDEF", 1},
	    {"string i;", "D_DECL_IDRED", 1},
	    {"int i[int];", "D_DECL_IDRED", 1},
	    {"int pid;", "D_DECL_IDRED", 1},
	    {"inline int i = 2;", "D_DECL_IDRED", 1},
	    {"inline int loop = loop + 1;", "D_IDENT_BADREF", 1},
	    {"inline int text = \"x\";", "D_OP_INCOMPAT", 1},
	    {"BEGIN { trace(args[0]); }", "D_ARGS_NONE", 1},
	    {"BEGIN { trace(uregs[-1]); }", "D_REGS_IDX", 1},
	    {"inline int raw = args[0];", "D_ARGS_NONE", 1},
	};
	BAD(t);
}

Test(sema, errors_calls_and_actions)
{
	good("int i; string str; struct p { int x; } pt;");
	static const badcase_t t[] = {
	    {"BEGIN { nosuch(); }", "D_FUNC_UNDEF", 1},
	    {"BEGIN { i(); }", "D_FUNC_IDKIND", 1},
	    {"BEGIN {\n\n str = ddi_pathname((void *)0, 0); }", "D_UNKNOWN", 3},
	    {"BEGIN { trace(strlen()); }", "D_PROTO_LEN", 1},
	    {"BEGIN { trace(strlen(5)); }", "D_PROTO_ARG", 1},
	    {"BEGIN { trace(strjoin(\"a\", i)); }", "D_PROTO_ARG", 1},
	    {"BEGIN { trace(substr(\"abc\", \"x\")); }", "D_PROTO_ARG", 1},
	    {"BEGIN { trace(rand(1)); }", "D_PROTO_LEN", 1},
	    {"BEGIN { i = trace(1); }", "D_CG_EXPR", 1},
	    {"BEGIN { i = count(); }", "D_CG_EXPR", 1},
	    {"BEGIN { trace(ustack()); }", "D_CG_EXPR", 1},
	    {"BEGIN /exit(0)/ { }", "D_CG_EXPR", 1},
	    {"BEGIN { trace(); }", "D_PROTO_LEN", 1},
	    {"BEGIN { trace((void)i); }", "D_TRACE_VOID", 1},
	    {"BEGIN { @a = count(); trace(@a); }", "D_TRACE_AGG", 1},
	    {"BEGIN { tracemem(pt, 8); }", "D_TRACEMEM_ADDR", 1},
	    {"BEGIN { tracemem(i, i); }", "D_TRACEMEM_SIZE", 1},
	    {"BEGIN { tracemem(i, 0); }", "D_TRACEMEM_SIZE", 1},
	    {"BEGIN { tracemem(i, 8, str); }", "D_TRACEMEM_DYNSIZE", 1},
	    {"BEGIN { tracemem(i, 8, 1, 2); }", "D_TRACEMEM_ARGS", 1},
	    {"BEGIN { stack(0); }", "D_STACK_SIZE", 1},
	    {"BEGIN { stack(1, 2); }", "D_STACK_PROTO", 1},
	    {"BEGIN { ustack(i); }", "D_USTACK_FRAMES", 1},
	    {"BEGIN { ustack(5, -1); }", "D_USTACK_STRSIZE", 1},
	    {"BEGIN { exit(\"x\"); }", "D_PROTO_ARG", 1},
	    {"BEGIN { printf(str); }", "D_PRINTF_ARG_FMT", 1},
	    {"BEGIN { printf(\"\"); }", "D_PRINTF_FMT_EMPTY", 1},
	    {"BEGIN { printf(\"%d\"); }", "D_PRINTF_ARG_PROTO", 1},
	    {"BEGIN { printf(\"%d\", 1, 2); }", "D_PRINTF_ARG_EXTRA", 1},
	    {"BEGIN { printf(\"%d\", \"x\"); }", "D_PRINTF_ARG_TYPE", 1},
	    {"BEGIN { printf(\"%s\", 5); }", "D_PRINTF_ARG_TYPE", 1},
	    {"BEGIN { printf(\"%*d\", \"x\", 1); }", "D_PRINTF_DYN_TYPE", 1},
	    {"BEGIN { printf(\"%*d\"); }", "D_PRINTF_DYN_PROTO", 1},
	    {"BEGIN { printf(\"%@d\", 1); }", "D_PRINTF_AGG_CONV", 1},
	    {"BEGIN { printf(\"%q\", 1); }", "D_SYNTAX", 1},
	    {"BEGIN /execname/ { }", "D_PRED_SCALAR", 1},
	    {"nosuchprovider:::x { }", "D_PDESC_ZERO", 1},
	    {"BEGIN { }\na:b:c:d:e { }", "D_PDESC_INVAL", 2},
	};
	BAD(t);
}

Test(sema, errors_aggregations)
{
	static const badcase_t t[] = {
	    {"BEGIN { @a; }", "D_AGG_NULL", 1},
	    {"BEGIN { @a = 5; }", "D_AGG_FUNC", 1},
	    {"BEGIN { @a = strlen(\"x\"); }", "D_AGG_FUNC", 1},
	    {"BEGIN { @a += count(); }", "D_OP_LVAL", 1},
	    {"BEGIN { @a[1][2] = count(); }", "D_AGG_MDIM", 1},
	    {"BEGIN { @a = count();\n@a = sum(1); }", "D_AGG_REDEF", 2},
	    {"BEGIN { @a[1] = count();\n@a = count(); }", "D_PROTO_LEN", 2},
	    {"BEGIN { @a[1] = count(); @a[\"x\"] = count(); }", "D_PROTO_ARG", 1},
	    {"BEGIN { @a[stack()] = count(); @a[1] = count(); }", "D_PROTO_ARG", 1},
	    {"BEGIN { @a[stack(3)] = count(); @a[stack(4)] = count(); }", "D_PROTO_ARG", 1},
	    {"BEGIN { @a[(void)1] = count(); }", "D_KEY_TYPE", 1},
	    {"BEGIN { @a = sum(execname); }", "D_AGG_SCALAR", 1},
	    {"BEGIN { @a = sum(); }", "D_PROTO_LEN", 1},
	    {"BEGIN { @a = count(1); }", "D_PROTO_LEN", 1},
	    {"BEGIN { @a = quantize(1, execname); }", "D_PROTO_ARG", 1},
	    {"BEGIN { @a = lquantize(1, pid, 10); }", "D_LQUANT_BASETYPE", 1},
	    {"BEGIN { @a = lquantize(1, 0x100000000, 10); }", "D_LQUANT_BASEVAL", 1},
	    {"BEGIN { @a = lquantize(1, 0, pid); }", "D_LQUANT_LIMTYPE", 1},
	    {"BEGIN { @a = lquantize(1, 0, 0x100000000); }", "D_LQUANT_LIMVAL", 1},
	    {"BEGIN { @a = lquantize(1, 10, 0); }", "D_LQUANT_MISMATCH", 1},
	    {"BEGIN { @a = lquantize(1, 0, 10, pid); }", "D_LQUANT_STEPTYPE", 1},
	    {"BEGIN { @a = lquantize(1, 0, 100000, 70000); }", "D_LQUANT_STEPVAL", 1},
	    {"BEGIN { @a = lquantize(1, 0, 10, 20); }", "D_LQUANT_STEPLARGE", 1},
	    {"BEGIN { @a = lquantize(1, 0, 100000, 1); }", "D_LQUANT_STEPSMALL", 1},
	    {"BEGIN { @a = lquantize(1, 0, 10, 1); @a = lquantize(1, 1, 10, 1); }", "D_LQUANT_MATCHBASE", 1},
	    {"BEGIN { @a = lquantize(1, 0, 10, 1); @a = lquantize(1, 0, 20, 1); }", "D_LQUANT_MATCHLIM", 1},
	    {"BEGIN { @a = lquantize(1, 0, 10, 1); @a = lquantize(1, 0, 10, 2); }", "D_LQUANT_MATCHSTEP", 1},
	    {"BEGIN { @a = llquantize(1, 1, 0, 6, 20); }", "D_LLQUANT_FACTORSMALL", 1},
	    {"BEGIN { @a = llquantize(1, 10, 6, 6, 20); }", "D_LLQUANT_MAGRANGE", 1},
	    {"BEGIN { @a = llquantize(1, 10, 0, 6, 5); }", "D_LLQUANT_FACTORNSTEPS", 1},
	    {"BEGIN { @a = llquantize(1, 10, 0, 6, 30); }", "D_LLQUANT_FACTOREVEN", 1},
	    {"BEGIN { @a = llquantize(1, 10, 0, 30, 20); }", "D_LLQUANT_MAGTOOBIG", 1},
	    {"BEGIN { @a = llquantize(1, 10, 0, 6, 20); @a = llquantize(1, 10, 0, 7, 20); }",
	     "D_LLQUANT_HIGHMATCH", 1},
	    {"BEGIN { clear(); }", "D_CLEAR_PROTO", 1},
	    {"BEGIN { clear(1); }", "D_CLEAR_AGGARG", 1},
	    {"BEGIN {\nclear(@nosuch); }", "D_CLEAR_AGGBAD", 2},
	    {"BEGIN { @a = count(); trunc(@a, execname); }", "D_TRUNC_SCALAR", 1},
	    {"BEGIN { trunc(@nosuch); }", "D_TRUNC_AGGBAD", 1},
	    {"BEGIN { @a = count(); normalize(@a, execname); }", "D_NORMALIZE_SCALAR", 1},
	    {"BEGIN { @a = count(); normalize(@a); }", "D_NORMALIZE_PROTO", 1},
	    {"BEGIN { printa(@nosuch); }", "D_PRINTA_AGGBAD", 1},
	    {"BEGIN { printa(\"%d\"); }", "D_PRINTA_PROTO", 1},
	    {"BEGIN { printa(5); }", "D_PRINTA_AGGARG", 1},
	    {"BEGIN { @a[1] = count(); @b = count(); printa(@a, @b); }", "D_PRINTA_AGGKEY", 1},
	    {"BEGIN { @a[1] = count(); @b[\"x\"] = count(); printa(@a, @b); }", "D_PRINTA_AGGPROTO", 1},
	    {"BEGIN { @a[1] = count(); printa(\"%d %d\", @a); }", "D_PRINTF_ARG_PROTO", 1},
	    {"BEGIN { @a[1] = count(); printa(\"%s %@d\", @a); }", "D_PRINTF_ARG_TYPE", 1},
	    {"BEGIN { trace(@a + 1); }", "D_IDENT_BADREF", 1},
	};
	BAD(t);
}

Test(sema, accepted)
{
	static const char *const t[] = {
	    "BEGIN { x = 1; x = timestamp; self->t = timestamp; this->p = curthread; }",
	    "BEGIN { y[1, \"a\"] = 2; y[pid, execname] += 3; self->z[pid]++; fresh++; self->fresh++; }",
	    "BEGIN { s = execname; s = \"b\"; s = 0; s = NULL; }",
	    "BEGIN { @a[execname, pid] = count(); @a[\"x\", 1] = count(); printa(\"%s %d %@d\\n\", @a); }",
	    "BEGIN { @q[stack(5)] = quantize(pid, 2); @l = lquantize(pid, 0, 100, 10, -1); }",
	    "BEGIN { @m = max(pid); clear(@m); trunc(@m, 5); normalize(@m, 10); denormalize(@m); }",
	    "BEGIN { printa(@later); @later = count(); }",
	    "BEGIN { printf(\"%d %s %x %c %-16s %Y %p %*d\\n\", 1, \"a\", arg0, 'c', execname, walltimestamp, "
	    "arg1, 5, pid); }",
	    "BEGIN { tracemem(curthread, 64); tracemem(arg0, 16, pid); stack(); ustack(5, 0); "
	    "trace(curthread->comm); }",
	    "BEGIN /(v = pid) != 0/ { trace(v); }",
	    "BEGIN { if (pid == 1) { trace(1); } else if (pid) printf(\"x\"); else @i = count(); }",
	    "BEGIN { c2 = (char *)copyin(arg0, 4); trace(c2[1]); trace(stringof(copyin(arg0, 4))); }",
	    "struct q { int n; }; struct q sq, sq2; BEGIN { sq = sq2; sq = *(struct q *)arg0; trace(sq.n); }",
	    "typedef enum { EA, EB } en_t; en_t ev; BEGIN { ev = EB; trace(ev == EA); }",
	    "BEGIN { trace(basename(execname)); trace(dirname(\"/a/b\")); trace(strstr(execname, \"x\") != "
	    "NULL); }",
	    "",
	};
	for (int i = 0; *t[i]; i++)
		good(t[i]);
}

Test(sema, implicit_declaration)
{
	char name[64];
	good("BEGIN { first = 'a'; first = timestamp; m[pid, execname] = probename; self->o = curthread; }");
	dt_ident_t *id = dt_ident_lookup(dtp, DT_SC_GLOBAL, "first");
	cr_assert_not_null(id);
	cr_expect_str_eq(dt_type_name(id->type, name, sizeof(name)), "int");
	id = dt_ident_lookup(dtp, DT_SC_GLOBAL, "m");
	cr_assert_not_null(id);
	cr_expect_eq(id->kind, DT_ID_ARRAY);
	cr_expect_eq(id->nkeys, 2);
	cr_expect_eq(dt_type_info(id->keys[1]).kind, DT_K_STRING);
	cr_expect_eq(dt_type_info(id->type).kind, DT_K_STRING);
	id = dt_ident_lookup(dtp, DT_SC_SELF, "o");
	cr_expect_str_eq(dt_type_name(id->type, name, sizeof(name)), "struct task_struct *");
	cr_expect_eq(dt_ident_byid(dtp, DT_SC_SELF, id->id), id);
}

Test(sema, failed_compile_leaves_nothing)
{
	int globals = dt_idents_count(dtp, DT_SC_GLOBAL), aggs = dt_idents_count(dtp, DT_SC_AGG);
	bad("BEGIN { gone = 1; @gone = count(); trace(nosuch); }", "D_IDENT_UNDEF", 1);
	cr_expect_null(dt_ident_lookup(dtp, DT_SC_GLOBAL, "gone"));
	cr_expect_null(dt_ident_lookup(dtp, DT_SC_AGG, "gone"));
	cr_expect_eq(dt_idents_count(dtp, DT_SC_GLOBAL), globals);
	cr_expect_eq(dt_idents_count(dtp, DT_SC_AGG), aggs);
	good("BEGIN { gone = \"now a string\"; @gone = sum(1); }");
}

Test(sema, clause_facts)
{
	dtrace_prog_t *p = good("BEGIN, END { x = 1; }\nBEGIN { }\nEND { trace(1); exit(0); }\n"
				"BEGIN { @a = count(); }\nBEGIN { if (x) { trace(x); } }");
	dt_clause_t *c = p->clauses;
	cr_expect_eq(c->nprobes, 2);
	cr_expect_lt(c->probes[0]->id, c->probes[1]->id);
	cr_expect_not(c->records);
	c = c->next;
	cr_expect(c->records);
	c = c->next;
	cr_expect(c->records && c->has_exit);
	c = c->next;
	cr_expect_not(c->records);
	c = c->next;
	cr_expect(c->records && !c->next);
	cr_expect_eq(p->info.dpi_aggregates, 1);
	cr_expect_eq(p->info.dpi_recgens, 3);
	cr_expect_eq(p->info.dpi_matches, 6);
	cr_expect_eq(p->info.dpi_stmtattr.dtat_name, DTRACE_STABILITY_STABLE);
	p = good("BEGIN { this->c = curthread; }");
	cr_expect_eq(p->info.dpi_stmtattr.dtat_data, DTRACE_STABILITY_PRIVATE);
}

/* args[] has the type all matched probes agree on; what they disagree on is refused. */
Test(sema, typed_arguments)
{
	dt_node_t *n = traced(good("syscall::openat:entry { trace(args[1]); }"));
	cr_expect_eq(n->kind, DN_INDEX);
	cr_expect_eq(n->ival, 1);
	cr_expect(n->user);
	cr_expect_eq(dt_type_info(n->type).kind, DT_K_PTR);
	good("syscall::read:entry, syscall::write:entry { trace(args[2]); }");
	bad("syscall::openat:entry,\nsyscall::close:entry { trace(args[1]); }", "D_ARGS_MULTI", 2);
	bad("syscall::close:entry { trace(args[5]); }", "D_ARGS_IDX", 1);
	bad("syscall::close:entry { trace(args[pid]); }", "D_ARGS_TYPE", 1);
	bad("syscall::close:entry { args[0] = 1; }", "D_OP_WRITE", 1);
}

Test(sema, zero_matches_allowed)
{
	dtrace_prog_t *p = compile("nosuchprovider:::x { trace(1); }", DTRACE_C_ZDEFS);
	cr_assert_not_null(p, "%s", message());
	cr_expect_eq(p->clauses->nprobes, 0);
}

Test(sema, conditional_actions_become_if)
{
	dtrace_prog_t *p = good("BEGIN { pid ? printf(\"x\") : 1; 0 ? trace(1) : 2; 1 ? @z = count() : 1; }");
	dt_node_t *s = p->clauses->stmts;
	cr_assert_eq(s->kind, DN_IF);
	cr_expect_eq(s->body->left->func, DT_F_PRINTF);
	cr_expect_eq(s->orelse->left->kind, DN_INT);
	s = s->next;
	cr_assert_eq(s->kind, DN_EXPR_STMT);
	cr_expect_eq(s->left->kind, DN_INT);
	s = s->next;
	cr_assert_eq(s->kind, DN_EXPR_STMT);
	cr_expect_eq(s->left->kind, DN_ASSIGN);
	cr_expect_null(s->next);
	cr_expect_eq(p->info.dpi_recgens, 1);
	cr_expect_eq(p->info.dpi_aggregates, 1);
}

Test(sema, aggregation_facts)
{
	good("BEGIN { @d[stack(7), ustack(), pid] = llquantize(timestamp, 10, 0, 6, 20); clear(@d); @e = "
	     "lquantize(1, -5, 5); }");
	dt_ident_t *d = dt_ident_lookup(dtp, DT_SC_AGG, "d"), *e = dt_ident_lookup(dtp, DT_SC_AGG, "e");
	cr_assert(d && e);
	cr_expect_eq(d->aggfunc, DTRACEAGG_LLQUANTIZE);
	cr_expect_eq(d->keyact[0], DTRACEACT_STACK);
	cr_expect_eq(d->keyframes[0], 7);
	cr_expect_eq(d->keyact[1], DTRACEACT_USTACK);
	cr_expect_eq(d->keyframes[1], 20);
	cr_expect_eq(d->keyact[2], 0);
	cr_expect_eq(d->aggarg[0], 10);
	cr_expect_eq(d->aggarg[3], 20);
	cr_expect(d->agg_cleared);
	cr_expect_eq(e->aggarg[0], -5);
	cr_expect_eq(e->aggarg[1], 5);
	cr_expect_eq(e->aggarg[2], 1);
	cr_expect_not(e->agg_cleared);
}

Test(sema, inlines_expand_at_every_use)
{
	good("int n; inline string NAME = \"abc\"; inline int plus[int a, string s] = a + n + strlen(s);"
	     "inline int nested[int k] = plus[k, NAME];");
	dt_node_t *e = typed("NAME");
	cr_expect_eq(e->kind, DN_STR);
	e = typed("nested[pid]");
	cr_expect_eq(e->kind, DN_CAST);
	cr_expect_eq(dt_type_info(e->type).size, 4);
	good("BEGIN { trace(plus[nested[1], execname] + nested[2]); }");
	/* Doubling forty times is refused, not tried. */
	char text[4096] = "inline int d0 = pid + pid;";
	for (int i = 1; i <= 40; i++)
		sprintf(text + strlen(text), "inline int d%d = d%d + d%d;", i, i - 1, i - 1);
	bad(text, "D_NOREG", 1);
}

Test(sema, functions_table)
{
	for (int f = DT_F_NONE + 1; f < DT_F_MAX_; f++) {
		const dt_funcdesc_t *d = dt_funcdesc(f);
		cr_assert_not_null(d);
		cr_assert_not_null(d->name, "function %d has no entry", f);
		cr_expect_eq(d->func, (dt_func_t)f);
		cr_expect_eq(dt_func_byname(d->name), d);
		cr_expect_not_null(strchr(d->proto, '('));
	}
	cr_expect_null(dt_funcdesc(DT_F_NONE));
	cr_expect_null(dt_func_byname("nosuch"));
}
