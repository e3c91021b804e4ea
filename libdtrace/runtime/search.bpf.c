/* search.bpf.c - characters and strings within strings; see rt.h. */
#include "rt_bpf.h"

/* ------------------------------------------------------------ characters */

struct scan {
	struct dt_scratch *s;
	dt_u64 pattern; /* the byte, eight times */
	dt_u64 invert;  /* 0x80 in every byte to find what differs */
	dt_u64 end;
	dt_s64 found;
};

RT_CALLBACK long
scan_back(dt_u32 i, struct scan *c)
{
	/* Words from the one that holds byte end - 1 down to the first. */
	dt_u64 end = c->end;
	dt_u64 off = rt_len(((end - 1) & ~7ULL) - (dt_u64)i * 8);
	dt_u64 m = rt_match(RT_WORD(c->s->a + off), c->pattern) ^ c->invert;
	if (i == 0)
		m &= ~0ULL >> ((0 - end) & 7) * 8;
	if (!m)
		return 0;
	c->found = off + rt_lastbyte(m);
	return 1;
}

RT_ROUTINE dt_s64
dt_rt_rscan(struct dt_scratch *s, dt_u64 end, dt_u64 c, dt_u64 equal)
{
	if (!s || end == 0)
		return -1;
	end = rt_size(end);
	struct scan sc = {s, (c & 0xff) * RT_ONES, equal ? 0 : ~RT_LOW7, end, -1};
	bpf_loop((end + 7) / 8, scan_back, &sc, 0);
	return sc.found;
}

RT_CALLBACK long
scan_forward(dt_u32 i, struct scan *c)
{
	dt_u64 off = rt_len((dt_u64)i * 8);
	dt_u64 m = rt_match(RT_WORD(c->s->a + off), c->pattern);
	if (!m)
		return 0;
	c->found = off + rt_lastbyte(m & -m);
	return 1;
}

RT_ROUTINE dt_s64
dt_strchr(struct dt_scratch *s, dt_u64 addr, dt_u64 ch, dt_u64 size)
{
	if (!s)
		return RT_NOSCRATCH;
	dt_s64 len = rt_read(s, s->a, addr, size);
	ch &= 0xff;
	if (len < 0 || ch == 0)
		return len;
	struct scan sc = {s, ch * RT_ONES, 0, 0, -1};
	bpf_loop(rt_len(len) / 8 + 1, scan_forward, &sc, 0);
	/* What lies behind the NUL in the last word does not count. */
	return sc.found < len ? sc.found : -1;
}

RT_ROUTINE dt_s64
dt_strrchr(struct dt_scratch *s, dt_u64 addr, dt_u64 ch, dt_u64 size)
{
	if (!s)
		return RT_NOSCRATCH;
	dt_s64 len = rt_read(s, s->a, addr, size);
	ch &= 0xff;
	if (len < 0 || ch == 0)
		return len;
	return dt_rt_rscan(s, len, ch, 1);
}

/* --------------------------------------------------------------- strings */

/*
 * The haystack is s->a, the needle s->b.  One callback compares one word; where it is
 * (s->w: position, bytes that matched there) lives in memory, so that the verifier
 * sees the same state at every callback.  Most positions fail at their first word.
 */
enum {
	W_POS,
	W_MATCHED
};

struct search {
	struct dt_scratch *s;
	dt_u64 len;  /* of the needle, not 0 */
	dt_s64 step; /* 1 or -1 */
	dt_s64 stop; /* the position after the last one */
	dt_s64 found;
};

RT_CALLBACK long
search_step(__attribute__((unused)) dt_u32 i, struct search *c)
{
	struct dt_scratch *s = c->s;
	dt_s64 at = s->w[W_POS], done = s->w[W_MATCHED];
	dt_u64 pos = rt_len(at), matched = done;
	rt_opaque(matched);
	matched &= DT_STRMAX - 8;

	dt_u64 differ = RT_WORD(s->a + pos + matched) ^ RT_WORD(s->b + matched);
	dt_u64 rest = c->len - matched;
	if (rest < 8)
		differ <<= (8 - rest) * 8;
	if (differ) {
		at += c->step;
		s->w[W_POS] = at;
		s->w[W_MATCHED] = 0;
		return at == c->stop;
	}
	if (rest > 8) {
		s->w[W_MATCHED] = matched + 8;
		return 0;
	}
	c->found = at;
	return 1;
}

/* Position of s->b (len bytes) in s->a, looking at first, first + step, ... before stop. */
RT_INLINE dt_s64
search(struct dt_scratch *s, dt_u64 len, dt_s64 first, dt_s64 step, dt_s64 stop)
{
	s->w[W_POS] = first;
	s->w[W_MATCHED] = 0;
	struct search c = {s, len, step, stop, -1};
	/* At the worst every position compares all words of the needle. */
	bpf_loop(DT_STRMAX * (DT_STRMAX / 8) / 4 + DT_STRMAX, search_step, &c, 0);
	return c.found;
}

/* Read both strings; their lengths as two 16-bit halves, or a fault. */
RT_INLINE dt_s64
read_both(struct dt_scratch *s, dt_u64 a, dt_u64 b, dt_u64 size)
{
	dt_s64 la = rt_read(s, s->a, a, size);
	if (la < 0)
		return la;
	dt_s64 lb = rt_read(s, s->b, b, size);
	if (lb < 0)
		return lb;
	return la << 16 | lb;
}

RT_ROUTINE dt_s64
dt_index(struct dt_scratch *s, dt_u64 a, dt_u64 b, dt_s64 start, dt_u64 size)
{
	if (!s)
		return RT_NOSCRATCH;
	dt_s64 lens = read_both(s, a, b, size);
	if (lens < 0)
		return lens;
	dt_s64 la = lens >> 16, lb = lens & 0xffff;
	if (start < 0)
		start = 0;
	if (lb == 0)
		return start < la ? start : la;
	if (start > la - lb)
		return -1;
	return search(s, lb, start, 1, la - lb + 1);
}

RT_ROUTINE dt_s64
dt_rindex(struct dt_scratch *s, dt_u64 a, dt_u64 b, dt_s64 start, dt_u64 size)
{
	if (!s)
		return RT_NOSCRATCH;
	dt_s64 lens = read_both(s, a, b, size);
	if (lens < 0)
		return lens;
	dt_s64 la = lens >> 16, lb = lens & 0xffff;
	if (start < 0)
		return lb == 0 ? 0 : -1;
	if (start > la - lb)
		start = la - lb;
	if (lb == 0 || start < 0)
		return start < 0 ? -1 : start;
	return search(s, lb, start, -1, -1);
}

RT_ROUTINE dt_s64
dt_strstr(struct dt_scratch *s, dt_u64 a, dt_u64 b, dt_u64 size)
{
	return dt_index(s, a, b, 0, size);
}
