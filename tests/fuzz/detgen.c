/*
 * detgen.c - random D programs whose output is decided: no clocks, no processes, no kernel memory; see dgen.h.
 *
 * Types are drawn per program, so every operator meets every pair.  Most clauses avoid faults, as a fault hides
 * what its clause would have done next; the others (risky) may divide by zero, read null strings and bad
 * addresses. The last clause prints every variable.
 *
 * A feature to add: its text here, in detexpr.c or statement(); what it means, in interp*.c.
 */
#include "detgen.h"

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
			det_num(g);
			break;
		case 2:
			det_str(g);
			break;
		default:
			gen_pair(g, "(unsigned char)", det_num, ", ", det_str, ", (uint64_t)");
			det_num(g);
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
		det_num(g);
		if (rnd(g, 3) == 0) {
			out(g, ", ");
			det_num(g);
		}
		out(g, ")");
		break;
	case 7:
		out(g, "lquantize(");
		det_num(g);
		out(g, ", %s", k & 1 ? "-10, 1000, 10" : "3, 200, 7");
		if (rnd(g, 3) == 0) {
			out(g, ", (char)");
			det_num(g);
		}
		out(g, ")");
		break;
	case 8:
		out(g, "llquantize(");
		det_num(g);
		out(g, ", %s",
		    k == 0   ? "10, 0, 6, 20"
		    : k == 1 ? "2, 3, 20, 8"
		    : k == 2 ? "10, 1, 3, 10"
			     : "3, 0, 2, 9");
		if (rnd(g, 3) == 0) {
			out(g, ", (char)");
			det_num(g);
		}
		out(g, ")");
		break;
	default:
		out(g, "%s(", f == 5 ? "stddev" : names[f]);
		det_num(g);
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
			det_num(g);
		else
			det_str(g);
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
		det_change(g);
		out(g, ";\n");
		break;
	case 4:
	case 5:
		out(g, "%s = ", PICK(g, det_strvars));
		if (rnd(g, 10))
			det_str(g);
		else
			out(g, rnd(g, 2) ? "0" : "NULL");
		out(g, ";\n");
		break;
	case 6:
		det_element(g);
		out(g, " = ");
		if (rnd(g, 3))
			det_num(g);
		else
			out(g, "0");
		out(g, ";\n");
		break;
	case 7:
		out(g, rnd(g, 2) ? "gm[" : "self->m[lltostr(");
		if (g->buf[g->n - 1] == '(') {
			det_num(g);
			out(g, ")");
		} else {
			det_num(g);
		}
		out(g, "] = ");
		if (rnd(g, 4))
			det_str(g);
		else
			out(g, "0");
		out(g, ";\n");
		break;
	case 8:
		out(g, "trace(");
		if (rnd(g, 3))
			det_num(g);
		else
			det_str(g);
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
			det_num(g);
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
		det_pointer(g);
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
		det_num(g);
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
	gen_t g = gen_start(seed, 0x7654321, buf, len);
	g.has = has;
	static const int sizes[] = {256, 256, 256, 16, 40, 33, 64, 1000};
	int strsize = PICK(&g, sizes);
	if (strsize != 256)
		out(&g, "#pragma D option strsize=%d\n", strsize);
	if (rnd(&g, 2))
		out(&g, "#pragma D option quiet\n");
	for (int i = 0; i < 4; i++)
		out(&g, "%s g%d;", PICK(&g, det_types), i);
	for (int i = 0; i < 3; i++)
		out(&g, " self %s i%d; this %s i%d;", PICK(&g, det_types), i, PICK(&g, det_types), i);
	out(&g, "\n");
	for (int i = 0; i < 3; i++)
		out(&g, "%sstring s0; %sstring s1; ", scopes[i], scopes[i]);
	out(&g, "int *gp;\n");
	out(&g, "%s ga[%s]; %s gt[string, %s]; string gm[%s]; %s gq[%s, %s, %s, %s];\n", PICK(&g, det_types),
	    PICK(&g, det_types), PICK(&g, det_types), PICK(&g, det_types), PICK(&g, det_types),
	    PICK(&g, det_types), PICK(&g, det_types), PICK(&g, det_types), PICK(&g, det_types),
	    PICK(&g, det_types));
	out(&g, "self %s a[%s]; self %s t[%s, string, %s]; self string m[string];\n", PICK(&g, det_types),
	    PICK(&g, det_types), PICK(&g, det_types), PICK(&g, det_types), PICK(&g, det_types));
	out(&g, "BEGIN\n{\n");
	for (int i = 0; i < 6; i++) {
		out(&g, "\t%s = ", PICK(&g, det_vars));
		det_constant(&g);
		out(&g, "; %s = %s;\n", PICK(&g, det_strvars), PICK(&g, det_texts));
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
