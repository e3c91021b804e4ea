/*
 * session.h - from dtrace_go to the end: maps, buffers, programs in the kernel,
 * BEGIN and END, ticks, drops.  Everything it makes in the kernel is an fd of this
 * process, so nothing survives it, however it ends.
 */
#ifndef DT_SESSION_H
#define DT_SESSION_H

#include "../ir/module.h"
#include "../runtime/rt.h"

typedef struct dt_session dt_session_t;

int dt_session_go(dtrace_hdl_t *);   /* create, load, attach, BEGIN */
int dt_session_stop(dtrace_hdl_t *); /* detach, END */
void dt_session_close(dtrace_hdl_t *);
struct dt_state *dt_session_state(dtrace_hdl_t *);
uint64_t dt_now(void); /* CLOCK_MONOTONIC, ns */
/* Returns when no program that started before the call still runs (an RCU grace period). */
int dt_session_quiesce(dtrace_hdl_t *);

/* Buffers (buffer.c): one per CPU, read in place. */
typedef struct dt_bufs dt_bufs_t;
/* outer_map_fd -1: no rings, only something to wait on.  Option bufsize gets the size when it had to be
 * lowered. spare: bytes of a second ring a CPU, for records no full buffer may keep out (exit(), END); 0: none.
 */
dt_bufs_t *dt_bufs_create(dtrace_hdl_t *, int ncpus, size_t size, int outer_map_fd, size_t spare);
void dt_bufs_free(dt_bufs_t *);
/* Next record in time order over all CPUs, or in CPU order without option temporal; only records of
 * time <= `until`.  Points into the buffer until the next call.  False when there is none. */
bool dt_bufs_next(dt_bufs_t *, uint64_t until, int *cpu, const struct dt_rechdr **, size_t *len);
void dt_bufs_release(dt_bufs_t *); /* give what was read back to the kernel; ends the pass */
/* Sleep: 0 when the time is over, 1 when an urgent record (exit) or a process ended it, -1 on a signal. */
int dt_bufs_wait(dt_bufs_t *, uint64_t ns);

/* Drops and faults (drops.c): reported through the handle's handlers. */
int dt_drops_check(dtrace_hdl_t *, bool final);
int dt_drops_principal(dtrace_hdl_t *, int cpu);
int dt_fault_report(dtrace_hdl_t *, int cpu, uint32_t probe, const struct dt_recerror *);

#endif
