/*
 * aggregate.h - the consumer's side of aggregations: snapshots, clear, trunc,
 * normalize, sorting.  Spec: language.md part 6, output.md part 4.
 *
 * A snapshot sums the kernel's per-CPU values.  An aggregation that is cleared or
 * truncated somewhere has a generation in its keys (dt_agginfo.has_gen): the consumer
 * moves to the next generation, waits a grace period, then reads and deletes the
 * old one, so that no update is lost or counted twice.
 */
#ifndef DT_AGGREGATE_H
#define DT_AGGREGATE_H

#include "session.h"

/* One row.  data is laid out as the aggregation's recs say (API view): id, keys, value. */
typedef struct dt_aggrow {
	dt_agginfo_t *agg;
	dtrace_aggdata_t data;
	bool removed;
} dt_aggrow_t;

int dt_aggregate_open(dtrace_hdl_t *); /* after the module is built */
void dt_aggregate_close(dtrace_hdl_t *);
/* Rows of the aggregation (NULL: all of them), sorted by the handle's options; malloc'ed vector of
 * pointers, valid until the next snapshot.  Several aggs given: one joined row per key (printa of several):
 * rows[i * naggs + j], NULL where aggregation j lacks the key. */
int dt_aggregate_rows(dtrace_hdl_t *, dt_agginfo_t *const *aggs, int naggs, dt_aggrow_t ***rows);
/* Take in what the programs did up to this time, before a record of that time acts on these aggregations. */
int dt_aggregate_upto(dtrace_hdl_t *, dt_agginfo_t *const *aggs, int naggs, uint64_t time);
int dt_aggregate_do_clear(dtrace_hdl_t *, dt_agginfo_t *);
int dt_aggregate_do_trunc(dtrace_hdl_t *, dt_agginfo_t *, int64_t n);
int dt_aggregate_do_normalize(dtrace_hdl_t *, dt_agginfo_t *, uint64_t factor);
void dt_aggregate_printed(dtrace_hdl_t *, dt_agginfo_t *); /* not printed again at exit */

#endif
