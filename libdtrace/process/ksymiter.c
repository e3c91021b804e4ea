/*
 * ksymiter.c - the addresses of the kernel's functions, from its iterator over symbols (bpf_iter, kernel 6.0).
 * A program picks them inside the kernel: it writes out a megabyte of addresses, not seven of text.
 */
#include <bpf/bpf.h>
#include <errno.h>
#include <linux/bpf.h>
#include <linux/btf.h>
#include <stdlib.h>
#include <unistd.h>

#include "../types/types.h"
#include "ksyms.h"

enum {
	ADDRESSES = 8192, /* read at once: 64 KB, twice what the kernel gives */
	LETTER_CASE = 0x20
};

/* What the program reads: bpf_iter__ksym { meta, ksym }, bpf_iter_meta { seq }, kallsym_iter { value, type }.
 */
typedef struct offsets {
	int meta, ksym, seq, value, type;
} offsets_t;

static bool
find_offsets(dtrace_hdl_t *dtp, offsets_t *o)
{
	o->meta = dt_btf_offset(dtp, "bpf_iter__ksym", "meta");
	o->ksym = dt_btf_offset(dtp, "bpf_iter__ksym", "ksym");
	o->seq = dt_btf_offset(dtp, "bpf_iter_meta", "seq");
	o->value = dt_btf_offset(dtp, "kallsym_iter", "value");
	o->type = dt_btf_offset(dtp, "kallsym_iter", "type");
	return o->meta >= 0 && o->ksym >= 0 && o->seq >= 0 && o->value >= 0 && o->type >= 0;
}

static struct bpf_insn
load(int size, int dst, int src, int off)
{
	return (struct bpf_insn){.code = (uint8_t)(BPF_LDX | BPF_MEM | size),
				 .dst_reg = (uint8_t)(dst & 15),
				 .src_reg = (uint8_t)(src & 15),
				 .off = (int16_t)off};
}

static struct bpf_insn
constant(int code, int dst, int off, int imm)
{
	return (struct bpf_insn){
	    .code = (uint8_t)code, .dst_reg = (uint8_t)(dst & 15), .off = (int16_t)off, .imm = imm};
}

/* bpf_seq_write(meta->seq, &ksym->value, 8) for text symbols (t, T, w, W).  At the end ksym is NULL. */
static int
load_program(dtrace_hdl_t *dtp)
{
	enum {
		CTX = BPF_REG_6,
		KSYM = BPF_REG_7,
		VALUE = -8
	};
	offsets_t o;
	int id = dt_btf_id(dtp, "bpf_iter_ksym", BTF_KIND_FUNC);
	if (id < 0 || !find_offsets(dtp, &o))
		return -ENOENT;
	const struct bpf_insn insns[] = {
	    {.code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = CTX, .src_reg = BPF_REG_1},
	    load(BPF_DW, KSYM, CTX, o.ksym),
	    constant(BPF_JMP | BPF_JEQ | BPF_K, KSYM, 12, 0),
	    load(BPF_B, BPF_REG_2, KSYM, o.type),
	    constant(BPF_ALU64 | BPF_OR | BPF_K, BPF_REG_2, 0, LETTER_CASE),
	    constant(BPF_JMP | BPF_JEQ | BPF_K, BPF_REG_2, 1, 't'),
	    constant(BPF_JMP | BPF_JNE | BPF_K, BPF_REG_2, 8, 'w'),
	    load(BPF_DW, BPF_REG_1, KSYM, o.value),
	    {.code = BPF_STX | BPF_MEM | BPF_DW, .dst_reg = BPF_REG_10, .src_reg = BPF_REG_1, .off = VALUE},
	    load(BPF_DW, BPF_REG_1, CTX, o.meta),
	    load(BPF_DW, BPF_REG_1, BPF_REG_1, o.seq),
	    {.code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = BPF_REG_2, .src_reg = BPF_REG_10},
	    constant(BPF_ALU64 | BPF_ADD | BPF_K, BPF_REG_2, 0, VALUE),
	    constant(BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_3, 0, sizeof(uint64_t)),
	    constant(BPF_JMP | BPF_CALL, 0, 0, BPF_FUNC_seq_write),
	    constant(BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_0, 0, 0),
	    constant(BPF_JMP | BPF_EXIT, 0, 0, 0),
	};
	LIBBPF_OPTS(bpf_prog_load_opts, opts, .expected_attach_type = BPF_TRACE_ITER,
		    .attach_btf_id = (uint32_t)id);
	int fd = bpf_prog_load(BPF_PROG_TYPE_TRACING, "dtrace_ksyms", "GPL", insns,
			       sizeof(insns) / sizeof(insns[0]), &opts);
	return fd < 0 ? -errno : fd;
}

/* To be read from; it keeps its link and program until it is closed. */
static int
open_iterator(dtrace_hdl_t *dtp)
{
	int prog = load_program(dtp);
	int link = prog < 0 ? prog : bpf_link_create(prog, 0, BPF_TRACE_ITER, NULL);
	int fd = link < 0 ? link : bpf_iter_create(link);
	if (link >= 0)
		close(link);
	if (prog >= 0)
		close(prog);
	return fd;
}

bool
dt_ksyms_iterate(dtrace_hdl_t *dtp, void (*each)(void *arg, uint64_t addr), void *arg)
{
	int fd = open_iterator(dtp);
	if (fd < 0) {
		dt_debug("no iterator over the kernel's symbols: error %d\n", -fd);
		return false;
	}
	uint64_t *addr = dt_xcalloc(ADDRESSES, sizeof(*addr));
	ssize_t got;
	/* Whole symbols: the kernel writes none in parts. */
	while ((got = read(fd, addr, ADDRESSES * sizeof(*addr))) > 0)
		for (size_t i = 0; i < (size_t)got / sizeof(*addr); i++)
			each(arg, addr[i]);
	free(addr);
	close(fd);
	return got == 0;
}
