/* detexpr.c - random expressions; see detgen.c. */
#include "detgen.h"

const char *const det_types[NTYPES] = {"char",          "short",          "int",       "long",
				       "unsigned char", "unsigned short", "unsigned",  "uint64_t",
				       "int8_t",        "int32_t",        "uint8_t",   "uint16_t",
				       "uint32_t",      "int64_t",        "long long", "unsigned long long"};
const char *const det_vars[NVARS] = {"g0",       "g1",       "g2",       "g3",       "self->i0",
				     "self->i1", "self->i2", "this->i0", "this->i1", "this->i2"};
const char *const det_strvars[NSTRVARS] = {"s0", "s1", "self->s0", "self->s1", "this->s0", "this->s1"};
const char *const det_texts[NTEXTS] = {"\"\"",
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

void
det_constant(gen_t *g)
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
		det_constant(g);
	else if (k == 4 && g->in_error)
		out(g, rnd(g, 2) ? "arg4" : "arg5");
	else if (k == 4)
		out(g, "%s", PICK(g, more));
	else
		out(g, "%s", PICK(g, det_vars));
}

/* Not null: what searches give may be. */
static void
solid_str(gen_t *g)
{
	if (g->risky) {
		det_str(g);
		return;
	}
	out(g, "strjoin(");
	g->strs++;
	det_str(g);
	out(g, ", %s)", PICK(g, det_texts));
}

static void
divide(gen_t *g, const char *op)
{
	out(g, "(");
	det_num(g);
	if (g->risky) {
		out(g, " %s %s)", op, PICK(g, det_vars));
		return;
	}
	out(g, " %s (", op);
	det_num(g);
	out(g, " | 1))");
}

void
det_element(gen_t *g)
{
	switch (rnd(g, 6)) {
	case 0:
		out(g, "ga[");
		det_num(g);
		break;
	case 1:
		gen_wrapped(g, "gt[", det_str, ", ");
		det_num(g);
		break;
	case 2:
		out(g, "self->a[");
		det_num(g);
		break;
	case 3:
		gen_pair(g, "self->t[", det_num, ", ", det_str, ", ");
		det_num(g);
		break;
	case 4:
		gen_pair(g, "gq[", det_num, ", ", det_num, ", ");
		det_num(g);
		out(g, ", ");
		det_num(g);
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
		out(g, "%s", PICK(g, det_vars));
	else
		det_element(g);
}

void
det_change(gen_t *g)
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
		det_num(g);
		out(g, g->risky ? " & g3)" : " | 1)");
		break;
	default:
		target(g);
		out(g, " %s ", PICK(g, ops));
		det_num(g);
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
		gen_wrapped(g, "strlen(", solid_str, ")");
		break;
	case 1:
	case 2:
		gen_wrapped(g, rnd(g, 2) ? "index(" : "rindex(", det_str, ", ");
		det_str(g);
		if (rnd(g, 2)) {
			out(g, ", ");
			det_num(g);
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
		det_num(g);
		out(g, ")");
		break;
	case 4:
		if (!g->has("strtoll")) {
			num_leaf(g);
			break;
		}
		out(g, "strtoll(");
		det_str(g);
		if (rnd(g, 2))
			out(g, ", %u", g->risky ? rnd(g, 40) : 2 + rnd(g, 35));
		out(g, ")");
		break;
	default:
		out(g, "%s[%s & 3]", "\"wxyz\"", PICK(g, det_vars));
	}
}

/* Addresses: compared and counted, and followed only where nothing is mapped. */
void
det_pointer(gen_t *g)
{
	static const char *const steps[] = {"+", "-"};
	switch (rnd(g, 4)) {
	case 0:
		out(g, "(gp %s ", PICK(g, steps));
		det_num(g);
		out(g, ")");
		break;
	case 1:
		out(g, "(%s *)(", PICK(g, det_types));
		det_num(g);
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
		gen_wrapped(g, "((int *)(", det_num, ") - gp)");
		break;
	case 1:
		out(g, "((int *)(");
		det_num(g);
		out(g, ") %s gp)", PICK(g, compare));
		break;
	case 2:
		out(g, "(gp %s (void *)(", PICK(g, compare));
		det_num(g);
		out(g, "))");
		break;
	case 3:
		if (!g->risky) {
			gen_wrapped(g, "(uint64_t)(", det_pointer, ")");
			break;
		}
		out(g, "*(%s *)(", PICK(g, det_types));
		det_num(g);
		out(g, " & 0xfff)");
		break;
	case 4:
		if (!g->risky) {
			gen_wrapped(g, "(!", det_pointer, ")");
			break;
		}
		out(g, "((%s *)%u)[%s & 7]", PICK(g, det_types), rnd(g, 3000), PICK(g, det_vars));
		break;
	default:
		out(g, "(gp == NULL)");
	}
}

