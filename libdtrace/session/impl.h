/*
 * impl.h - what the files of session/ share among themselves, and nobody else reads.
 */
#ifndef DT_SESSION_IMPL_H
#define DT_SESSION_IMPL_H

#include "aggregate.h"
#include "session.h"

typedef struct dt_ticks dt_ticks_t;
typedef struct dt_consumer dt_consumer_t;

struct dt_session {
	dt_module_t *mod;
	struct dt_state *state; /* the state map's memory */
	int ncpus;              /* possible CPUs: elements of state->cpu */
	int *mapfds;            /* by map number */
	dt_bufs_t *bufs;
	dt_ticks_t *ticks;
	dt_consumer_t *consumer;
	struct dt_specs *specs; /* NULL: the program does not speculate */
	int gp_outer, gp_inner; /* dt_session_quiesce()'s own maps, -1 until made */
	bool attached;          /* some program may run without us calling it */
	bool stopped;           /* END has run */
	struct dt_rings *rings; /* bufpolicy=ring, until they are read */

	/* Records up to begin_end are BEGIN's, records from end_start on END's (UINT64_MAX until END runs):
	 * nothing else fires then. */
	uint64_t begin_end, end_start;

	struct dt_cpustate *seen; /* counters of state->cpu as last reported */
	struct dt_cpustate total; /* ... and their sums, for dtdda_total */
	uint64_t misses_base;     /* recursion misses when tracing began, */
	uint64_t misses_seen;     /* ... those reported since, */
	uint64_t misses_end;      /* ... and the count at stop */

	uint64_t lastswitch, lastagg, laststatus; /* when each was done last, ns */
	uint64_t aggtime;                         /* how long reading the aggregations took, ns */
	bool poked;                               /* dtrace_sleep() was woken: look at the status now */
	bool filling; /* ... or by buffers that want to be read, or the last pass left some */
};

static inline uint64_t
dt_optval(const dtrace_hdl_t *dtp, enum dt_opt opt, uint64_t unset)
{
	return dtp->opt[opt] == DTRACEOPT_UNSET ? unset : dtp->opt[opt];
}

/* Nothing is read before the end (option bufpolicy). */
static inline bool
dt_read_at_end(const dtrace_hdl_t *dtp)
{
	return dt_optval(dtp, DT_OPT_BUFPOLICY, DT_BUF_SWITCH) != DT_BUF_SWITCH;
}

/* session.c: dt_session_go() from the built module on, which becomes the session's. */
int dt_session_run(dtrace_hdl_t *, dt_module_t *);

/* maps.c: every map of the module in the kernel; on error those made so far stay in mod->maps[].fd. */
int dt_maps_create(dtrace_hdl_t *, dt_module_t *);
void dt_maps_close(dt_module_t *);
/* "0-3,8" (/sys/devices/system/cpu/online) into flags by CPU. */
int dt_cpulist_parse(const char *text, bool *set, int n);

/* units.c: the programs. */
int dt_units_load(dtrace_hdl_t *, dt_session_t *);
int dt_units_attach(dtrace_hdl_t *, dt_session_t *);
void dt_units_detach(dt_module_t *); /* closes the links */
void dt_units_unload(dt_module_t *);
int dt_units_run(dtrace_hdl_t *, dt_module_t *, dt_trigger_t); /* BEGIN or END, once, here and now */
/* On that CPU (-1: any); 0 or -errno. */
int dt_prog_run(int prog_fd, int cpu);
int dt_run_cpu(const dtrace_hdl_t *);          /* option cpu, or -1 */
uint64_t dt_units_misses(const dt_module_t *); /* firings the kernel skipped: recursion */

/* buffer.c, beyond session.h: rings of any origin. */
dt_bufs_t *dt_bufs_new(int ncpus, bool temporal);
/* A ring in the kernel's layout (data mapped twice in a row); fd may be -1.  Size: power of two. */
void dt_bufs_add(dt_bufs_t *, int cpu, unsigned long *consumer, const unsigned long *producer, const char *data,
		 size_t size);
/* The record after the last one dt_bufs_next() gave, of the same CPU; NULL when there is none yet. */
const struct dt_rechdr *dt_bufs_peek(const dt_bufs_t *, int cpu);

/* How full the fullest ring is, percent. */
unsigned dt_bufs_fill(const dt_bufs_t *);
size_t dt_bufs_size(const dt_bufs_t *); /* of one ring; 0 when there is none */

/* CPUs that get a buffer; programs on one that comes up later find none and count drops. */
int dt_buffer_cpus(const dtrace_hdl_t *, bool *online, int ncpus);
/* What each of n buffers may have of the memory that is free: the kernel would hand out the last of it. */
size_t dt_buffer_affordable(int n);

