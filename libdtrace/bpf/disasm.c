/* disasm.c - BPF instructions as text, the way bpftool and the verifier's log write them. */
#include "bpf.h"

#include <stdarg.h>
#include <stdio.h>

#define NAME(x) [BPF_FUNC_##x] = "bpf_" #x
static const char *const helpers[] = {__BPF_FUNC_MAPPER(NAME)};
#undef NAME

static const char *
helper_name(int id)
{
	bool known = id > 0 && id < (int)(sizeof(helpers) / sizeof(helpers[0]));
	return known && helpers[id] ? helpers[id] : "unknown";
}

static const char *const alu[16] = {
    "+=", "-=", "*=", "/=", "|=", "&=", "<<=", ">>=", "neg", "%=", "^=", "=", "s>>="};
static const char *const jmp[16] = {NULL,  "==", ">",  ">=", "&",  "!=", "s>",
				    "s>=", NULL, NULL, "<",  "<=", "s<", "s<="};
static const char *const sizes[4] = {"u32", "u16", "u8", "u64"};

static const char *
size_name(int code)
{
	return sizes[BPF_SIZE(code) >> 3];
}

static void
unknown(const struct bpf_insn *i, char *buf, size_t len)
{
	snprintf(buf, len, "(unknown code 0x%02x)", i->code);
}

static void
disasm_alu(const struct bpf_insn *i, char *buf, size_t len)
{
	char r = BPF_CLASS(i->code) == BPF_ALU64 ? 'r' : 'w';
	int op = BPF_OP(i->code);
	if (op == BPF_END)
		snprintf(buf, len, "r%d = %s%d r%d", i->dst_reg,
			 BPF_CLASS(i->code) == BPF_ALU64 ? "bswap"
			 : BPF_SRC(i->code) == BPF_TO_BE ? "be"
							 : "le",
			 i->imm, i->dst_reg);
	else if (op == BPF_NEG)
		snprintf(buf, len, "%c%d = -%c%d", r, i->dst_reg, r, i->dst_reg);
	else if (!alu[op >> 4])
		unknown(i, buf, len);
	else if (BPF_SRC(i->code) == BPF_X)
		snprintf(buf, len, "%c%d %s %c%d", r, i->dst_reg, alu[op >> 4], r, i->src_reg);
	else
		snprintf(buf, len, "%c%d %s %d", r, i->dst_reg, alu[op >> 4], i->imm);
}

static void
disasm_call(const struct bpf_insn *i, char *buf, size_t len)
{
	if (i->src_reg == BPF_PSEUDO_CALL)
		snprintf(buf, len, "call pc%+d", i->imm);
	else if (i->src_reg == BPF_PSEUDO_KFUNC_CALL)
		snprintf(buf, len, "call kernel-function#%d", i->imm);
	else
		snprintf(buf, len, "call %s#%d", helper_name(i->imm), i->imm);
}

static void
disasm_jmp(const struct bpf_insn *i, char *buf, size_t len)
{
	char r = BPF_CLASS(i->code) == BPF_JMP ? 'r' : 'w';
	int op = BPF_OP(i->code);
	if (op == BPF_CALL)
		disasm_call(i, buf, len);
	else if (op == BPF_EXIT)
		snprintf(buf, len, "exit");
	else if (op == BPF_JA)
		snprintf(buf, len, "goto %+d", i->off);
	else if (!jmp[op >> 4])
		unknown(i, buf, len);
	else if (BPF_SRC(i->code) == BPF_X)
		snprintf(buf, len, "if %c%d %s %c%d goto %+d", r, i->dst_reg, jmp[op >> 4], r, i->src_reg,
			 i->off);
	else
		snprintf(buf, len, "if %c%d %s %d goto %+d", r, i->dst_reg, jmp[op >> 4], i->imm, i->off);
}

static void
disasm_atomic(const struct bpf_insn *i, char *buf, size_t len)
{
	char at[40];
	const char *bits = BPF_SIZE(i->code) == BPF_DW ? "64" : "";
	int op = i->imm & ~BPF_FETCH;
	const char *name = op == BPF_ADD   ? "add"
			   : op == BPF_OR  ? "or"
			   : op == BPF_AND ? "and"
			   : op == BPF_XOR ? "xor"
					   : NULL;
	snprintf(at, sizeof(at), "(%s *)(r%d %+d)", size_name(i->code), i->dst_reg, i->off);
	if (i->imm == BPF_CMPXCHG)
		snprintf(buf, len, "r0 = atomic%s_cmpxchg(%s, r0, r%d)", bits, at, i->src_reg);
	else if (i->imm == BPF_XCHG)
		snprintf(buf, len, "r%d = atomic%s_xchg(%s, r%d)", i->src_reg, bits, at, i->src_reg);
	else if (!name)
		unknown(i, buf, len);
	else if (i->imm & BPF_FETCH)
		snprintf(buf, len, "r%d = atomic%s_fetch_%s(%s, r%d)", i->src_reg, bits, name, at, i->src_reg);
	else
		snprintf(buf, len, "lock *%s %s r%d", at, alu[op >> 4], i->src_reg);
}

static void
disasm_ld64(const struct bpf_insn *i, char *buf, size_t len)
{
	uint64_t v = (uint32_t)i[0].imm | (uint64_t)(uint32_t)i[1].imm << 32;
	if (i->src_reg == BPF_PSEUDO_MAP_FD)
		snprintf(buf, len, "r%d = map[fd:%d]", i->dst_reg, i[0].imm);
	else if (i->src_reg == BPF_PSEUDO_MAP_VALUE)
		snprintf(buf, len, "r%d = map[fd:%d][0]+%d", i->dst_reg, i[0].imm, i[1].imm);
	else if (i->src_reg == BPF_PSEUDO_FUNC)
		snprintf(buf, len, "r%d = subprog[%+d]", i->dst_reg, i[0].imm);
	else
		snprintf(buf, len, "r%d = 0x%llx", i->dst_reg, (unsigned long long)v);
}

int
bpf_disasm(const struct bpf_insn *insns, int i, int n, char *buf, size_t len)
{
	const struct bpf_insn *in = &insns[i];
	switch (BPF_CLASS(in->code)) {
	case BPF_ALU:
	case BPF_ALU64:
		disasm_alu(in, buf, len);
		break;
	case BPF_JMP:
	case BPF_JMP32:
		disasm_jmp(in, buf, len);
		break;
	case BPF_LD:
		if (in->code == (BPF_LD | BPF_IMM | BPF_DW) && i + 1 < n) {
			disasm_ld64(in, buf, len);
			return 2;
		}
		unknown(in, buf, len);
		break;
	case BPF_LDX:
		snprintf(buf, len, "r%d = *(%s *)(r%d %+d)", in->dst_reg, size_name(in->code), in->src_reg,
			 in->off);
		break;
	case BPF_STX:
		if (BPF_MODE(in->code) == BPF_ATOMIC)
			disasm_atomic(in, buf, len);
		else
			snprintf(buf, len, "*(%s *)(r%d %+d) = r%d", size_name(in->code), in->dst_reg, in->off,
				 in->src_reg);
		break;
	case BPF_ST:
		snprintf(buf, len, "*(%s *)(r%d %+d) = %d", size_name(in->code), in->dst_reg, in->off, in->imm);
		break;
	}
	return 1;
}
