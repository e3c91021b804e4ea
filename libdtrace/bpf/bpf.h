/*
 * bpf.h - from IR to loaded programs: register allocation, emission, linking with
 * the runtime routines, loading.
 */
#ifndef DT_BPF_H
#define DT_BPF_H

#include <linux/bpf.h>

#include "../handle/handle.h"
#include "../ir/ir.h"

/* What an instruction still needs. */
typedef enum bpf_rkind {
	BPF_R_MAP,    /* imm of ld_imm64 = fd of map number n */
	BPF_R_MAPVAL, /* same, as direct value address; offset in the second half */
	BPF_R_RT,     /* call of runtime routine `name` */
	BPF_R_FN,     /* call of function number n of the unit */
	BPF_R_FNADDR  /* ld_imm64 of its address */
} bpf_rkind_t;

typedef struct bpf_reloc {
	bpf_rkind_t kind;
	int insn;
	int n;
	const char *name;
} bpf_reloc_t;

typedef struct bpf_code { /* one function */
	const char *name;
	DT_VEC(struct bpf_insn) insns;
	DT_VEC(bpf_reloc_t) relocs;
	DT_VEC(int) lines; /* D line of each instruction */
	int stack;         /* bytes used below r10 */
} bpf_code_t;

/* Register allocation (regalloc.c).  What does not fit into registers is spilled by rewriting the
 * function: stores and loads of stack objects around short-lived registers, so that afterwards every
 * virtual register is a machine register for all its life.  Wants a function ir_pass_legal has been
 * over.  NULL when it cannot be done, which would be a bug. */
typedef struct ra_result {
	int8_t *reg; /* by virtual register: 0..9, or -1 when it is never live */
	int nspills; /* stack slots made, 8 bytes each */
} ra_result_t;
ra_result_t *ra_allocate(ir_func_t *);
void ra_free(ra_result_t *);

/* Emit one function (emit.c), which is changed on the way.  False with a message when it needs more
 * stack than 512 bytes or a jump too long for BPF. */
bool bpf_emit(ir_func_t *, bpf_code_t *out, char *err, size_t errlen);
void bpf_code_free(bpf_code_t *);
/* One line of assembly for the instruction(s) at insns[i]; the number of instructions used. */
int bpf_disasm(const struct bpf_insn *insns, int i, int n, char *buf, size_t len);

/* A complete program: main, the unit's functions, the runtime routines they need. */
typedef struct bpf_image {
	DT_VEC(struct bpf_insn) insns;
	DT_VEC(bpf_reloc_t) maprelocs; /* BPF_R_MAP and BPF_R_MAPVAL, by final index */
	struct {
		const char *name;
		int insn;
	} func[256];
	int nfuncs;
	int btf_fd; /* with func_info for every function; -1 if there is only main */
	void *func_info;
	uint32_t func_info_cnt;
} bpf_image_t;

/* Link the functions of a unit with the runtime (link.c); -1 with the handle's error. */
int bpf_link_image(dtrace_hdl_t *, const ir_unit_t *, bpf_code_t *codes, int ncodes, bpf_image_t *out);
void bpf_image_free(bpf_image_t *);
void bpf_image_dump(const bpf_image_t *, FILE *);

typedef struct bpf_loadattr {
	const char *name;
	uint32_t prog_type, attach_type;
	uint32_t attach_btf_id;
	int attach_btf_fd; /* of the module's BTF the id is in; 0: the kernel proper's */
	const int *mapfds; /* by map number */
} bpf_loadattr_t;
/* Load (load.c): the program's fd, or -1 with the handle's error.  A refusal by the verifier is
 * a bug of ours: the message says so in one line, and names the file the log was kept in when
 * DTRACE_DEBUG is set. */
int bpf_load(dtrace_hdl_t *, bpf_image_t *, const bpf_loadattr_t *);

#endif
