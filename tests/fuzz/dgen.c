/*
 * dgen.c - see dgen.h.  Expressions are built from the type wanted downwards, so that everything is
 * well-typed by construction; what may fault at run time (division, pointers) is left in.
 */
#include "gen.h"

static const char *const int_types[] = {"char",    "short",    "int",      "long",    "unsigned char",
					"uint8_t", "int16_t",  "uint16_t", "int32_t", "uint32_t",
					"int64_t", "uint64_t", "size_t",   "pid_t",   "unsigned long long"};
static const char *const int_vars[] = {"gi0",      "gi1",      "gi2",      "gi3",
				       "self->i0", "self->i1", "this->i0", "this->i1"};
static const char *const str_vars[] = {"gs0", "gs1", "self->s0", "this->s0"};
static const char *const int_builtins[] = {"pid",       "tid",           "uid",   "gid",  "cpu",  "ppid",
					   "timestamp", "walltimestamp", "id",    "epid", "arg0", "arg1",
					   "arg2",      "arg5",          "errno", "ipl",  "arg9"};
static const char *const kernel_ints[] = {"curthread->pid",
					  "curthread->tgid",
					  "curthread->prio",
					  "curthread->real_parent->pid",
					  "curthread->group_leader->real_parent->tgid",
					  "curthread->se.sum_exec_runtime",
					  "curthread->comm[1]",
					  "curthread->flags",
					  "((struct task_struct *)gi0)->pid",
					  "(int)*(char *)gi1",
					  "curpsinfo->pr_ppid",
					  "curpsinfo->pr_rssize",
					  "curpsinfo->pr_start.tv_sec",
					  "curpsinfo->pr_argc",
					  "curlwpsinfo->pr_state",
					  "curlwpsinfo->pr_syscall",
					  "xlate <psinfo_t *> (curthread->real_parent)->pr_dmodel",
					  "fds[gi0].fi_oflags",
					  "chip",
					  "ENOENT"};
static const char *const strings[] = {
    "\"\"", "\"a\"", "\"tar\"", "\"/usr/lib/x.so\"", "\"a longer piece of text\"", "\"dtrace\"", "\"//\""};
static const char *const str_builtins[] = {"execname",    "probefunc",
					   "probename",   "probemod",
					   "probeprov",   "zonename",
					   "cwd",         "curpsinfo->pr_psargs",
					   "execargs",    "fds[arg0].fi_pathname",
					   "root",        "curlwpsinfo->pr_clname",
					   "fds[1].fi_fs"};

static const char *const swaps[] = {"htons", "htonl",  "htonll",   "ntohs",
				    "ntohl", "ntohll", "getmajor", "getminor"};
static const char *const parts[] = {"gsou.a",
				    "gsou.in[1].n",
				    "gsou.f",
				    "self->sou.in[2].name[3]",
				    "this->sou.in[0].n",
				    "gas[1].in[1].n",
				    "gsou.g",
				    "self->sou.a",
				    "this->arr[3]",
				    "garr[7]",
				    "gas[2].f"};

static void num(gen_t *);
static void str(gen_t *);

static void
constant(gen_t *g)
{
	static const char *const odd[] = {
	    "0",     "1",          "2",          "7",   "255",        "256",        "-1",
	    "65535", "2147483647", "2147483648", "077", "0xffffffff", "4294967296", "9223372036854775807",
	    "'a'"};
	if (rnd(g, 2))
		out(g, "%s", PICK(g, odd));
	else
		out(g, "%u", rnd(g, 100000));
}

static void
num_leaf(gen_t *g)
{
	switch (rnd(g, 5)) {
	case 0:
		constant(g);
		break;
	case 1:
		out(g, "%s", PICK(g, int_builtins));
		break;
	case 2:
		out(g, "%s", PICK(g, kernel_ints));
		break;
	default:
		out(g, "%s", PICK(g, int_vars));
	}
}

