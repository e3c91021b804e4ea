/* regs.c - the R_ constants, indices of uregs[] on x86-64 (language.md V45). */
#include "ident.h"

static const struct {
	const char *name;
	int index;
} regs[] = {
    {"R_R15", 0},  {"R_R14", 1},  {"R_R13", 2},  {"R_R12", 3},  {"R_RBP", 4},     {"R_RBX", 5},  {"R_R11", 6},
    {"R_R10", 7},  {"R_R9", 8},   {"R_R8", 9},   {"R_RAX", 10}, {"R_RCX", 11},    {"R_RDX", 12}, {"R_RSI", 13},
    {"R_RDI", 14}, {"R_ERR", 15}, {"R_RIP", 16}, {"R_CS", 17},  {"R_RFL", 18},    {"R_RSP", 19}, {"R_SS", 20},
    {"R_DS", 21},  {"R_ES", 22},  {"R_FS", 23},  {"R_GS", 24},  {"R_TRAPNO", 25}, {"R_EAX", 10}, {"R_EBX", 5},
    {"R_ECX", 11}, {"R_EDX", 12}, {"R_EBP", 4},  {"R_ESI", 13}, {"R_EDI", 14},    {"R_EIP", 16}, {"R_EFL", 18},
    {"R_ESP", 19}, {"R_PC", 16},  {"R_FP", 4},   {"R_SP", 19},  {"R_PS", 18},     {"R_R0", 10},  {"R_R1", 5},
};

void
dt_regs_define(dtrace_hdl_t *dtp)
{
	for (size_t i = 0; i < sizeof(regs) / sizeof(regs[0]); i++) {
		dt_ident_t *id = dt_ident_insert(dtp, DT_SC_GLOBAL, DT_ID_ENUM, regs[i].name);
		id->value = regs[i].index;
		id->type = dt_basetypes(dtp)->i32;
		id->is_const = id->declared = true;
	}
}
