/*
 * detgen.c - random D programs whose output is decided: no clocks, no processes, no kernel memory; see dgen.h.
 *
 * Types are drawn per program, so every operator meets every pair.  Most clauses avoid faults, as a fault hides
 * what its clause would have done next; the others (risky) may divide by zero, read null strings and bad
 * addresses. The last clause prints every variable.
 *
 * A feature to add: its text here, in num(), str() or statement(); what it means, in interp*.c.
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "dgen.h"

enum {
	MAX_DEPTH = 5,
	MAX_STRS = 30, /* string temporaries of one clause: the arena is bounded */
	NAGGS = 8
};

typedef struct gen {
	uint64_t s;
	char *buf;
	size_t len, n;
	int depth;
	unsigned strs, nodes; /* in this clause */
	bool risky, in_error;
	dgen_has_f *has;
} gen_t;

static uint32_t
rnd(gen_t *g, uint32_t n)
{
	g->s ^= g->s << 13;
	g->s ^= g->s >> 7;
	g->s ^= g->s << 17;
	return (uint32_t)((g->s >> 16) % n);
}

static void __attribute__((format(printf, 2, 3))) out(gen_t *g, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	int r = vsnprintf(g->buf + g->n, g->len - g->n, fmt, ap);
	va_end(ap);
	if (r > 0 && g->n + (size_t)r < g->len)
		g->n += (size_t)r;
}

#define PICK(g, a) ((a)[rnd((g), sizeof(a) / sizeof((a)[0]))])

static const char *const types[] = {"char",          "short",          "int",       "long",
				    "unsigned char", "unsigned short", "unsigned",  "uint64_t",
				    "int8_t",        "int32_t",        "uint8_t",   "uint16_t",
				    "uint32_t",      "int64_t",        "long long", "unsigned long long"};
static const char *const vars[] = {"g0",       "g1",       "g2",       "g3",       "self->i0",
				   "self->i1", "self->i2", "this->i0", "this->i1", "this->i2"};
static const char *const strvars[] = {"s0", "s1", "self->s0", "self->s1", "this->s0", "this->s1"};
static const char *const texts[] = {"\"\"",
				    "\"a\"",
				    "\"ab\"",
				    "\"/usr/lib/x.so\"",
				    "\"aaab\"",
				    "\"//\"",
				    "\"a/b/\"",
				    "\"/\"",
				    "\"tar\"",
				    "\"\\x80\\xffz\"",
				    "\"0x1F\"",
				    "\"-12 3\"",
				    "\"abcabcabcabcabcabcabcabcabcabcabcabcabcabc/abcabcabcabcabcd\"",
				    "\"Mixed Case\\ttext with/slashes and a tail\""};

static void num(gen_t *);
static void str(gen_t *);

static void
constant(gen_t *g)
{
	static const char *const edge[] = {"0",
					   "1",
					   "2",
					   "3",
					   "7",
					   "8",
					   "31",
					   "32",
					   "63",
					   "64",
					   "127",
					   "128",
					   "255",
					   "256",
					   "32767",
					   "32768",
					   "65535",
					   "65536",
					   "2147483647",
					   "2147483648",
					   "4294967295",
					   "4294967296",
					   "-1",
					   "-2",
					   "-128",
					   "-129",
					   "-32768",
					   "-2147483648",
					   "0x7fffffffffffffff",
					   "0xffffffff",
					   "0x80000000",
					   "0xffffffffffffffff",
					   "0x8000000000000000",
					   "(-9223372036854775807 - 1)",
					   "1u",
					   "0xffu",
					   "3ul",
					   "077",
					   "'a'",
					   "'ab'"};
	switch (rnd(g, 4)) {
	case 0:
		out(g, "%u", rnd(g, 100));
		break;
	case 1:
		out(g, "%s%u", rnd(g, 2) ? "-" : "", rnd(g, 1000000));
		break;
	default:
		out(g, "%s", PICK(g, edge));
	}
}

static void
num_leaf(gen_t *g)
{
	static const char *const more[] = {"id", "arg0", "sizeof (g0)", "sizeof (string)", "(g0 != g1)"};
	uint32_t k = rnd(g, 12);
	if (k < 4)
		constant(g);
	else if (k == 4 && g->in_error)
		out(g, rnd(g, 2) ? "arg4" : "arg5");
	else if (k == 4)
		out(g, "%s", PICK(g, more));
	else
		out(g, "%s", PICK(g, vars));
}