static void
num_call(gen_t *g)
{
	g->strs++;
	switch (rnd(g, 8)) {
	case 4:
		gen_wrapped(g, "strtoll(", str, rnd(g, 2) ? ", 16)" : ")");
		break;
	case 5:
		out(g, "%s(", PICK(g, swaps));
		num(g);
		out(g, ")");
		break;
	case 6:
		gen_wrapped(g, "progenyof(", num, ")");
		break;
	case 7:
		out(g, "%s", PICK(g, parts));
		if (rnd(g, 2)) {
			gen_wrapped(g, " + garr[gi1 & ", num, "]");
		}
		break;
	case 0:
		gen_wrapped(g, "strlen(", str, ")");
		break;
	case 1:
		gen_wrapped(g, rnd(g, 2) ? "index(" : "rindex(", str, ", ");
		str(g);
		if (rnd(g, 2)) {
			out(g, ", ");
			num(g);
		}
		out(g, ")");
		break;
	case 2:
		out(g, "rand()");
		break;
	default:
		out(g, "sizeof (%s)", PICK(g, int_types));
	}
}

static void
num(gen_t *g)
{
	static const char *const binary[] = {"+", "-", "*", "&", "|", "^", "<<", ">>", "&&", "||", "^^"};
	static const char *const compare[] = {"<", "<=", ">", ">=", "==", "!="};
	if (g->depth > 4) {
		num_leaf(g);
		return;
	}
	g->depth++;
	switch (rnd(g, 14)) {
	case 0:
	case 1:
	case 2:
		gen_binary(g, num, PICK(g, binary));
		break;
	case 3:
		out(g, "(");
		num(g);
		out(g, " %s (", rnd(g, 2) ? "/" : "%");
		num(g);
		out(g, " | %u))", 1 + rnd(g, 9));
		break;
	case 4:
		gen_binary(g, num, PICK(g, compare));
		break;
	case 5:
		gen_binary(g, str, PICK(g, compare));
		break;
	case 6:
		out(g, "(%s ", rnd(g, 2) ? "!" : rnd(g, 2) ? "~" : "-");
		num(g);
		out(g, ")");
		break;
	case 7:
		gen_choice(g, num, num);
		break;
	case 8:
		out(g, "(%s)(", PICK(g, int_types));
		num(g);
		out(g, ")");
		break;
	case 9:
		num_call(g);
		break;
	case 10:
		gen_wrapped(g, "ga[", num, "]");
		break;
	case 11:
		gen_pair(g, "gt[", str, ", ", num, "]");
		break;
	default:
		num_leaf(g);
	}
	g->depth--;
}

static void
str(gen_t *g)
{
	static const char *const text_calls[] = {"tolower", "toupper", "cleanpath"};
	static const char *const address_calls[] = {"inet_ntoa((ipaddr_t *)alloca(4))",
						    "inet_ntop(10, alloca(16))",
						    "inet_ntoa6((struct in6_addr *)curthread)",
						    "link_ntop(1, alloca(6))",
						    "stringof(alloca(8))",
						    "memstr(curthread, '.', 8)"};
	if (g->depth > 4 || g->strs > 40) {
		out(g, "%s", rnd(g, 2) ? PICK(g, strings) : PICK(g, str_vars));
		return;
	}
	g->depth++;
	switch (rnd(g, 16)) {
	case 12:
		g->strs++;
		out(g, "%s(", PICK(g, text_calls));
		str(g);
		out(g, ")");
		break;
	case 13:
		g->strs++;
		gen_pair(g, rnd(g, 2) ? "strtok(" : "json(", str, ", ", str, ")");
		break;
	case 14:
		g->strs++;
		out(g, "%s", PICK(g, address_calls));
		break;
	case 15:
		out(g, "(");
		str(g);
		out(g, " + %u)", rnd(g, 3));
		break;
	case 0:
		g->strs++;
		gen_pair(g, "strjoin(", str, ", ", str, ")");
		break;
	case 1:
		g->strs++;
		gen_wrapped(g, "substr(", str, ", ");
		num(g);
		if (rnd(g, 2)) {
			out(g, ", ");
			num(g);
		}
		out(g, ")");
		break;
	case 2:
		g->strs++;
		gen_wrapped(g, rnd(g, 2) ? "basename(" : "dirname(", str, ")");
		break;
	case 3:
		g->strs++;
		gen_wrapped(g, "lltostr(", num, ")");
		break;
	case 4:
		g->strs++;
		out(g, rnd(g, 2) ? "strchr(" : "strrchr(");
		str(g);
		out(g, ", '%c')", "abt/"[rnd(g, 4)]);
		break;
	case 5:
		g->strs++;
		gen_pair(g, "strstr(", str, ", ", str, ")");
		break;
	case 6:
		gen_choice(g, num, str);
		break;
	case 7:
		g->strs++;
		out(g, g->site == 1 ? "copyinstr(arg0)" : "stringof(curthread->comm)");
		break;
	case 8:
		out(g, "%s", PICK(g, str_builtins));
		break;
	case 9:
		gen_wrapped(g, "gm[", num, "]");
		break;
	default:
		out(g, "%s", rnd(g, 2) ? PICK(g, strings) : PICK(g, str_vars));
	}
	g->depth--;
}

