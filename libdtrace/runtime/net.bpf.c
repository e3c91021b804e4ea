/* net.bpf.c - addresses of networks as text; see rt.h. */
#include "rt_bpf.h"

enum {
	AF_INET = 2,
	AF_INET6 = 10,
	ARPHRD_ETHER = 1,
	ARPHRD_INFINIBAND = 32,
	NGROUPS = 8
};

/* What the text of an IPv6 address looks like. */
enum form {
	PLAIN,  /* groups only */
	QUAD,   /* one that embeds an IPv4 address shows as that */
	PREFIX, /* the same, after its prefix */
};

/* The address is s->b, the text s->a. */
struct text {
	dt_u64 out;
	dt_u64 quad;        /* where four bytes are that show as numbers */
	dt_u64 zero, nzero; /* groups :: stands for */
	dt_u64 ngroups;     /* groups to show */
};

RT_INLINE void
put(struct dt_scratch *s, struct text *t, char c)
{
	s->a[rt_len(t->out)] = c;
	t->out++;
}

RT_INLINE char
hex(dt_u64 digit)
{
	return digit < 10 ? '0' + digit : 'a' - 10 + digit;
}

RT_INLINE dt_u64
byte_at(struct dt_scratch *s, dt_u64 off)
{
	return (unsigned char)s->b[rt_len(off)];
}

/* ------------------------------------------------------------------- IPv4 */

RT_CALLBACK long
quad_step(dt_u32 i, struct rt_arg *p)
{
	struct dt_scratch *s = p->s;
	struct text *t = RT_STATE(s);
	dt_u64 v = byte_at(s, t->quad + i), tens = v / 10;
	if (i)
		put(s, t, '.');
	if (v >= 100)
		put(s, t, '0' + v / 100);
	if (v >= 10)
		put(s, t, '0' + tens % 10);
	put(s, t, '0' + v % 10);
	return 0;
}

RT_INLINE void
quad(struct dt_scratch *s, struct text *t, dt_u64 at)
{
	struct rt_arg p = {s};
	t->quad = at;
	bpf_loop(4, quad_step, &p, 0);
}

RT_ROUTINE dt_s64
dt_inet_ntoa(struct dt_scratch *s, dt_u64 dst, dt_u64 addr, dt_u64 size)
{
	if (!s)
		return RT_NOSCRATCH;
	if (bpf_probe_read_kernel(s->b, 4, (const void *)addr) < 0)
		return rt_fault(s, RT_BADADDR, addr);
	struct text *t = RT_STATE(s);
	t->out = 0;
	quad(s, t, 0);
	return rt_put(s, dst, 0, t->out, rt_size(size));
}

/* ------------------------------------------------------------------- IPv6 */

RT_INLINE dt_u64
group(struct dt_scratch *s, dt_u64 i)
{
	return byte_at(s, 2 * i) << 8 | byte_at(s, 2 * i + 1);
}

RT_CALLBACK long
group_step(dt_u32 i, struct rt_arg *p)
{
	struct dt_scratch *s = p->s;
	struct text *t = RT_STATE(s);
	if (i >= t->ngroups)
		return 1;
	if (i - t->zero < t->nzero) {
		if (i == t->zero)
			put(s, t, ':');
		if (i == NGROUPS - 1)
			put(s, t, ':');
		return 0;
	}
	if (i)
		put(s, t, ':');
	dt_u64 g = group(s, i);
	if (g >> 12)
		put(s, t, hex(g >> 12));
	if (g >> 8)
		put(s, t, hex(g >> 8 & 15));
	if (g >> 4)
		put(s, t, hex(g >> 4 & 15));
	put(s, t, hex(g & 15));
	return 0;
}

/* The longest run of zero groups, the first of equals: bit i of a mask, run by run one group longer. */
RT_INLINE void
longest_zeroes(struct dt_scratch *s, struct text *t)
{
	dt_u64 zeroes = 0, run, first = 0;
#pragma clang loop unroll(full)
	for (int i = 0; i < NGROUPS; i++)
		zeroes |= (group(s, i) - 1) >> 63 << i;
	run = zeroes;
	t->nzero = 0;
#pragma clang loop unroll(full)
	for (int i = 0; i < NGROUPS; i++) {
		if (run) {
			first = run;
			t->nzero++;
		}
		run &= zeroes >> (i + 1);
	}
	/* The lowest bit of a mask that holds the runs' first groups. */
	t->zero = first & 0xf ? 0 : 4;
	first = first & 0xf ? first : first >> 4;
	t->zero += first & 3 ? 0 : 2;
	first = first & 3 ? first : first >> 2;
	t->zero += first & 1 ? 0 : 1;
}

