/* floor.h - what a hand-written tracer of one system call needs; no vmlinux.h, no CO-RE: two fields only. */
#ifndef FLOOR_H
#define FLOOR_H

#include <linux/bpf.h>
#include <linux/types.h>

#include <bpf/bpf_helpers.h>

enum {
	NR_GETPPID = 110,
	QUANTIZE_BUCKETS = 127,
	QUANTIZE_ZERO = 63
};

/* The part of struct pt_regs that sys_exit needs; relocated to the running kernel's layout. */
struct pt_regs {
	unsigned long orig_ax;
} __attribute__((preserve_access_index));

static __always_inline long
exit_nr(struct bpf_raw_tracepoint_args *ctx)
{
	unsigned long nr = 0;
	struct pt_regs *regs = (struct pt_regs *)ctx->args[0];
	bpf_probe_read_kernel(&nr, sizeof(nr), __builtin_preserve_access_index(&regs->orig_ax));
	return (long)nr;
}

char LICENSE[] SEC("license") = "GPL";

#endif
