/* dump.c - IR as text, one instruction a line: for -S, tests and people. */
#include "ir.h"

#include <inttypes.h>

static const char *const opnames[] = {
    [IR_NOP] = "nop",       [IR_MOV] = "mov",       [IR_ADD] = "add",   [IR_SUB] = "sub",
    [IR_MUL] = "mul",       [IR_UDIV] = "udiv",     [IR_UMOD] = "umod", [IR_AND] = "and",
    [IR_OR] = "or",         [IR_XOR] = "xor",       [IR_LSH] = "lsh",   [IR_RSH] = "rsh",
    [IR_ARSH] = "arsh",     [IR_NEG] = "neg",       [IR_SEXT] = "sext", [IR_ZEXT] = "zext",
    [IR_BSWAP] = "bswap",   [IR_SET] = "set",       [IR_LD] = "ld",     [IR_ST] = "st",
    [IR_XADD] = "xadd",     [IR_FADD] = "fadd",     [IR_XCHG] = "xchg", [IR_CAS] = "cas",
    [IR_CTX] = "ctx",       [IR_OBJ] = "obj",       [IR_MAP] = "map",   [IR_FNADDR] = "fnaddr",
    [IR_MAPVAL] = "mapval", [IR_SCALAR] = "scalar", [IR_CALL] = "call", [IR_RT] = "rt",
    [IR_FN] = "fn",         [IR_JMP] = "jmp",       [IR_BR] = "br",     [IR_RET] = "ret",
};

static const char *const ccnames[] = {"==", "!=", "<", "<=", ">", ">=", "s<", "s<=", "s>", "s>=", "&"};

const char *
ir_opname(ir_op_t op)
{
	return op >= IR_NOP && op <= IR_RET ? opnames[op] : "?";
}

static void
opnd(ir_opnd_t o, FILE *out)
{
	if (o.kind == IR_O_REG)
		fprintf(out, "v%d", o.reg);
	else if (o.kind == IR_O_IMM && (o.imm > 0xffff || o.imm < -0xffff))
		fprintf(out, "0x%" PRIx64, (uint64_t)o.imm);
	else if (o.kind == IR_O_IMM)
		fprintf(out, "%" PRId64, o.imm);
	else if (o.kind == IR_O_OBJ)
		fprintf(out, "obj%" PRId64, o.imm);
}

static void
address(const ir_insn_t *i, FILE *out)
{
	fprintf(out, " u%d [", 8 * i->size);
	opnd(i->a, out);
	fprintf(out, "%+d]", i->off);
}

static void
comma(ir_opnd_t o, FILE *out)
{
	if (o.kind == IR_O_NONE)
		return;
	fputs(", ", out);
	opnd(o, out);
}

static void
dump_args(const ir_insn_t *i, FILE *out)
{
	fputc('(', out);
	for (int k = 0; k < i->nargs; k++) {
		if (k)
			fputs(", ", out);
		opnd(i->args[k], out);
	}
	fputc(')', out);
	if (i->pure)
		fputs(" pure", out);
}

static void
dump_insn(const ir_insn_t *i, FILE *out)
{
	fputc('\t', out);
	if (i->dst >= 0)
		fprintf(out, "v%d = ", i->dst);
	fputs(ir_opname(i->op), out);
	switch (i->op) {
	case IR_LD:
	case IR_ST:
	case IR_XADD:
	case IR_FADD:
	case IR_XCHG:
	case IR_CAS:
		address(i, out);
		comma(i->b, out);
		comma(i->c, out);
		if (i->pure)
			fputs(" pure", out);
		break;
	case IR_OBJ:
	case IR_MAP:
	case IR_FNADDR:
	case IR_MAPVAL:
		fprintf(out, " %" PRId64 "%+d", i->imm, i->off);
		break;
	case IR_CALL:
	case IR_FN:
		fprintf(out, " %" PRId64, i->imm);
		dump_args(i, out);
		break;
	case IR_RT:
		fprintf(out, " %s", i->name);
		dump_args(i, out);
		break;
	case IR_SET:
	case IR_BR:
		fputc(' ', out);
		opnd(i->a, out);
		fprintf(out, " %s ", ccnames[i->cc]);
		opnd(i->b, out);
		if (i->op == IR_BR)
			fprintf(out, " ? L%d : L%d", i->t->id, i->f->id);
		break;
	case IR_JMP:
		fprintf(out, " L%d", i->t->id);
		break;
	case IR_SEXT:
	case IR_ZEXT:
	case IR_BSWAP:
		fprintf(out, "%d ", 8 * i->size);
		opnd(i->a, out);
		break;
	default:
		fputc(' ', out);
		opnd(i->a, out);
		comma(i->b, out);
		break;
	}
	if (i->line)
		fprintf(out, "\t; line %d", i->line);
	fputc('\n', out);
}

void
ir_dump(const ir_func_t *f, FILE *out)
{
	fprintf(out, "%s(", f->name);
	for (int p = 0; p < f->nparams; p++)
		fprintf(out, "%sv%d%s%s", p ? ", " : "", p, f->paramtypes[p] ? " " : "",
			f->paramtypes[p] ? f->paramtypes[p] : "");
	fputs(")\n", out);
	for (int o = 0; o < f->objs.n; o++)
		fprintf(out, "\tobj%d: %u bytes, align %u\n", o, f->objs.p[o].size, f->objs.p[o].align);
	for (int b = 0; b < f->blocks.n; b++) {
		const ir_block_t *blk = f->blocks.p[b];
		fprintf(out, "L%d:%s%s\n", blk->id, blk->note ? "\t; " : "", blk->note ? blk->note : "");
		for (int k = 0; k < blk->insns.n; k++)
			dump_insn(&blk->insns.p[k], out);
	}
}
