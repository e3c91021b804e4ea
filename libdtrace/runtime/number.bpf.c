/* number.bpf.c - numbers: as text, as buckets, as moments; see rt.h. */
#include "rt_bpf.h"

#include "llquantize.h"

enum {
	TEXT_MAX = 72 /* 64 binary digits, or 22 octal ones and the 0, or 16 and 0x, or a sign and 19 */
};

struct digits {
	struct dt_scratch *s;
	dt_u64 value, base;
};

RT_CALLBACK long
digit_step(dt_u32 i, struct digits *c)
{
	dt_u64 q = c->value / c->base, digit = c->value - q * c->base;
	c->s->a[rt_len(TEXT_MAX - 1 - (dt_u64)i)] = digit < 10 ? '0' + digit : 'a' - 10 + digit;
	c->value = q;
	return q == 0;
}

RT_ROUTINE dt_s64
dt_lltostr(struct dt_scratch *s, dt_u64 dst, dt_s64 value, dt_u64 base, dt_u64 size)
{
	if (!s)
		return RT_NOSCRATCH;
	if (base < 2 || base > 36) {
		s->illval = 0;
		return RT_ILLOP;
	}
	int negative = base == 10 && value < 0;
	struct digits c = {s, negative ? -(dt_u64)value : (dt_u64)value, base};
	dt_u64 at = TEXT_MAX - bpf_loop(64, digit_step, &c, 0);
	if (negative)
		s->a[rt_len(--at)] = '-';
	if (base == 16)
		s->a[rt_len(--at)] = 'x';
	if (base == 16 || (base == 8 && value))
		s->a[rt_len(--at)] = '0';
	return rt_put(s, dst, at, TEXT_MAX - at, rt_size(size));
}

RT_INLINE dt_u64
log2_of(dt_u64 v)
{
	dt_u64 n = 0;
	if (v >> 32) {
		v >>= 32;
		n = 32;
	}
	if (v >> 16) {
		v >>= 16;
		n += 16;
	}
	if (v >> 8) {
		v >>= 8;
		n += 8;
	}
	if (v >> 4) {
		v >>= 4;
		n += 4;
	}
	if (v >> 2) {
		v >>= 2;
		n += 2;
	}
	return n + (v >> 1);
}

RT_ROUTINE dt_u64
dt_quantize(dt_s64 v)
{
	if (v == 0)
		return DT_QUANTIZE_ZERO;
	if (v > 0)
		return DT_QUANTIZE_ZERO + 1 + log2_of(v);
	/* -2^63 has no bucket of its own: it counts as -2^62. */
	dt_u64 n = log2_of(-(dt_u64)v);
	return DT_QUANTIZE_ZERO - 1 - (n > 62 ? 62 : n);
}

RT_CALLBACK long
order_step(dt_u32 i, struct dt_ll_walk *w)
{
	dt_ll_step(w, i);
	return 0;
}

RT_ROUTINE dt_u64
dt_llquantize(dt_s64 v, dt_u64 factor, dt_u64 low, dt_u64 high, dt_u64 nsteps)
{
	/* 6.1 verifies one round of the loop: a first round on known numbers would say nothing of the others.
	 */
	dt_u64 same = factor;
	rt_opaque(same);
	struct dt_ll_walk w = {.factor = factor,
			       .low = low,
			       .nsteps = nsteps,
			       .size = dt_ll_size(v),
			       .rest = nsteps / factor,
			       .lo = 1 + (same ^ factor)};
	bpf_loop(high < DT_LL_ORDERS ? high + 1 : DT_LL_ORDERS, order_step, &w, 0);
	return dt_ll_bucket(&w, v);
}

RT_ROUTINE dt_s64
dt_stddev(struct dt_aggstddev *p, dt_s64 v)
{
	if (!p)
		return 0;
	dt_u64 u = v < 0 ? -(dt_u64)v : (dt_u64)v;
	dt_u64 a = u >> 32, b = u & 0xffffffff;
	dt_u64 mid = a * b; /* v^2 = a^2 * 2^64 + 2 * mid * 2^32 + b^2; a is at most 2^31 */
	dt_u64 lo = b * b, hi = a * a + (mid >> 31);
	dt_u64 add = mid << 33;
	lo += add;
	hi += lo < add;
	/* A program that comes in between adds its own carry: the sum is right when both are done. */
	__sync_fetch_and_add(&p->count, 1);
	__sync_fetch_and_add(&p->sum, (dt_u64)v);
	dt_u64 old = __sync_fetch_and_add(&p->sqlo, lo);
	hi += old + lo < old;
	if (hi)
		__sync_fetch_and_add(&p->sqhi, hi);
	return 0;
}
