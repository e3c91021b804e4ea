/* string.bpf.c - copying, comparing, joining and cutting strings; see rt.h. */
#include "rt_bpf.h"

RT_ROUTINE dt_s64
dt_strlen(struct dt_scratch *s, dt_u64 addr, dt_u64 size)
{
	if (!s)
		return RT_NOSCRATCH;
	if (!addr) {
		s->illval = 0;
		return RT_BADADDR;
	}
	return rt_read(s, s->a, addr, size);
}

RT_ROUTINE dt_s64
dt_strcpy(struct dt_scratch *s, dt_u64 dst, dt_u64 addr, dt_u64 size)
{
	rt_opaque(dst);
	if (!s || dst > DT_ARENA)
		return RT_NOSCRATCH;
	return rt_read(s, s->arena + dst, addr, size);
}

/*
 * A failed probe read clears its destination (the kernel never hands uninitialized
 * memory to a program), and one from address 0 fails at once: the quickest memset there is.
 */
RT_ROUTINE dt_s64
dt_keystr(struct dt_scratch *s, dt_u64 dst, dt_u64 addr, dt_u64 size)
{
	rt_opaque(dst);
	if (!s || dst > DT_ARENA)
		return RT_NOSCRATCH;
	char *to = s->arena + dst;
	dt_s64 len = rt_read(s, to, addr, size);
	if (len < 0)
		return len;
	dt_u64 n = rt_len(len), rest = rt_size(rt_size(size) - n);
	bpf_probe_read_kernel(to + n, rest, 0);
	return n;
}

struct compare {
	struct dt_scratch *s;
	dt_s64 result;
};

enum {
	CMP_STEP = 32 /* bytes a callback compares; both strings are followed by as many zeroes */
};

RT_CALLBACK long
compare_step(dt_u32 i, struct compare *c)
{
	dt_u64 off = rt_len((dt_u64)i * CMP_STEP);
	const char *a = c->s->a + off, *b = c->s->b + off;
	dt_u64 wa, wb;
#pragma clang loop unroll(full)
	for (int k = 0; k < CMP_STEP; k += 8) {
		wa = RT_WORD(a + k);
		wb = RT_WORD(b + k);
		if (wa != wb) {
			c->result = __builtin_bswap64(wa) < __builtin_bswap64(wb) ? 1 : 2;
			return 1;
		}
	}
	return 0;
}

RT_INLINE void
zero_after(char *end)
{
#pragma clang loop unroll(full)
	for (int k = 0; k < CMP_STEP; k += 8)
		RT_WORD(end + k) = 0;
}

RT_ROUTINE dt_s64
dt_strcmp(struct dt_scratch *s, dt_u64 a, dt_u64 b, dt_u64 size)
{
	if (!s)
		return RT_NOSCRATCH;
	dt_s64 la = rt_read(s, s->a, a, size);
	if (la < 0)
		return la;
	dt_s64 lb = rt_read(s, s->b, b, size);
	if (lb < 0)
		return lb;
	dt_u64 na = rt_len(la), nb = rt_len(lb);
	zero_after(s->a + na);
	zero_after(s->b + nb);
	/* The NUL of the shorter one ends the comparison. */
	struct compare c = {s, 0};
	bpf_loop(na / CMP_STEP + 1, compare_step, &c, 0);
	return c.result;
}

RT_ROUTINE dt_s64
dt_strjoin(struct dt_scratch *s, dt_u64 dst, dt_u64 a, dt_u64 b, dt_u64 size)
{
	rt_opaque(dst);
	if (!s || dst > DT_ARENA)
		return RT_NOSCRATCH;
	char *to = s->arena + dst;
	dt_s64 la = rt_read(s, to, a, size);
	if (la < 0)
		return la;
	dt_u64 n = rt_len(la);
	dt_s64 lb = rt_read(s, to + n, b, rt_size(size) - n);
	if (lb < 0)
		return lb;
	return n + lb;
}

RT_ROUTINE dt_s64
dt_substr(struct dt_scratch *s, dt_u64 dst, dt_u64 addr, dt_u64 range, dt_u64 size)
{
	if (!s)
		return RT_NOSCRATCH;
	dt_s64 len = rt_read(s, s->a, addr, size);
	if (len < 0)
		return len;
	dt_s64 index = (dt_s64)(range << 32) >> 32, count = (dt_s64)range >> 32;
	dt_s64 from = index < 0 ? len + index : index;
	dt_s64 to = count == DT_RT_OMITTED ? len : count < 0 ? len + count : from + count;
	if (from < 0)
		from = 0;
	if (to > len)
		to = len;
	return rt_put(s, dst, from, to > from ? to - from : 0, rt_size(size));
}