/* ring.c: bufpolicy=ring. */
struct dt_rings *dt_rings_create(dtrace_hdl_t *, int ncpus, size_t size, const dt_map_t *outer, uint64_t *mask);
/* Once tracing has stopped: what is left in the rings, as buffers to read. */
void dt_rings_collect(struct dt_rings *, dt_bufs_t *);
void dt_rings_free(struct dt_rings *);

/* tick.c: one thread that runs the tick programs. */
dt_ticks_t *dt_ticks_start(dtrace_hdl_t *, dt_module_t *, const struct dt_state *);
void dt_ticks_stop(dt_ticks_t *);

/* work.c: walltimestamp's offset follows changes of the clock. */
void dt_walltime_set(dt_session_t *);
void dt_kvars_set(dt_session_t *); /* what programs read of compat/compat.h is what it is now */

/* drops.c */
int dt_drops_aggregation(dtrace_hdl_t *);
/* A fault of the consumer itself while it handles this record (DTRACEFLT_LIBRARY). */
int dt_fault_library(dtrace_hdl_t *, const dtrace_probedata_t *, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* consume.c */
dt_consumer_t *dt_consumer_new(dtrace_hdl_t *, const dt_module_t *);
void dt_consumer_free(dt_consumer_t *);
/* dtrace_consume() that leaves the rest to another pass when it has taken that long: 1. */
int dt_consume_for(dtrace_hdl_t *, uint64_t ns, FILE *, dtrace_consume_probe_f *, dtrace_consume_rec_f *,
		   void *);
/* One record as the callbacks and the default processing see it. */
typedef struct dt_recview {
	dtrace_probedata_t data;
	dtrace_eprobedesc_t edesc;
	const dt_clause_t *clause;
	const char *base; /* API layout, 8-byte aligned */
	uint64_t time;
} dt_recview_t;
/* action.c: print or do what the record piece recs[i] asks; *used gets the number of pieces it took. */
int dt_action_do(dtrace_hdl_t *, FILE *, dt_recview_t *, int i, int *used);
struct dt_fmt *dt_format_of(dtrace_hdl_t *, const dtrace_recdesc_t *); /* of a record; NULL: it has none */
/* statement.c: n records of one statement, which lie in base. */
int dt_stmt_length(const dtrace_recdesc_t *, int n); /* how many of the n belong to the first one's statement */
dt_agginfo_t *dt_stmt_agg(dtrace_hdl_t *, const dtrace_recdesc_t *); /* the aggregation it is about, or NULL */
int dt_stmt_printf(dtrace_hdl_t *, FILE *, const struct dt_fmt *, const dtrace_recdesc_t *, int n,
		   const char *base);
int dt_stmt_printa(dtrace_hdl_t *, FILE *, struct dt_fmt *, const dtrace_recdesc_t *, int n, uint64_t time);
int dt_stmt_formatted(dtrace_hdl_t *, FILE *, const struct dt_fmt *, const dtrace_probedata_t *,
		      const dtrace_recdesc_t *, int n, const char *base, bool is_system);
/* redirect.c: system(), freopen(), ftruncate(). */
int dt_do_system(dtrace_hdl_t *, FILE *, const char *command);
int dt_do_freopen(dtrace_hdl_t *, FILE *, const dtrace_probedata_t *, const char *name); /* NULL: as it was */
int dt_do_ftruncate(dtrace_hdl_t *, FILE *);
void dt_freopen_close(dtrace_hdl_t *); /* forget the original output */

/* spec.c: speculative records wait for the fate of their speculation. */
typedef enum dt_specfate {
	DT_SPEC_OPEN,
	DT_SPEC_COMMITTED,
	DT_SPEC_DISCARDED
} dt_specfate_t;
int dt_specs_open(dtrace_hdl_t *, dt_session_t *);
void dt_specs_close(struct dt_specs *);
/* A record of a clause that speculates is kept while its speculation is open; else only the fate is told. */
dt_specfate_t dt_specs_hold(struct dt_specs *, int cpu, const struct dt_rechdr *, size_t len);
void dt_specs_discard(struct dt_specs *, const struct dt_recspec *);
typedef int dt_specshow_f(void *, int cpu, const struct dt_rechdr *, size_t len, const struct dt_rechdr *next);
int dt_specs_commit(struct dt_specs *, const struct dt_recspec *, dt_specshow_f *, void *);
void dt_specs_clean(struct dt_specs *); /* ids that stayed busy are free again */
void dt_specs_pass(struct dt_specs *);  /* a pass over all buffers has ended */

/* expand.c: kernel layout into API layout. */
bool dt_rec_is_plain(const dt_krec_t *, const dtrace_recdesc_t *, int n);
void dt_rec_expand(dtrace_hdl_t *, const dt_module_t *, const dt_krec_t *, const dtrace_recdesc_t *, int n,
		   const char *src, char *dst);

/* probe and clause behind a record. */
dtrace_epid_t dt_clause_epid(const dt_clause_t *, uint32_t probe); /* 0: the clause is not on that probe */

#endif
