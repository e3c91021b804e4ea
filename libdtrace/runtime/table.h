/*
 * table.h - shape of the table of runtime routines that embed.c writes
 * ($(BUILD)/gen/runtime_table.h) and bpf/link.c reads.
 */
#ifndef DT_RT_TABLE_H
#define DT_RT_TABLE_H

#include <linux/bpf.h>
#include <stdbool.h>
#include <stdint.h>

enum {
	RT_MAXPARAMS = 5
};

/* A parameter as the kernel's BTF must describe it: an integer, or a pointer to a struct of that size. */
typedef struct rt_param {
	const char *sou; /* struct name; NULL: integer */
	uint32_t size;
} rt_param_t;

/* Instruction insn calls function target, or (is_address) loads its address for bpf_loop(). */
typedef struct rt_reloc {
	int insn, target; /* target: index in the table */
	bool is_address;
} rt_reloc_t;

typedef struct rt_func {
	const char *name;
	const struct bpf_insn *insns;
	int ninsns;
	const rt_reloc_t *relocs;
	int nrelocs;
	bool is_global; /* verified once; the others are callbacks */
	rt_param_t params[RT_MAXPARAMS];
	int nparams;
} rt_func_t;

#endif
