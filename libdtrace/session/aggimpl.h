/*
 * aggimpl.h - the inside of the aggregation snapshot: rows and how they add up.
 *
 * What a row shows is base + live.  live is what the kernel holds now, read afresh by
 * every snapshot; base is what the kernel held once and gave up (dt_agg_fold), less
 * what clear() and trunc() took away.  Minima and maxima cannot be taken away again:
 * for them the kernel's side is emptied first.
 */
#ifndef DT_AGGIMPL_H
#define DT_AGGIMPL_H

#include "impl.h"

typedef struct dt_row {
	dt_aggrow_t pub;       /* first: a dt_aggrow_t * of ours is a dt_row * */
	struct dt_row *next;   /* hash chain */
	uint64_t hash;         /* of the key bytes */
	uint64_t normal;       /* a walker's, 0: that of the aggregation */
	uint64_t *base, *live; /* ncols values of nwords each: [0] the sum, then one a CPU (option aggpercpu) */
	long double weight;    /* sorting: the value; distributions: the weighted sum of buckets, */
	int64_t zero;          /* ... then the count at zero */
} dt_row_t;

typedef struct dt_aggstate {
	dt_agginfo_t *info;
	int func, nwords;              /* words of a value as held here: MIN and MAX have struct dt_aggminmax */
	size_t keyoff, keylen, valoff; /* in the API's data */
	dt_row_t **tab;
	uint32_t nslots, nrows;
	uint64_t normal;
	dtrace_eprobedesc_t edesc; /* of its first clause */
	dtrace_probedesc_t pdesc;
	uint64_t snaptime; /* when the kernel's side was last read */
	bool fold_due;     /* the next reading empties it */
} dt_aggstate_t;

typedef struct dt_modaddr { /* some address of a module: stands for all of them in mod() keys */
	char *name;
	uint64_t addr, pid;
} dt_modaddr_t;

struct dt_aggregate {
	dtrace_hdl_t *dtp;
	const dt_module_t *mod;
	dt_aggstate_t *aggs; /* by id - 1 */
	int n, ncpus, ncols;
	DT_VEC(dt_modaddr_t) modules;
	char *keybuf;  /* one row in API layout */
	uint64_t *sum; /* one value */
};

static inline bool
dt_agg_is_minmax(const dt_aggstate_t *st)
{
	return st->func == DTRACEAGG_MIN || st->func == DTRACEAGG_MAX;
}

/* aggval.c: values as words, by aggregating function. */
int dt_aggval_words(const dt_agginfo_t *);
void dt_aggval_decode(int func, uint64_t *v); /* as the kernel has it: as it is added up here */
void dt_aggval_add(int func, uint64_t *dst, const uint64_t *src, int nwords);
void dt_aggval_negate(int func, uint64_t *dst, const uint64_t *src, int nwords); /* dst = -src; not MIN, MAX */
bool dt_aggval_is_zero(const uint64_t *v, int nwords);
/* The value as the API shows it. */
void dt_aggval_show(int func, const uint64_t *v, int nwords, char *out, size_t size);

/* aggread.c: the kernel's side. */
typedef int dt_aggread_f(void *arg, const void *key, char *values); /* values: ncpus * stride bytes */
uint32_t dt_agg_stride(const dt_agginfo_t *);
/* A key that is in both of its maps comes twice. */
int dt_aggread(dtrace_hdl_t *, const dt_agginfo_t *, const dt_module_t *, dt_aggread_f *, void *arg);
int dt_aggforget(dtrace_hdl_t *, const dt_agginfo_t *, const dt_module_t *, const void *key);

/* aggregate.c */
dt_row_t *dt_agg_take(struct dt_aggregate *, dt_aggstate_t *, const void *kkey, char *values, bool to_base);
void dt_agg_begin(dt_aggstate_t *, int ncols); /* a snapshot: forget what is live */
void dt_agg_end(struct dt_aggregate *, dt_aggstate_t *);
dt_aggstate_t *dt_agg_state(dtrace_hdl_t *, const dt_agginfo_t *);
int dt_agg_row_clear(struct dt_aggregate *, dt_aggstate_t *, dt_row_t *);
int dt_agg_row_remove(struct dt_aggregate *, dt_aggstate_t *, dt_row_t *);

/* aggkey.c: the kernel's key in API layout; addresses of one symbol (or module) become one. */
void dt_agg_key(struct dt_aggregate *, const dt_agginfo_t *, const void *kkey, char *out);

/* aggwalk.c: do what a walker answers (DTRACE_AGGWALK_*) with the row it has seen; 0 to go on. */
int dt_agg_obey(dtrace_hdl_t *, dt_aggrow_t *, int answer);

/* aggsort.c */
typedef struct dt_aggorder {
	bool bykey, reverse;
	int keypos, pos;
} dt_aggorder_t;
dt_aggorder_t dt_agg_order(const dtrace_hdl_t *);
/* Rows of all aggregations in one order: by key (within one number of keys) or by value (within one aggregating
 * function), then by aggregation. */
int dt_agg_sorted_across(dtrace_hdl_t *, const dt_aggorder_t *, dt_aggrow_t ***rows);
/* Present rows in the order given; malloc'ed, count returned. */
int dt_agg_sorted(dt_aggstate_t *, const dt_aggorder_t *, dt_aggrow_t ***rows);

#endif
