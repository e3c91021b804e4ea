/*
 * aggval.c - values of aggregations as arrays of 64-bit words: adding them up, taking
 * them away, showing them.  All arithmetic is modulo 2^64, the sum of squares of
 * stddev() modulo 2^128.
 */
#include "aggimpl.h"

#include <string.h>

enum {
	MM_HAS = offsetof(struct dt_aggminmax, has) / 8,
	MM_VALUE = offsetof(struct dt_aggminmax, code) / 8, /* the plain value, once decoded */
	SD_LO = offsetof(struct dt_aggstddev, sqlo) / 8,
	SD_HI = offsetof(struct dt_aggstddev, sqhi) / 8
};

int
dt_aggval_words(const dt_agginfo_t *info)
{
	switch (info->ident->aggfunc) {
	case DTRACEAGG_COUNT:
	case DTRACEAGG_SUM:
		return 1;
	case DTRACEAGG_MIN:
	case DTRACEAGG_MAX:
		return sizeof(struct dt_aggminmax) / 8;
	case DTRACEAGG_AVG:
		return sizeof(struct dt_aggavg) / 8;
	case DTRACEAGG_STDDEV:
		return sizeof(struct dt_aggstddev) / 8;
	default:
		return info->nbuckets;
	}
}

void
dt_aggval_decode(int func, uint64_t *v)
{
	if (func != DTRACEAGG_MIN && func != DTRACEAGG_MAX)
		return;
	if (v[MM_HAS])
		v[MM_VALUE] = (uint64_t)DT_AGGMINMAX_CODE(func == DTRACEAGG_MAX, (int64_t)v[MM_VALUE]);
	else
		v[MM_VALUE] = 0;
}

static void
add_minmax(bool max, uint64_t *dst, const uint64_t *src)
{
	if (!src[MM_HAS])
		return;
	int64_t old = (int64_t)dst[MM_VALUE], new = (int64_t)src[MM_VALUE];
	if (!dst[MM_HAS] || (max ? new > old : new < old))
		dst[MM_VALUE] = src[MM_VALUE];
	dst[MM_HAS] = 1;
}

void
dt_aggval_add(int func, uint64_t *dst, const uint64_t *src, int nwords)
{
	if (func == DTRACEAGG_MIN || func == DTRACEAGG_MAX) {
		add_minmax(func == DTRACEAGG_MAX, dst, src);
		return;
	}
	uint64_t carry = 0;
	if (func == DTRACEAGG_STDDEV)
		carry = dst[SD_LO] + src[SD_LO] < dst[SD_LO];
	for (int i = 0; i < nwords; i++)
		dst[i] += src[i];
	if (carry)
		dst[SD_HI]++;
}

void
dt_aggval_negate(int func, uint64_t *dst, const uint64_t *src, int nwords)
{
	for (int i = 0; i < nwords; i++)
		dst[i] = -src[i];
	if (func == DTRACEAGG_STDDEV && src[SD_LO])
		dst[SD_HI]--;
}

bool
dt_aggval_is_zero(const uint64_t *v, int nwords)
{
	for (int i = 0; i < nwords; i++)
		if (v[i])
			return false;
	return true;
}

void
dt_aggval_show(int func, const uint64_t *v, int nwords, char *out, size_t size)
{
	const uint64_t zero = 0;
	const void *src = v;
	size_t len = (size_t)nwords * 8;
	if (func == DTRACEAGG_MIN || func == DTRACEAGG_MAX) {
		src = v[MM_HAS] ? &v[MM_VALUE] : &zero;
		len = 8;
	}
	memcpy(out, src, len < size ? len : size);
}
