/* text.bpf.c - strings taken apart: tokens, numbers, letters, paths; see rt.h. */
#include "rt_bpf.h"

/* ------------------------------------------------------------ upper, lower */

struct letters {
	struct dt_scratch *s;
	dt_u64 first; /* the letter that A or a is turned from, eight times */
};

/* Eight bytes at once: 0x20 is flipped in every byte of the range first .. first + 25. */
RT_CALLBACK long
letters_step(dt_u32 i, struct letters *c)
{
	char *at = c->s->a + rt_len((dt_u64)i * 8);
	dt_u64 w = RT_WORD(at), low = w & RT_LOW7;
	dt_u64 from = low + (0x80 * RT_ONES - c->first); /* 0x80 set: at least first */
	dt_u64 above = low + (0x80 * RT_ONES - c->first - 26 * RT_ONES);
	dt_u64 in = from & ~above & ~w & ~RT_LOW7;
	RT_WORD(at) = w ^ in >> 2;
	return 0;
}

RT_ROUTINE dt_s64
dt_strcase(struct dt_scratch *s, dt_u64 dst, dt_u64 addr, dt_u64 upper, dt_u64 size)
{
	if (!s)
		return RT_NOSCRATCH;
	dt_s64 len = rt_read(s, s->a, addr, size);
	if (len < 0)
		return len;
	struct letters c = {s, (upper ? 'a' : 'A') * RT_ONES};
	bpf_loop(rt_len(len) / 8 + 1, letters_step, &c, 0);
	return rt_put(s, dst, 0, len, rt_size(size));
}

/* ------------------------------------------------------------------ strtok */

/* s->w: the delimiters as bits 1 .. 255, then the position in s->tok. */
enum {
	W_TOK = 4
};

RT_CALLBACK long
delim_step(dt_u32 i, struct rt_arg *c)
{
	struct dt_scratch *s = c->s;
	dt_u64 ch = (unsigned char)s->b[rt_len((dt_u64)i)];
	s->w[ch >> 6 & 3] |= 1ULL << (ch & 63);
	return 0;
}

struct tokscan {
	struct dt_scratch *s;
	dt_u64 until; /* stop at a delimiter, or at anything else */
};

RT_CALLBACK long
tok_step(__attribute__((unused)) dt_u32 i, struct tokscan *c)
{
	struct dt_scratch *s = c->s;
	dt_u64 ch = (unsigned char)s->tok[rt_len(s->w[W_TOK])];
	dt_u64 delim = s->w[ch >> 6 & 3] >> (ch & 63) & 1;
	if (ch == 0 || delim == c->until)
		return 1;
	s->w[W_TOK]++;
	return 0;
}

RT_ROUTINE dt_s64
dt_strtok(struct dt_scratch *s, dt_u64 dst, dt_u64 addr, dt_u64 delims, dt_u64 size)
{
	if (!s)
		return RT_NOSCRATCH;
	if (addr) {
		dt_s64 len = rt_read(s, s->tok, addr, size);
		if (len < 0)
			return len;
		s->tokpos = 0;
	} else if (s->tokpos == DT_TOK_NONE) {
		return -1;
	}
	dt_s64 n = rt_read(s, s->b, delims, size);
	if (n < 0)
		return n;
	s->w[0] = s->w[1] = s->w[2] = s->w[3] = 0;
	struct rt_arg p = {s};
	bpf_loop(rt_len(n), delim_step, &p, 0);

	s->w[W_TOK] = s->tokpos;
	struct tokscan c = {s, 0};
	bpf_loop(DT_STRMAX, tok_step, &c, 0);
	dt_u64 from = rt_len(s->w[W_TOK]);
	if (!s->tok[from]) {
		s->tokpos = from;
		return -1;
	}
	c.until = 1;
	bpf_loop(DT_STRMAX, tok_step, &c, 0);
	dt_u64 end = rt_len(s->w[W_TOK]);
	s->tokpos = s->tok[end] ? end + 1 : end;
	return rt_put_from(s, s->tok, dst, from, end - from, rt_size(size));
}

/* ----------------------------------------------------------------- strtoll */

enum {
	W_NUMBER,
	W_AT
};

RT_CALLBACK long
blank_step(__attribute__((unused)) dt_u32 i, struct rt_arg *c)
{
	struct dt_scratch *s = c->s;
	char ch = s->a[rt_len(s->w[W_AT])];
	if (ch != ' ' && ch != '\t')
		return 1;
	s->w[W_AT]++;
	return 0;
}

struct tonumber {
	struct dt_scratch *s;
	dt_u64 base;
};

RT_CALLBACK long
number_step(__attribute__((unused)) dt_u32 i, struct tonumber *c)
{
	struct dt_scratch *s = c->s;
	dt_u64 ch = (unsigned char)s->a[rt_len(s->w[W_AT])], digit = 99;
	if (ch - '0' < 10)
		digit = ch - '0';
	else if ((ch | 0x20) - 'a' < 26)
		digit = (ch | 0x20) - 'a' + 10;
	if (digit >= c->base)
		return 1;
	s->w[W_NUMBER] = s->w[W_NUMBER] * c->base + digit;
	s->w[W_AT]++;
	return 0;
}