/* Not null: what searches give may be. */
static void
solid_str(gen_t *g)
{
	if (g->risky) {
		str(g);
		return;
	}
	if (g->risky) {
		str(g);
		return;
	}
	out(g, "strjoin(");
	g->strs++;
	str(g);
	out(g, ", %s)", PICK(g, texts));
}

static void
divide(gen_t *g, const char *op)
{
	out(g, "(");
	num(g);
	if (g->risky) {
		out(g, " %s %s)", op, PICK(g, vars));
		return;
	}
	out(g, " %s (", op);
	num(g);
	out(g, " | 1))");
}

static void
element(gen_t *g)
{
	switch (rnd(g, 6)) {
	case 0:
		out(g, "ga[");
		num(g);
		break;
	case 1:
		out(g, "gt[");
		str(g);
		out(g, ", ");
		num(g);
		break;
	case 2:
		out(g, "self->a[");
		num(g);
		break;
	case 3:
		out(g, "self->t[");
		num(g);
		out(g, ", ");
		str(g);
		out(g, ", ");
		num(g);
		break;
	case 4:
		out(g, "gq[");
		num(g);
		out(g, ", ");
		num(g);
		out(g, ", ");
		num(g);
		out(g, ", ");
		num(g);
		break;
	default:
		out(g, "ga[%u", rnd(g, 4));
	}
	out(g, "]");
}

static void
target(gen_t *g)
{
	if (rnd(g, 4))
		out(g, "%s", PICK(g, vars));
	else
		element(g);
}

static void
change(gen_t *g)
{
	static const char *const ops[] = {"=", "+=", "-=", "|=", "&=", "^=", "*=", "<<=", ">>="};
	switch (rnd(g, 8)) {
	case 0:
		out(g, "%s", rnd(g, 2) ? "++" : "--");
		target(g);
		break;
	case 1:
		target(g);
		out(g, "%s", rnd(g, 2) ? "++" : "--");
		break;
	case 2:
		target(g);
		out(g, " %s (", rnd(g, 2) ? "/=" : "%=");
		num(g);
		out(g, g->risky ? " & g3)" : " | 1)");
		break;
	default:
		target(g);
		out(g, " %s ", PICK(g, ops));
		num(g);
	}
}

static void
num_call(gen_t *g)
{
	static const char *const swaps[] = {"htons", "htonl",  "htonll",   "ntohs",
					    "ntohl", "ntohll", "getmajor", "getminor"};
	const char *f;
	if (g->strs > MAX_STRS) {
		num_leaf(g);
		return;
	}
	g->strs++;
	switch (rnd(g, 6)) {
	case 0:
		out(g, "strlen(");
		solid_str(g);
		out(g, ")");
		break;
	case 1:
	case 2:
		out(g, rnd(g, 2) ? "index(" : "rindex(");
		str(g);
		out(g, ", ");
		str(g);
		if (rnd(g, 2)) {
			out(g, ", ");
			num(g);
		}
		out(g, ")");
		break;
	case 3:
		f = PICK(g, swaps);
		if (!g->has(f)) {
			num_leaf(g);
			break;
		}
		out(g, "%s(", f);
		num(g);
		out(g, ")");
		break;
	case 4:
		if (!g->has("strtoll")) {
			num_leaf(g);
			break;
		}
		out(g, "strtoll(");
		str(g);
		if (rnd(g, 2))
			out(g, ", %u", g->risky ? rnd(g, 40) : 2 + rnd(g, 35));
		out(g, ")");
		break;
	default:
		out(g, "%s[%s & 3]", "\"wxyz\"", PICK(g, vars));
	}
}

/* Addresses: compared and counted, and followed only where nothing is mapped. */
static void
pointer(gen_t *g)
{
	static const char *const steps[] = {"+", "-"};
	switch (rnd(g, 4)) {
	case 0:
		out(g, "(gp %s ", PICK(g, steps));
		num(g);
		out(g, ")");
		break;
	case 1:
		out(g, "(%s *)(", PICK(g, types));
		num(g);
		out(g, ")");
		break;
	default:
		out(g, "gp");
	}
}

