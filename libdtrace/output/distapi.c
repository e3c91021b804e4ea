/*
 * distapi.c - distributions as the API shows them (sys/dtrace.h): the parameters first, and
 * llquantize() without its mirrored half.  The buckets as they are kept here follow.
 */
#include "../ir/module.h"
#include "output.h"

#include <string.h>

/* Buckets of llquantize() from the middle on: the middle one, the steps, the one above. */
static int
half(const dt_agginfo_t *agg)
{
	return agg->nbuckets / 2 + 1;
}

static uint64_t
parameters(const dt_agginfo_t *agg)
{
	const int64_t *arg = agg->ident->aggarg;
	if (agg->ident->aggfunc == DTRACEAGG_LQUANTIZE)
		return (uint64_t)arg[2] << DTRACE_LQUANTIZE_STEPSHIFT |
		       (uint64_t)(agg->nbuckets - 2) << DTRACE_LQUANTIZE_LEVELSHIFT | (uint32_t)arg[0];
	return (uint64_t)arg[0] << DTRACE_LLQUANTIZE_FACTORSHIFT |
	       (uint64_t)arg[1] << DTRACE_LLQUANTIZE_LOWSHIFT |
	       (uint64_t)arg[2] << DTRACE_LLQUANTIZE_HIGHSHIFT | (uint64_t)arg[3];
}

uint32_t
dt_dist_size(const dt_agginfo_t *agg)
{
	int n = agg->ident->aggfunc == DTRACEAGG_QUANTIZE    ? agg->nbuckets
		: agg->ident->aggfunc == DTRACEAGG_LQUANTIZE ? agg->nbuckets + 1
							     : half(agg) + 1;
	return (uint32_t)n * 8;
}

uint32_t
dt_dist_head(const dt_agginfo_t *agg)
{
	switch (agg->ident->aggfunc) {
	case DTRACEAGG_LQUANTIZE:
		return 8;
	case DTRACEAGG_LLQUANTIZE:
		return dt_dist_size(agg);
	default:
		return 0;
	}
}

void
dt_dist_show(const dt_agginfo_t *agg, const uint64_t *counts, char *out)
{
	uint64_t *words = (uint64_t *)(void *)out;
	uint32_t head = dt_dist_head(agg);
	if (head)
		words[0] = parameters(agg);
	if (agg->ident->aggfunc == DTRACEAGG_LLQUANTIZE) {
		int below = agg->nbuckets - half(agg); /* negative ones count with the middle */
		words[1] = 0;
		for (int i = 0; i <= below; i++)
			words[1] += counts[i];
		memcpy(&words[2], &counts[below + 1], (size_t)(half(agg) - 1) * 8);
	}
	memcpy(out + head, counts, (size_t)agg->nbuckets * 8);
}