RT_ROUTINE dt_s64
dt_strtoll(struct dt_scratch *s, dt_u64 addr, dt_u64 base, dt_u64 size)
{
	if (!s)
		return RT_NOSCRATCH;
	dt_s64 len = rt_read(s, s->a, addr, size);
	if (len < 0)
		return len;
	if (base < 2 || base > 36)
		return rt_fault(s, RT_ILLOP, 0);
	s->w[W_NUMBER] = s->w[W_AT] = 0;
	struct rt_arg p = {s};
	bpf_loop(DT_STRMAX, blank_step, &p, 0);
	char sign = s->a[rt_len(s->w[W_AT])];
	if (sign == '-' || sign == '+')
		s->w[W_AT]++;
	dt_u64 at = rt_len(s->w[W_AT]);
	if (base == 16 && s->a[at] == '0' && (s->a[at + 1] | 0x20) == 'x')
		s->w[W_AT] = at + 2;
	struct tonumber c = {s, base};
	bpf_loop(DT_STRMAX, number_step, &c, 0);
	if (sign == '-')
		s->w[W_NUMBER] = -s->w[W_NUMBER];
	return 0;
}

/* --------------------------------------------------------------- cleanpath */

/* The path is s->a; what comes out is put to s->b, and taken back from there by a dot-dot. */
struct clean {
	dt_u64 in, out;
	dt_u64 floor; /* nothing below may be taken back: a relative path's beginning */
	dt_u64 relative, back, last;
	dt_u64 limit; /* of out */
};

RT_INLINE void
clean_put(struct dt_scratch *s, struct clean *c, char ch)
{
	s->b[rt_len(c->out)] = ch;
	c->out++;
}

/* At the slash of a dot-dot that ends a component. */
RT_INLINE void
clean_dotdot(struct dt_scratch *s, struct clean *c, dt_u64 last)
{
	if (c->out > c->floor) {
		c->back = 1;
	} else if (c->relative) { /* nothing to take back: kept as written */
		clean_put(s, c, '/');
		clean_put(s, c, '.');
		clean_put(s, c, '.');
		c->floor = c->out;
		return;
	}
	c->last = last;
}

RT_CALLBACK long
clean_step(__attribute__((unused)) dt_u32 i, struct rt_arg *p)
{
	struct dt_scratch *s = p->s;
	struct clean *c = RT_STATE(s);
	if (c->back) {
		c->out--;
		c->back = c->out && s->b[rt_len(c->out)] != '/';
		return 0;
	}
	dt_u64 in = rt_len(c->in);
	const char *at = s->a + in;
	char ch = at[0];
	if (!ch || c->out >= c->limit) {
		if (!ch && c->last)
			clean_put(s, c, '/');
		return 1;
	}
	if (ch != '/') {
		clean_put(s, c, ch);
		c->in = in + 1;
		return 0;
	}
	if (c->relative && !c->floor)
		c->floor = c->out;
	if (at[1] == '/') {
		c->in = in + 1;
	} else if (at[1] == '.' && at[2] == '/') {
		c->in = in + 2;
	} else if (at[1] == '.' && at[2] == '.' && (at[3] == '/' || !at[3])) {
		clean_dotdot(s, c, !at[3]);
		c->in = in + 3;
	} else {
		clean_put(s, c, '/');
		c->in = in + 1;
	}
	return 0;
}

RT_ROUTINE dt_s64
dt_cleanpath(struct dt_scratch *s, dt_u64 dst, dt_u64 addr, dt_u64 size)
{
	if (!s)
		return RT_NOSCRATCH;
	dt_s64 len = rt_read(s, s->a, addr, size);
	if (len < 0)
		return len;
	struct clean *c = RT_STATE(s);
	c->in = c->out = c->floor = c->back = c->last = 0;
	c->relative = s->a[0] != '/';
	c->limit = size > 5 ? size - 5 : 0;
	struct rt_arg p = {s};
	bpf_loop(2 * DT_STRMAX, clean_step, &p, 0);
	return rt_put_from(s, s->b, dst, 0, c->out, rt_size(size));
}

/* ------------------------------------------------------------------ memstr */

struct replace {
	struct dt_scratch *s;
	dt_u64 by; /* the separator, eight times */
};

RT_CALLBACK long
replace_step(dt_u32 i, struct replace *c)
{
	char *at = c->s->a + rt_len((dt_u64)i * 8);
	dt_u64 w = RT_WORD(at), zero = rt_match(w, 0) >> 7;
	RT_WORD(at) = w | (zero * 0xff & c->by);
	return 0;
}

RT_ROUTINE dt_s64
dt_memstr(struct dt_scratch *s, dt_u64 dst, dt_u64 addr, dt_u64 range, dt_u64 size)
{
	if (!s)
		return RT_NOSCRATCH;
	dt_u64 n = range >> 32;
	if (n > DT_STRMAX)
		return rt_fault(s, RT_BADSIZE, n);
	if (bpf_probe_read_kernel(s->a, rt_size(n), (const void *)addr) < 0)
		return rt_fault(s, RT_BADADDR, addr);
	struct replace c = {s, (range & 0xff) * RT_ONES};
	bpf_loop(DT_STRMAX / 8, replace_step, &c, 0);
	return rt_put(s, dst, 0, n, rt_size(size));
}