static void
pointers(gen_t *g)
{
	static const char *const compare[] = {"<", "<=", ">", ">=", "==", "!="};
	switch (rnd(g, 6)) {
	case 0:
		out(g, "((int *)(");
		num(g);
		out(g, ") - gp)");
		break;
	case 1:
		out(g, "((int *)(");
		num(g);
		out(g, ") %s gp)", PICK(g, compare));
		break;
	case 2:
		out(g, "(gp %s (void *)(", PICK(g, compare));
		num(g);
		out(g, "))");
		break;
	case 3:
		if (!g->risky) {
			out(g, "(uint64_t)(");
			pointer(g);
			out(g, ")");
			break;
		}
		out(g, "*(%s *)(", PICK(g, types));
		num(g);
		out(g, " & 0xfff)");
		break;
	case 4:
		if (!g->risky) {
			out(g, "(!");
			pointer(g);
			out(g, ")");
			break;
		}
		out(g, "((%s *)%u)[%s & 7]", PICK(g, types), rnd(g, 3000), PICK(g, vars));
		break;
	default:
		out(g, "(gp == NULL)");
	}
}

static void
num(gen_t *g)
{
	static const char *const bin[] = {"+", "-", "*", "&", "|", "^", "<<", ">>", ">>", "&&", "||", "^^"};
	static const char *const compare[] = {"<", "<=", ">", ">=", "==", "!="};
	if (g->depth >= MAX_DEPTH || ++g->nodes > 120) {
		num_leaf(g);
		return;
	}
	g->depth++;
	switch (rnd(g, 20)) {
	case 0:
	case 1:
	case 2:
	case 3:
	case 4:
		out(g, "(");
		num(g);
		out(g, " %s ", PICK(g, bin));
		num(g);
		out(g, ")");
		break;
	case 5:
		divide(g, rnd(g, 2) ? "/" : "%");
		break;
	case 6:
	case 7:
		out(g, "(");
		num(g);
		out(g, " %s ", PICK(g, compare));
		num(g);
		out(g, ")");
		break;
	case 8:
		out(g, "(");
		str(g);
		out(g, " %s ", PICK(g, compare));
		str(g);
		out(g, ")");
		break;
	case 9:
		out(g, "(%s ", rnd(g, 2) ? "!" : rnd(g, 2) ? "~" : "-");
		num(g);
		out(g, ")");
		break;
	case 10:
		out(g, "(");
		num(g);
		out(g, " ? ");
		num(g);
		out(g, " : ");
		num(g);
		out(g, ")");
		break;
	case 11:
	case 12:
		out(g, "(%s)(", PICK(g, types));
		num(g);
		out(g, ")");
		break;
	case 13:
		num_call(g);
		break;
	case 14:
		element(g);
		break;
	case 15:
		out(g, "(");
		change(g);
		out(g, ")");
		break;
	case 16:
		if (rnd(g, 2)) {
			out(g, "(");
			change(g);
			out(g, ", ");
			num(g);
			out(g, ")");
		} else {
			pointers(g);
		}
		break;
	case 17:
		out(g, "(");
		str(g);
		out(g, rnd(g, 2) ? " == NULL)" : " != NULL)");
		break;
	default:
		num_leaf(g);
	}
	g->depth--;
}

static void
str_leaf(gen_t *g)
{
	uint32_t k = rnd(g, 8);
	if (k < 3)
		out(g, "%s", PICK(g, texts));
	else if (k == 3)
		out(g, rnd(g, 2) ? "probename" : "probeprov");
	else
		out(g, "%s", PICK(g, strvars));
}

