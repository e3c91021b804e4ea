/* hist.h - a histogram by powers of two, as quantize() keeps it. */
#ifndef HIST_H
#define HIST_H

#include "floor.h"

struct hist {
	__u64 bucket[QUANTIZE_BUCKETS];
};

static __always_inline __u32
log2_of(__u64 v)
{
	__u32 r = 0;
	if (v >> 32)
		r += 32, v >>= 32;
	if (v >> 16)
		r += 16, v >>= 16;
	if (v >> 8)
		r += 8, v >>= 8;
	if (v >> 4)
		r += 4, v >>= 4;
	if (v >> 2)
		r += 2, v >>= 2;
	return r + (__u32)(v >> 1);
}

static __always_inline void
hist_count(struct hist *h, __u64 v)
{
	__u32 i = v ? QUANTIZE_ZERO + 1 + log2_of(v) : QUANTIZE_ZERO;
	if (i < QUANTIZE_BUCKETS)
		__sync_fetch_and_add(&h->bucket[i], 1);
}

#endif