void
det_num(gen_t *g)
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
		gen_binary(g, det_num, PICK(g, bin));
		break;
	case 5:
		divide(g, rnd(g, 2) ? "/" : "%");
		break;
	case 6:
	case 7:
		gen_binary(g, det_num, PICK(g, compare));
		break;
	case 8:
		gen_binary(g, det_str, PICK(g, compare));
		break;
	case 9:
		out(g, "(%s ", rnd(g, 2) ? "!" : rnd(g, 2) ? "~" : "-");
		det_num(g);
		out(g, ")");
		break;
	case 10:
		gen_choice(g, det_num, det_num);
		break;
	case 11:
	case 12:
		out(g, "(%s)(", PICK(g, det_types));
		det_num(g);
		out(g, ")");
		break;
	case 13:
		num_call(g);
		break;
	case 14:
		det_element(g);
		break;
	case 15:
		gen_wrapped(g, "(", det_change, ")");
		break;
	case 16:
		if (rnd(g, 2)) {
			gen_pair(g, "(", det_change, ", ", det_num, ")");
		} else {
			pointers(g);
		}
		break;
	case 17:
		gen_wrapped(g, "(", det_str, rnd(g, 2) ? " == NULL)" : " != NULL)");
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
		out(g, "%s", PICK(g, det_texts));
	else if (k == 3)
		out(g, rnd(g, 2) ? "probename" : "probeprov");
	else
		out(g, "%s", PICK(g, det_strvars));
}

void
det_str(gen_t *g)
{
	if (g->depth >= MAX_DEPTH || g->strs > MAX_STRS) {
		str_leaf(g);
		return;
	}
	g->depth++;
	switch (rnd(g, 15)) {
	case 0:
		g->strs++;
		gen_pair(g, "strjoin(", det_str, ", ", det_str, ")");
		break;
	case 1:
		g->strs++;
		gen_wrapped(g, "substr(", det_str, ", ");
		det_num(g);
		if (rnd(g, 2)) {
			out(g, ", ");
			det_num(g);
		}
		out(g, ")");
		break;
	case 2:
		g->strs++;
		out(g, "substr(");
		det_str(g);
		out(g, ", %d, %d)", (int)rnd(g, 14) - 4, (int)rnd(g, 14) - 4);
		break;
	case 3:
		g->strs++;
		gen_wrapped(g, rnd(g, 2) ? "basename(" : "dirname(", det_str, ")");
		break;
	case 4:
		g->strs++;
		out(g, "lltostr(");
		det_num(g);
		if (rnd(g, 2))
			out(g, ", %u", g->risky ? rnd(g, 40) : 2 + rnd(g, 35));
		out(g, ")");
		break;
	case 5:
		g->strs++;
		out(g, rnd(g, 2) ? "strchr(" : "strrchr(");
		det_str(g);
		if (rnd(g, 8) == 0) {
			gen_wrapped(g, ", ", det_num, ")");
		} else {
			out(g, ", '%c')", "abt/ "[rnd(g, 5)]);
		}
		break;
	case 6:
		g->strs++;
		gen_pair(g, "strstr(", det_str, ", ", det_str, ")");
		break;
	case 7:
		gen_choice(g, det_num, det_str);
		break;
	case 8:
		gen_wrapped(g, "gm[", det_num, "]");
		break;
	case 9:
		gen_wrapped(g, "self->m[", det_str, "]");
		break;
	case 10:
		if (g->has("tolower")) {
			g->strs++;
			gen_wrapped(g, rnd(g, 2) ? "tolower(" : "toupper(", det_str, ")");
			break;
		}
		str_leaf(g);
		break;
	case 11:
		if (g->risky && rnd(g, 2)) {
			out(g, "stringof(%s & 0xff0)", PICK(g, det_vars));
		} else {
			out(g, "(\"tail of text\" + (");
			det_num(g);
			out(g, " & 7))");
		}
		break;
	case 12:
		out(g, "(%s = ", PICK(g, det_strvars));
		det_str(g);
		out(g, ")");
		break;
	default:
		str_leaf(g);
	}
	g->depth--;
}