static void
aggregation(gen_t *g)
{
	static const char *const funcs[] = {"count()", "sum(", "avg(", "min(", "max(", "stddev(", "quantize("};
	int f = (int)rnd(g, 9), k = (int)rnd(g, 8);
	out(g, "@a%d_%d", f, k);
	static const char *const stacks[] = {"stack(5)", "ustack(3), sym(arg0), uaddr(arg1)", "jstack(3)",
					     "usym(arg0), mod(arg1)"};
	if (k) {
		out(g, "[");
		switch (k) {
		case 1:
			out(g, "(int)");
			num(g);
			break;
		case 2:
			str(g);
			break;
		case 3:
			out(g, "%s, ", PICK(g, str_builtins));
			out(g, "(long)");
			num(g);
			break;
		default:
			out(g, "execname, %s", stacks[k - 4]);
		}
		out(g, "]");
	}
	out(g, " = ");
	if (f == 0)
		out(g, "%s", funcs[0]);
	else if (f < 7) {
		out(g, "%s", funcs[f]);
		num(g);
		out(g, ")");
	} else if (f == 7) {
		gen_wrapped(g, "lquantize(", num, ", -10, 1000, 10)");
	} else {
		gen_wrapped(g, "llquantize(", num, ", 10, 0, 6, 20)");
	}
	out(g, ";\n");
}

static void statements(gen_t *, int n);

/* Actions that record, and may go to a speculation. */
static void
recording(gen_t *g)
{
	static const char *const symbols[] = {"sym", "func", "mod", "usym", "ufunc", "umod", "uaddr"};
	switch (rnd(g, 6)) {
	case 0:
		out(g, "%s(", PICK(g, symbols));
		num(g);
		out(g, ");\n");
		break;
	case 1:
		out(g, "print(");
		if (rnd(g, 2))
			num(g);
		else
			str(g);
		out(g, ");\n");
		break;
	case 2:
		out(g, rnd(g, 2) ? "jstack(3);\n" : "print(curthread->se);\n");
		break;
	case 3:
		out(g, "trace(uregs[");
		if (rnd(g, 2)) {
			out(g, "R_RSP");
		} else { /* a constant that is no register is an error: let it not be one */
			out(g, "gi2 ^ ");
			num(g);
		}
		out(g, "] + ucaller);\n");
		break;
	case 4:
		out(g, "tracemem(curthread, 16, ");
		num(g);
		out(g, ");\n");
		break;
	default:
		out(g, "trace(");
		str(g);
		out(g, ");\n");
	}
}

/* A body that speculates, or ends a speculation. */
static void
speculating(gen_t *g)
{
	out(g, "\tgi0 = speculation();\n\tgs0 = ");
	str(g);
	out(g, ";\n");
	if (rnd(g, 3)) {
		out(g, "\tspeculate(");
		num(g);
		out(g, ");\n");
		for (int n = (int)rnd(g, 3); n > 0; n--) {
			g->depth = 1;
			out(g, "\t");
			recording(g);
		}
	}
	if (rnd(g, 2)) {
		out(g, rnd(g, 2) ? "\tcommit(gi0 + " : "\tdiscard(gi0 + ");
		num(g);
		out(g, ");\n");
	}
	out(g, "\tgi1 = ");
	num(g);
	out(g, ";\n");
}