/* The address is in s->b. */
RT_INLINE dt_s64
inet6_text(struct dt_scratch *s, dt_u64 dst, dt_u64 form, dt_u64 size)
{
	struct text *t = RT_STATE(s);
	t->out = 0;
	t->ngroups = NGROUPS;
	longest_zeroes(s, t);
	/* ::1.2.3.4 and ::ffff:1.2.3.4 */
	dt_u64 embeds =
	    form != PLAIN && !t->zero && (t->nzero == 6 || (t->nzero == 5 && group(s, 5) == 0xffff));
	if (embeds)
		t->ngroups = form == QUAD ? 0 : 6;
	struct rt_arg p = {s};
	bpf_loop(NGROUPS, group_step, &p, 0);
	if (embeds) {
		if (form == PREFIX)
			put(s, t, ':');
		quad(s, t, 12);
	}
	return rt_put(s, dst, 0, t->out, rt_size(size));
}

RT_INLINE dt_s64
inet6(struct dt_scratch *s, dt_u64 dst, dt_u64 addr, dt_u64 form, dt_u64 size)
{
	if (bpf_probe_read_kernel(s->b, 16, (const void *)addr) < 0)
		return rt_fault(s, RT_BADADDR, addr);
	return inet6_text(s, dst, form, size);
}

RT_ROUTINE dt_s64
dt_inet_ntoa6(struct dt_scratch *s, dt_u64 dst, dt_u64 addr, dt_u64 strict, dt_u64 size)
{
	if (!s)
		return RT_NOSCRATCH;
	return inet6(s, dst, addr, strict ? PLAIN : QUAD, size);
}

RT_ROUTINE dt_s64
dt_inet_ntop(struct dt_scratch *s, dt_u64 dst, dt_u64 family, dt_u64 addr, dt_u64 size)
{
	if (!s)
		return RT_NOSCRATCH;
	if (family == AF_INET)
		return dt_inet_ntoa(s, dst, addr, size);
	if (family != AF_INET6)
		return rt_fault(s, RT_ILLOP, 0);
	return inet6(s, dst, addr, PREFIX, size);
}

/* What dt_sockaddr() found: not called from there, since the stacks of calls add up. */
RT_ROUTINE dt_s64
dt_inet_sock(struct dt_scratch *s, dt_u64 dst, dt_u64 addr, dt_u64 size)
{
	if (!s)
		return RT_NOSCRATCH;
	if (!addr) {
		RT_WORD(s->a) = 0x6e776f6e6b6e753cULL; /* "<unknown>" */
		s->a[8] = '>';
		return rt_put(s, dst, 0, 9, rt_size(size));
	}
	/* One of IPv4 is ::ffff:1.2.3.4 here, which shows as 1.2.3.4. */
	dt_u64 is4 = addr & DT_ADDR_IPV6, skip = is4 ? 12 : 0;
	RT_WORD(s->b) = 0;
	RT_WORD(s->b + 8) = 0xffff0000;
	addr |= DT_ADDR_IPV6;
	if (bpf_probe_read_kernel(s->b + skip, is4 ? 4 : 16, (const void *)addr) < 0)
		return rt_fault(s, RT_BADADDR, addr);
	return inet6_text(s, dst, QUAD, size);
}

/* ------------------------------------------------------------------- links */

RT_CALLBACK long
link_step(dt_u32 i, struct rt_arg *p)
{
	struct dt_scratch *s = p->s;
	struct text *t = RT_STATE(s);
	dt_u64 v = byte_at(s, i);
	if (i)
		put(s, t, ':');
	put(s, t, hex(v >> 4));
	put(s, t, hex(v & 15));
	return 0;
}

RT_ROUTINE dt_s64
dt_link_ntop(struct dt_scratch *s, dt_u64 dst, dt_u64 type, dt_u64 addr, dt_u64 size)
{
	if (!s)
		return RT_NOSCRATCH;
	dt_u64 n = type == ARPHRD_ETHER ? 6 : 20;
	if (type != ARPHRD_ETHER && type != ARPHRD_INFINIBAND)
		return rt_fault(s, RT_ILLOP, 0);
	if (bpf_probe_read_kernel(s->b, n, (const void *)addr) < 0)
		return rt_fault(s, RT_BADADDR, addr);
	struct text *t = RT_STATE(s);
	t->out = 0;
	struct rt_arg p = {s};
	bpf_loop(n, link_step, &p, 0);
	return rt_put(s, dst, 0, t->out, rt_size(size));
}
