/*
 * rt_bpf.h - what the runtime routines share: helpers of the kernel, reading and
 * writing strings in the scratch slot.
 *
 * A routine is a global function, so the kernel verifies it once per program, knowing
 * nothing of its arguments: every routine bounds what it is given.  The verifier follows
 * a bound only in the register that was compared, so rt_opaque() keeps clang from
 * comparing a copy or from dropping a bound that it can prove and the verifier cannot.
 */
#ifndef DT_RT_BPF_H
#define DT_RT_BPF_H

#include "rt.h"

#define RT_ROUTINE __attribute__((noinline))
#define RT_INLINE  static inline __attribute__((always_inline))
/* Callback of bpf_loop(): the kernel verifies it on its own. */
#define RT_CALLBACK static __attribute__((noinline))

#define rt_opaque(x) asm volatile("" : "+r"(x))

/* dtrace.h's DTRACEFLT_*, which the BPF side does not include. */
enum {
	RT_BADADDR = DT_RT_FAULT(1),
	RT_ILLOP = DT_RT_FAULT(3),
	RT_NOSCRATCH = DT_RT_FAULT(5),
	RT_BADSIZE = DT_RT_FAULT(10)
};

/* Numbers are the kernel's ABI (enum bpf_func_id). */
static long (*const bpf_probe_read_kernel)(void *dst, dt_u32 size, const void *src) = (void *)113;
static long (*const bpf_probe_read_kernel_str)(void *dst, dt_u32 size, const void *src) = (void *)115;
static long (*const bpf_loop)(dt_u32 n, void *callback, void *ctx, dt_u64 flags) = (void *)181;

/* Strings are handled by words of 8 bytes, at any alignment. */
#define RT_WORD(p) (*(dt_u64 *)(void *)(p))

#define RT_ONES 0x0101010101010101ULL
#define RT_LOW7 0x7f7f7f7f7f7f7f7fULL

RT_INLINE dt_u64
rt_size(dt_u64 size)
{
	rt_opaque(size);
	if (size > DT_STRMAX)
		size = DT_STRMAX;
	rt_opaque(size);
	return size;
}

/* Read a string to `to`, which has room for DT_STRMAX bytes: its length (below DT_STRMAX) or RT_BADADDR. */
RT_INLINE dt_s64
rt_read(struct dt_scratch *s, char *to, dt_u64 addr, dt_u64 size)
{
	if (!addr) {
		*to = 0;
		return 0;
	}
	dt_s64 n = bpf_probe_read_kernel_str(to, rt_size(size), (const void *)addr);
	if (n <= 0) {
		s->illval = addr;
		return RT_BADADDR;
	}
	return n - 1;
}

/* A length that rt_read() gave, as the verifier should know it. */
RT_INLINE dt_u64
rt_len(dt_s64 len)
{
	dt_u64 n = len;
	rt_opaque(n);
	n &= DT_STRMAX - 1;
	return n;
}

/* A fault and the value that ERROR's arg5 shows. */
RT_INLINE dt_s64
rt_fault(struct dt_scratch *s, dt_s64 fault, dt_u64 value)
{
	s->illval = value;
	return fault;
}

/* Memory behind s->b: what callbacks of a loop keep there is unknown to the verifier at each of them. */
#define RT_STATE(s) ((void *)((s)->b + DT_STRMAX))

/* Argument of such a callback. */
struct rt_arg {
	struct dt_scratch *s;
};

/* The result: n characters of s->a (or s->tok) from offset `from`, cut to size. */
RT_INLINE dt_s64
rt_put_from(struct dt_scratch *s, const char *text, dt_u64 dst, dt_u64 from, dt_u64 n, dt_u64 size)
{
	if (n >= size)
		n = size - 1;
	n = rt_len(n);
	from = rt_len(from);
	rt_opaque(dst);
	if (dst > DT_ARENA)
		return RT_NOSCRATCH;
	char *to = s->arena + dst;
	bpf_probe_read_kernel(to, n, text + from);
	to[n] = 0;
	return n;
}

RT_INLINE dt_s64
rt_put(struct dt_scratch *s, dt_u64 dst, dt_u64 from, dt_u64 n, dt_u64 size)
{
	return rt_put_from(s, s->a, dst, from, n, size);
}

/* 0x80 in every byte of w that equals the byte repeated in pattern; exact in all bytes. */
RT_INLINE dt_u64
rt_match(dt_u64 w, dt_u64 pattern)
{
	dt_u64 x = w ^ pattern;
	return ~(((x & RT_LOW7) + RT_LOW7) | x | RT_LOW7);
}

/* Number of the last (highest) byte with its 0x80 set; m is not 0. */
RT_INLINE dt_u64
rt_lastbyte(dt_u64 m)
{
	dt_u64 n = 0;
	if (m >> 32) {
		m >>= 32;
		n = 4;
	}
	if (m >> 16) {
		m >>= 16;
		n += 2;
	}
	if (m >> 8)
		n++;
	return n;
}

/*
 * Offset of the last byte of s->a below `end` that equals c, or with equal == 0
 * differs from it; -1 when there is none.  end is at most DT_STRMAX.
 */
dt_s64 dt_rt_rscan(struct dt_scratch *s, dt_u64 end, dt_u64 c, dt_u64 equal);

#endif