static void
statement(gen_t *g)
{
	static const char *const assign[] = {"=", "+=", "-=", "|=", "&=", "^=", "*=", "<<=", ">>="};
	static const char *const elements[] = {
	    "garr", "this->arr", "gs0", "self->s0", "this->s0", "gsou.in[1].name", "self->sou.in[0].name"};
	static const char *const structs[] = {"gsou", "self->sou", "this->sou", "gas[1]", "gas[2]"};
	g->depth = 1;
	out(g, "\t");
	switch (rnd(g, 18)) {
	case 14:
		out(g, "%s %s ", PICK(g, parts), PICK(g, assign));
		num(g);
		out(g, ";\n");
		break;
	case 15:
		out(g, "%s[gi2 & ", PICK(g, elements));
		num(g);
		out(g, "] %s ", PICK(g, assign));
		num(g);
		out(g, ";\n");
		break;
	case 16:
		out(g, "this->p = (char *)%s ", rnd(g, 3) ? "alloca(0 +" : "copyin(arg1,");
		num(g);
		out(g, " & 63);\n\tthis->p[");
		num(g);
		out(g, " & 63] = ");
		num(g);
		out(g, ";\n\t*(int *)(this->p + 4) += 1;\n");
		break;
	case 17:
		out(g, "%s = %s;\n", PICK(g, structs), PICK(g, structs));
		break;
	case 0:
	case 1:
		out(g, "%s %s ", PICK(g, int_vars), PICK(g, assign));
		num(g);
		out(g, ";\n");
		break;
	case 2:
		out(g, "%s = ", PICK(g, str_vars));
		str(g);
		out(g, ";\n");
		break;
	case 3:
		out(g, "%s%s;\n", PICK(g, int_vars), rnd(g, 2) ? "++" : "--");
		break;
	case 4:
		out(g, "ga[");
		num(g);
		out(g, "] %s ", rnd(g, 2) ? "=" : "+=");
		num(g);
		out(g, ";\n");
		break;
	case 5:
		gen_pair(g, "gt[", str, ", ", num, "] = ");
		if (rnd(g, 3))
			num(g);
		else
			out(g, "0");
		out(g, ";\n");
		break;
	case 6:
		gen_wrapped(g, "gm[", num, "] = ");
		str(g);
		out(g, ";\n");
		break;
	case 7:
		out(g, "trace(");
		num(g);
		out(g, ");\n");
		break;
	case 8:
		out(g, "printf(\"%%d %%s %%x\\n\", ");
		num(g);
		gen_wrapped(g, ", ", str, ", ");
		num(g);
		out(g, ");\n");
		break;
	case 9:
		if (rnd(g, 2))
			out(g, rnd(g, 2) ? "stack(4);\n" : "ustack(4);\n");
		else
			recording(g);
		break;
	case 10:
		if (g->depth < 3 && rnd(g, 2)) {
			out(g, "if (");
			num(g);
			out(g, ") {\n");
			statements(g, 1 + (int)rnd(g, 2));
			out(g, "\t} else {\n");
			statements(g, 1);
			out(g, "\t}\n");
		} else {
			out(g, ";\n");
		}
		break;
	default:
		aggregation(g);
	}
}

static void
statements(gen_t *g, int n)
{
	for (int i = 0; i < n; i++)
		statement(g);
}

static void
clause(gen_t *g)
{
	static const char *const sites[][4] = {
	    {"BEGIN", "END", "BEGIN, END", "dtrace:::ERROR"},
	    {"syscall::getppid:entry", "syscall::getp*:return", "syscall::open*:entry", "syscall::read*:"},
	    {"profile-97", "tick-1s", "profile-97, tick-1s", "tick-10hz"},
	};
	g->site = (int)rnd(g, 3);
	g->strs = 0;
	out(g, "%s\n", PICK(g, sites[g->site]));
	if (rnd(g, 2)) {
		g->depth = 2;
		out(g, "/");
		num(g);
		out(g, "/\n");
	}
	out(g, "{\n");
	if (rnd(g, 6))
		statements(g, 1 + (int)rnd(g, 6));
	else
		speculating(g);
	out(g, "}\n");
}

void
dgen_program(uint64_t seed, char *buf, size_t len)
{
	gen_t g = gen_start(seed, 0x1234567, buf, len);
	out(&g, "%s gi0; %s gi1; int64_t gi2; uint64_t gi3;\n", PICK(&g, int_types), PICK(&g, int_types));
	out(&g, "self %s i0; self int64_t i1; this %s i0; this int64_t i1;\n", PICK(&g, int_types),
	    PICK(&g, int_types));
	out(&g, "string gs0; string gs1; self string s0; this string s0;\n");
	out(&g, "struct inner { char name[6]; short n; };\n"
		"struct outer { int a; struct inner in[3]; unsigned int f : 3; int g : 5; long h; };\n");
	out(&g, "struct outer gsou; self struct outer sou; this struct outer sou; struct outer gas[int];\n");
	out(&g, "int garr[10]; this char arr[8]; this char *p;\n");
	out(&g, "int64_t ga[int64_t]; int64_t gt[string, int]; string gm[int];\n");
	int n = 1 + (int)rnd(&g, 5);
	for (int i = 0; i < n; i++)
		clause(&g);
}