static void
str(gen_t *g)
{
	if (g->depth >= MAX_DEPTH || g->strs > MAX_STRS) {
		str_leaf(g);
		return;
	}
	g->depth++;
	switch (rnd(g, 15)) {
	case 0:
		g->strs++;
		out(g, "strjoin(");
		str(g);
		out(g, ", ");
		str(g);
		out(g, ")");
		break;
	case 1:
		g->strs++;
		out(g, "substr(");
		str(g);
		out(g, ", ");
		num(g);
		if (rnd(g, 2)) {
			out(g, ", ");
			num(g);
		}
		out(g, ")");
		break;
	case 2:
		g->strs++;
		out(g, "substr(");
		str(g);
		out(g, ", %d, %d)", (int)rnd(g, 14) - 4, (int)rnd(g, 14) - 4);
		break;
	case 3:
		g->strs++;
		out(g, rnd(g, 2) ? "basename(" : "dirname(");
		str(g);
		out(g, ")");
		break;
	case 4:
		g->strs++;
		out(g, "lltostr(");
		num(g);
		if (rnd(g, 2))
			out(g, ", %u", g->risky ? rnd(g, 40) : 2 + rnd(g, 35));
		out(g, ")");
		break;
	case 5:
		g->strs++;
		out(g, rnd(g, 2) ? "strchr(" : "strrchr(");
		str(g);
		if (rnd(g, 8) == 0) {
			out(g, ", ");
			num(g);
			out(g, ")");
		} else {
			out(g, ", '%c')", "abt/ "[rnd(g, 5)]);
		}
		break;
	case 6:
		g->strs++;
		out(g, "strstr(");
		str(g);
		out(g, ", ");
		str(g);
		out(g, ")");
		break;
	case 7:
		out(g, "(");
		num(g);
		out(g, " ? ");
		str(g);
		out(g, " : ");
		str(g);
		out(g, ")");
		break;
	case 8:
		out(g, "gm[");
		num(g);
		out(g, "]");
		break;
	case 9:
		out(g, "self->m[");
		str(g);
		out(g, "]");
		break;
	case 10:
		if (g->has("tolower")) {
			g->strs++;
			out(g, rnd(g, 2) ? "tolower(" : "toupper(");
			str(g);
			out(g, ")");
			break;
		}
		str_leaf(g);
		break;
	case 11:
		if (g->risky && rnd(g, 2)) {
			out(g, "stringof(%s & 0xff0)", PICK(g, vars));
		} else {
			out(g, "(\"tail of text\" + (");
			num(g);
			out(g, " & 7))");
		}
		break;
	case 12:
		out(g, "(%s = ", PICK(g, strvars));
		str(g);
		out(g, ")");
		break;
	default:
		str_leaf(g);
	}
	g->depth--;
}

static void
aggregation(gen_t *g)
{
	/* Keys and functions go by the name. */
	static const char *const names[NAGGS] = {"count", "sum", "avg", "min", "max", "dev", "q", "lq"};
	uint32_t f = rnd(g, 9), k = rnd(g, 4);
	char name[16];
	snprintf(name, sizeof(name), "%s%u", f < NAGGS ? names[f] : "ll", k);
	out(g, "@%s", name);
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
		default:
			out(g, "(unsigned char)");
			num(g);
			out(g, ", ");
			str(g);
			out(g, ", (uint64_t)");
			num(g);
		}
		out(g, "]");
	}
	out(g, " = ");
	switch (f) {
	case 0:
		out(g, "count()");
		break;
	case 6:
		out(g, "quantize(");
		num(g);
		if (rnd(g, 3) == 0) {
			out(g, ", ");
			num(g);
		}
		out(g, ")");
		break;
	case 7:
		out(g, "lquantize(");
		num(g);
		out(g, ", %s", k & 1 ? "-10, 1000, 10" : "3, 200, 7");
		if (rnd(g, 3) == 0) {
			out(g, ", (char)");
			num(g);
		}
		out(g, ")");
		break;
	case 8:
		out(g, "llquantize(");
		num(g);
		out(g, ", %s",
		    k == 0   ? "10, 0, 6, 20"
		    : k == 1 ? "2, 3, 20, 8"
		    : k == 2 ? "10, 1, 3, 10"
			     : "3, 0, 2, 9");
		if (rnd(g, 3) == 0) {
			out(g, ", (char)");
			num(g);
		}
		out(g, ")");
		break;
	default:
		out(g, "%s(", f == 5 ? "stddev" : names[f]);
		num(g);
		out(g, ")");
	}
	out(g, ";\n");
}

