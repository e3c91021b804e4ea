/* path.bpf.c - basename() and dirname(), as POSIX has them; see rt.h. */
#include "rt_bpf.h"

/* A result of one character, in s->a for rt_put(). */
RT_INLINE dt_s64
put_char(struct dt_scratch *s, dt_u64 dst, char c, dt_u64 size)
{
	s->a[0] = c;
	return rt_put(s, dst, 0, 1, rt_size(size));
}

RT_ROUTINE dt_s64
dt_basename(struct dt_scratch *s, dt_u64 dst, dt_u64 addr, dt_u64 size)
{
	if (!s)
		return RT_NOSCRATCH;
	dt_s64 len = rt_read(s, s->a, addr, size);
	if (len < 0)
		return len;
	if (len == 0)
		return put_char(s, dst, '.', size);
	dt_s64 end = dt_rt_rscan(s, len, '/', 0) + 1;
	if (end == 0)
		return put_char(s, dst, '/', size);
	dt_s64 from = dt_rt_rscan(s, end, '/', 1) + 1;
	return rt_put(s, dst, from, end - from, rt_size(size));
}

RT_ROUTINE dt_s64
dt_dirname(struct dt_scratch *s, dt_u64 dst, dt_u64 addr, dt_u64 size)
{
	if (!s)
		return RT_NOSCRATCH;
	dt_s64 len = rt_read(s, s->a, addr, size);
	if (len < 0)
		return len;
	if (len == 0)
		return put_char(s, dst, '.', size);
	dt_s64 end = dt_rt_rscan(s, len, '/', 0) + 1;
	if (end == 0)
		return put_char(s, dst, '/', size);
	dt_s64 slash = dt_rt_rscan(s, end, '/', 1);
	if (slash < 0)
		return put_char(s, dst, '.', size);
	end = dt_rt_rscan(s, slash, '/', 0) + 1;
	if (end == 0)
		return put_char(s, dst, '/', size);
	return rt_put(s, dst, 0, end, rt_size(size));
}
