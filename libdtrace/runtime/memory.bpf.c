/*
 * memory.bpf.c - memory of the D program's own: alloca(), copyin() and the copies; see rt.h.
 *
 * A program may store only to s->user below s->top, wherever its pointer came from: every
 * address is made an offset of s->user and compared, then masked for the verifier.
 */
#include "rt_bpf.h"

static long (*const bpf_probe_write_user)(void *dst, const void *src, dt_u32 size) = (void *)36;
static long (*const bpf_probe_read_user)(void *dst, dt_u32 size, const void *src) = (void *)112;

#define USER_OFF __builtin_offsetof(struct dt_scratch, user)

/* An offset as the verifier should know it. */
RT_INLINE dt_u64
user_off(dt_u64 off)
{
	rt_opaque(off);
	off &= DT_USER - 1;
	return off;
}

RT_INLINE dt_u64
user_len(dt_u64 n)
{
	rt_opaque(n);
	if (n > DT_USER)
		n = DT_USER;
	rt_opaque(n);
	return n;
}

/* Fresh memory: its offset.  One byte more than asked for, so that a NUL can follow the text copied in. */
RT_INLINE dt_s64
take(struct dt_scratch *s, dt_u64 n)
{
	dt_u64 top = s->top, need = (n + 8) & ~7ULL;
	if (n > DT_USER || top + need > DT_USER)
		return rt_fault(s, RT_NOSCRATCH, 0);
	s->top = top + need;
	return top;
}

/* Offset of n bytes at an address; -1 when they are not all the program's own. */
RT_INLINE dt_s64
own(struct dt_scratch *s, dt_u64 addr, dt_u64 n)
{
	/* Two negations make a number of a pointer, for a privileged program. */
	dt_u64 base = (dt_u64)s, top = s->top;
	asm volatile("%0 = -%0; %0 = -%0" : "+r"(base));
	dt_u64 off = addr - base - USER_OFF;
	if (n > top || off > top - n)
		return rt_fault(s, -1, addr);
	return off;
}

RT_ROUTINE dt_s64
dt_own(struct dt_scratch *s, dt_u64 addr, dt_u64 n)
{
	if (!s)
		return RT_NOSCRATCH;
	dt_s64 off = own(s, addr, n);
	return off < 0 ? RT_BADADDR : off;
}

/* A failed probe read clears its destination: see string.bpf.c. */
RT_ROUTINE dt_s64
dt_alloca(struct dt_scratch *s, dt_u64 n)
{
	if (!s)
		return RT_NOSCRATCH;
	dt_s64 at = take(s, n);
	if (at < 0)
		return at;
	dt_u64 off = user_off(at);
	bpf_probe_read_kernel(s->user + off, user_len(n), 0);
	return off;
}

RT_ROUTINE dt_s64
dt_copyin(struct dt_scratch *s, dt_u64 addr, dt_u64 n)
{
	if (!s)
		return RT_NOSCRATCH;
	dt_s64 at = take(s, n);
	if (at < 0)
		return at;
	dt_u64 off = user_off(at);
	if (bpf_probe_read_user(s->user + off, user_len(n), (const void *)addr) < 0)
		return rt_fault(s, RT_BADADDR, addr);
	s->user[user_off(off + n)] = 0; /* so that stringof() needs no store */
	return off;
}

RT_ROUTINE dt_s64
dt_copyinto(struct dt_scratch *s, dt_u64 addr, dt_u64 n, dt_u64 dst)
{
	if (!s)
		return RT_NOSCRATCH;
	if (n > DT_USER)
		return rt_fault(s, RT_BADSIZE, n);
	dt_s64 at = own(s, dst, n);
	if (at < 0)
		return RT_BADADDR;
	if (bpf_probe_read_user(s->user + user_off(at), user_len(n), (const void *)addr) < 0)
		return rt_fault(s, RT_BADADDR, addr);
	return 0;
}

struct forward {
	struct dt_scratch *s;
	dt_u64 from, to;
};

RT_CALLBACK long
forward_step(dt_u32 i, struct forward *c)
{
	c->s->user[user_off(c->to + i)] = c->s->user[user_off(c->from + i)];
	return 0;
}

RT_ROUTINE dt_s64
dt_bcopy(struct dt_scratch *s, dt_u64 src, dt_u64 dst, dt_u64 n)
{
	if (!s)
		return RT_NOSCRATCH;
	if (n > DT_USER)
		return rt_fault(s, RT_BADSIZE, n);
	dt_s64 to = own(s, dst, n);
	if (to < 0)
		return RT_BADADDR;
	if (!n) /* the kernel may refuse an address although it would read nothing there */
		return 0;
	if (dst - src < n) { /* what was copied is copied again: only byte by byte */
		dt_s64 from = own(s, src, n);
		if (from >= 0) {
			struct forward c = {s, from, to};
			bpf_loop(user_len(n), forward_step, &c, 0);
			return 0;
		}
	}
	if (bpf_probe_read_kernel(s->user + user_off(to), user_len(n), (const void *)src) < 0)
		return rt_fault(s, RT_BADADDR, src);
	return 0;
}

/* ------------------------------------------------------- writing user memory */

struct outward {
	struct dt_scratch *s;
	dt_u64 from, to, n;
	dt_s64 result;
};

/* The helper takes only memory of the program: by way of s->a, a part at a time. */
RT_CALLBACK long
outward_step(dt_u32 i, struct outward *c)
{
	dt_u64 done = (dt_u64)i * DT_STRMAX;
	if (done >= c->n)
		return 1;
	/* 1 .. DT_STRMAX: before 6.8 the verifier learns nothing from "not 0". */
	dt_u64 n = rt_size(c->n - done) - 1;
	rt_opaque(n);
	n = (n & (DT_STRMAX - 1)) + 1;
	c->result = RT_BADADDR;
	if (bpf_probe_read_kernel(c->s->a, n, (const void *)(c->from + done)) < 0) {
		c->s->illval = c->from + done;
		return 1;
	}
	if (bpf_probe_write_user((void *)(c->to + done), c->s->a, n) < 0) {
		c->s->illval = c->to + done;
		return 1;
	}
	c->result = 0;
	return 0;
}

RT_ROUTINE dt_s64
dt_copyout(struct dt_scratch *s, dt_u64 src, dt_u64 addr, dt_u64 n)
{
	if (!s)
		return RT_NOSCRATCH;
	if (n > DT_USER)
		return rt_fault(s, RT_BADSIZE, n);
	struct outward c = {s, src, addr, n, 0};
	bpf_loop(DT_USER / DT_STRMAX, outward_step, &c, 0);
	return c.result;
}

RT_ROUTINE dt_s64
dt_copyoutstr(struct dt_scratch *s, dt_u64 str, dt_u64 addr, dt_u64 max, dt_u64 size)
{
	if (!s)
		return RT_NOSCRATCH;
	if (max == 0)
		return 0;
	dt_s64 len = rt_read(s, s->a, str, max < size ? max : size);
	if (len < 0)
		return len;
	if (bpf_probe_write_user((void *)addr, s->a, rt_len(len) + 1) < 0)
		return rt_fault(s, RT_BADADDR, addr);
	return 0;
}