static void
printf_stmt(gen_t *g)
{
	static const char *const conv[] = {"%d",  "%d",   "%d",    "%u",  "%x",  "%o", "%i",
					   "%#x", "%08d", "%-6d|", "%+d", "%5u", "%X"};
	static const char *const sconv[] = {"%s", "%s", "[%10s]", "[%-8s]", "[%.3s]"};
	char kinds[6];
	int n = 1 + (int)rnd(g, 4);
	out(g, "printf(\"");
	for (int i = 0; i < n; i++) {
		kinds[i] = rnd(g, 3) ? 'n' : 's';
		out(g, "%s ", kinds[i] == 'n' ? PICK(g, conv) : PICK(g, sconv));
	}
	out(g, "\\n\"");
	for (int i = 0; i < n; i++) {
		out(g, ", ");
		if (kinds[i] == 'n')
			num(g);
		else
			str(g);
	}
	out(g, ");\n");
}

static void statements(gen_t *, int n);

static void
statement(gen_t *g)
{
	int depth = g->depth;
	out(g, "\t");
	switch (rnd(g, 16)) {
	case 0:
	case 1:
	case 2:
	case 3:
		change(g);
		out(g, ";\n");
		break;
	case 4:
	case 5:
		out(g, "%s = ", PICK(g, strvars));
		if (rnd(g, 10))
			str(g);
		else
			out(g, rnd(g, 2) ? "0" : "NULL");
		out(g, ";\n");
		break;
	case 6:
		element(g);
		out(g, " = ");
		if (rnd(g, 3))
			num(g);
		else
			out(g, "0");
		out(g, ";\n");
		break;
	case 7:
		out(g, rnd(g, 2) ? "gm[" : "self->m[lltostr(");
		if (g->buf[g->n - 1] == '(') {
			num(g);
			out(g, ")");
		} else {
			num(g);
		}
		out(g, "] = ");
		if (rnd(g, 4))
			str(g);
		else
			out(g, "0");
		out(g, ";\n");
		break;
	case 8:
		out(g, "trace(");
		if (rnd(g, 3))
			num(g);
		else
			str(g);
		out(g, ");\n");
		break;
	case 9:
	case 10:
		printf_stmt(g);
		break;
	case 11:
		if (g->depth < 3) {
			g->depth++;
			out(g, "if (");
			num(g);
			out(g, ") {\n");
			statements(g, 1 + (int)rnd(g, 2));
			if (rnd(g, 2)) {
				out(g, "\t} else {\n");
				statements(g, 1 + (int)rnd(g, 2));
			}
			out(g, "\t}\n");
		} else {
			out(g, ";\n");
		}
		break;
	case 12:
		out(g, "gp = (int *)");
		pointer(g);
		out(g, ";\n");
		break;
	default:
		aggregation(g);
	}
	g->depth = depth;
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
	uint32_t site = rnd(g, 12);
	g->in_error = site == 0;
	g->strs = g->nodes = 0;
	g->risky = rnd(g, 4) == 0;
	out(g, "%s\n", site == 0 ? "ERROR" : site == 1 ? "END" : site == 2 ? "BEGIN, END" : "BEGIN");
	if (rnd(g, 3) == 0) {
		g->depth = 2;
		out(g, "/ ");
		num(g);
		out(g, " /\n");
	}
	g->depth = 1;
	out(g, "{\n");
	statements(g, (int)rnd(g, 6));
	out(g, "}\n");
}

