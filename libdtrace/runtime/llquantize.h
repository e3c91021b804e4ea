/*
 * llquantize.h - the buckets of llquantize(value, factor, low, high, nsteps), for the
 * program that counts and for the consumer that prints.
 *
 * With order m, LO = factor^m, HI = factor^(m+1):
 *
 *   n     = min(nsteps, HI)         steps from 0 to HI
 *   width = HI / n                  of one bucket
 *   skip  = LO / width              steps below LO
 *   count = n - n / factor          buckets of the order (n / factor == skip)
 *
 * and bucket i of the order (from 0) holds magnitudes from max(LO, (skip + i) * width) to
 * below (skip + i + 1) * width.  N = sum of count over the orders low .. high.
 * Negative values have mirrored buckets.  In label order, 2 * N + 3 in all:
 *
 *   0              v <= -TOP                TOP = factor^(high+1)
 *   1 .. N         labels -L, magnitude falling
 *   N + 1          abs(v) < factor^low
 *   N + 2 .. 2N+1  labels L, rising
 *   2N + 2         v >= TOP
 *
 * Powers above 2^64 - 1 count as that.  Parameters are what sema/ lets through: factor
 * 2 .. 65535, low <= high < 64, nsteps 1 .. 65535 (language.md G47).
 */
#ifndef DT_LLQUANTIZE_H
#define DT_LLQUANTIZE_H

#include "rt.h"

enum {
	DT_LL_ORDERS = 64
};

static inline __attribute__((always_inline)) dt_u64
dt_ll_mul(dt_u64 power, dt_u64 factor)
{
	dt_u64 high = (power >> 32) * factor + ((power & 0xffffffff) * factor >> 32);
	dt_u64 overflow =
	    (dt_s64) - (high >> 32) >> 63; /* all ones; without branches: the verifier walks every path */
	return power * factor | overflow;
}

/* The walk over the orders, low powers first; the BPF side makes each step a callback. */
struct dt_ll_walk {
	dt_u64 factor, low, nsteps;
	dt_u64 size;               /* magnitude of the value that is looked for */
	dt_u64 rest;               /* nsteps / factor, which saves dividing for every order */
	dt_u64 lo;                 /* start of the order that comes next */
	dt_u64 n;                  /* buckets of the orders so far */
	dt_u64 mylo, myhi, before; /* the order of size, buckets before it; mylo == 0: below all */
};

static inline __attribute__((always_inline)) dt_u64
dt_ll_size(dt_s64 v)
{
	dt_u64 sign = v >> 63;
	return ((dt_u64)v ^ sign) - sign;
}

static inline __attribute__((always_inline)) dt_u64
dt_ll_count(const struct dt_ll_walk *w, dt_u64 hi)
{
	return w->nsteps < hi ? w->nsteps - w->rest : hi - w->lo;
}

static inline __attribute__((always_inline)) void
dt_ll_step(struct dt_ll_walk *w, dt_u64 order)
{
	dt_u64 hi = dt_ll_mul(w->lo, w->factor);
	if (order >= w->low) {
		if (w->size >= w->lo) { /* the last order for which this holds is the one */
			w->mylo = w->lo;
			w->myhi = hi;
			w->before = w->n;
		}
		w->n += dt_ll_count(w, hi);
	}
	w->lo = hi;
}

/* After the last step: the bucket of v. */
static inline __attribute__((always_inline)) dt_u64
dt_ll_bucket(const struct dt_ll_walk *w, dt_s64 v)
{
	dt_u64 at = 0; /* distance from the middle */
	if (w->size >= w->lo) {
		at = w->n + 1;
	} else if (w->mylo) {
		dt_u64 width = w->nsteps < w->myhi ? w->myhi / w->nsteps : 1;
		at = w->before + w->size / width - w->mylo / width + 1;
	}
	dt_u64 sign = v >> 63;
	return w->n + 1 + (at ^ sign) - sign;
}

#ifndef __BPF__

static inline dt_u64
dt_ll_nbuckets(dt_u64 factor, dt_u64 low, dt_u64 high, dt_u64 nsteps)
{
	struct dt_ll_walk w = {
	    .factor = factor, .low = low, .nsteps = nsteps, .rest = nsteps / factor, .lo = 1};
	for (dt_u64 m = 0; m <= high && m < DT_LL_ORDERS; m++)
		dt_ll_step(&w, m);
	return 2 * w.n + 3;
}

typedef enum dt_ll_edge {
	DT_LL_INSIDE,
	DT_LL_BELOW,  /* "<= label", label = -TOP */
	DT_LL_MIDDLE, /* "abs() < label", or "< label" when nothing is negative */
	DT_LL_ABOVE   /* ">= label" */
} dt_ll_edge_t;

/* Label of a bucket; numbers beyond int64 are shown as its limits. */
static inline dt_s64
dt_ll_label(dt_u64 bucket, dt_u64 factor, dt_u64 low, dt_u64 high, dt_u64 nsteps, dt_ll_edge_t *edge)
{
	dt_u64 middle = dt_ll_nbuckets(factor, low, high, nsteps) / 2;
	dt_u64 at = bucket < middle ? middle - bucket : bucket - middle;
	*edge = at == 0 ? DT_LL_MIDDLE : at < middle ? DT_LL_INSIDE : bucket ? DT_LL_ABOVE : DT_LL_BELOW;

	struct dt_ll_walk w = {
	    .factor = factor, .low = low, .nsteps = nsteps, .rest = nsteps / factor, .lo = 1};
	dt_u64 label = 0;
	for (dt_u64 m = 0; m <= high && m < DT_LL_ORDERS; m++) {
		dt_u64 lo = w.lo, before = w.n;
		dt_ll_step(&w, m);
		if (m == low && at == 0)
			label = lo;
		if (at > before && at <= w.n) {
			dt_u64 width = nsteps < w.lo ? w.lo / nsteps : 1;
			label = (lo / width + at - before - 1) * width;
			if (label < lo)
				label = lo;
		}
	}
	if (at == middle)
		label = w.lo;
	dt_u64 most = (dt_u64)INT64_MAX + (bucket < middle);
	if (label > most)
		label = most;
	return bucket < middle ? (dt_s64)(0 - label) : (dt_s64)label;
}

#endif
#endif