/* Consumer actions act on all that is counted by the time the record is read: at the end, here. */
static void
consumer_actions(gen_t *g)
{
	static const char *const all[] = {"count1", "sum1", "avg2", "min2", "max1", "q1",
					  "lq2",    "dev3", "ll1",  "min0", "sum3"};
	static const char *const funcs[] = {"count()",
					    "sum(g0)",
					    "avg(g1)",
					    "min(g2)",
					    "max(g3)",
					    "quantize(g0)",
					    "lquantize(g0, 3, 200, 7)",
					    "stddev(g1)",
					    "llquantize(g2, 2, 3, 20, 8)",
					    "min(g0)",
					    "sum(g1)"};
	static const char *const keys[] = {"[(int)g0]",
					   "[(int)g1]",
					   "[s0]",
					   "[s1]",
					   "[(int)g2]",
					   "[(int)g0]",
					   "[s0]",
					   "[(unsigned char)g0, s0, (uint64_t)g1]",
					   "[(int)g1]",
					   "",
					   "[(unsigned char)g1, s1, (uint64_t)g0]"};
	static const char *const fmts[] = {
	    "%d %@d\\n", "%d %@d\\n", "%s %@u\\n", "%s=%@d\\n", "%x %@8d\\n",     NULL,
	    NULL,        NULL,        NULL,        "%@d\\n",    "%u %s %u %@d\\n"};
	uint32_t a = rnd(g, 11);
	out(g, "END\n{\n\t@%s%s = %s;\n", all[a], keys[a], funcs[a]);
	for (uint32_t n = 1 + rnd(g, 3); n; n--)
		switch (rnd(g, 6)) {
		case 0:
			out(g, "\ttrunc(@%s, %d);\n", all[a], (int)rnd(g, 7) - 3);
			break;
		case 1:
			out(g, "\tclear(@%s);\n", all[a]);
			break;
		case 2:
			out(g, "\tnormalize(@%s, %u);\n", all[a], 1 + rnd(g, 5000));
			break;
		case 3:
			out(g, "\tdenormalize(@%s);\n", all[a]);
			break;
		default:
			if (fmts[a] && rnd(g, 2))
				out(g, "\tprinta(\"%s\", @%s);\n", fmts[a], all[a]);
			else
				out(g, "\tprinta(@%s);\n", all[a]);
		}
	out(g, "}\n");
}

void
dgen_deterministic(uint64_t seed, char *buf, size_t len, dgen_has_f *has)
{
	static const char *const scopes[] = {"", "self ", "this "};
	gen_t g = {.s = seed * 0x9e3779b97f4a7c15ULL + 0x7654321, .buf = buf, .len = len, .has = has};
	buf[0] = '\0';
	for (int i = 0; i < 8; i++)
		rnd(&g, 2);
	static const int sizes[] = {256, 256, 256, 16, 40, 33, 64, 1000};
	int strsize = PICK(&g, sizes);
	if (strsize != 256)
		out(&g, "#pragma D option strsize=%d\n", strsize);
	if (rnd(&g, 2))
		out(&g, "#pragma D option quiet\n");
	for (int i = 0; i < 4; i++)
		out(&g, "%s g%d;", PICK(&g, types), i);
	for (int i = 0; i < 3; i++)
		out(&g, " self %s i%d; this %s i%d;", PICK(&g, types), i, PICK(&g, types), i);
	out(&g, "\n");
	for (int i = 0; i < 3; i++)
		out(&g, "%sstring s0; %sstring s1; ", scopes[i], scopes[i]);
	out(&g, "int *gp;\n");
	out(&g, "%s ga[%s]; %s gt[string, %s]; string gm[%s]; %s gq[%s, %s, %s, %s];\n", PICK(&g, types),
	    PICK(&g, types), PICK(&g, types), PICK(&g, types), PICK(&g, types), PICK(&g, types),
	    PICK(&g, types), PICK(&g, types), PICK(&g, types), PICK(&g, types));
	out(&g, "self %s a[%s]; self %s t[%s, string, %s]; self string m[string];\n", PICK(&g, types),
	    PICK(&g, types), PICK(&g, types), PICK(&g, types), PICK(&g, types));
	out(&g, "BEGIN\n{\n");
	for (int i = 0; i < 6; i++) {
		out(&g, "\t%s = ", PICK(&g, vars));
		constant(&g);
		out(&g, "; %s = %s;\n", PICK(&g, strvars), PICK(&g, texts));
	}
	out(&g, "}\n");
	for (uint32_t n = 3 + rnd(&g, 6); n; n--)
		clause(&g);
	if (rnd(&g, 2))
		consumer_actions(&g);
	out(&g, "END\n{\n\tprintf(\"%%d %%d %%d %%d %%d %%d %%d %%s|%%s|%%s|%%s %%x\\n\", g0, g1, g2, g3, "
		"self->i0, "
		"self->i1, self->i2, s0, s1, self->s0, self->s1, (uint64_t)gp);\n");
	out(&g, "\ttrace(g0 + 0l); trace(g1 + 0l); trace(g2 + 0l); trace(g3 + 0l); trace(ga[1]); trace(ga[0] + "
		"0l);\n}\n");
	out(&g, "BEGIN\n{\n\texit(%u);\n}\nBEGIN\n{\n\ttrace(\"never\");\n}\n", rnd(&g, 256));
}
