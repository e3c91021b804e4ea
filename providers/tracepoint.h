/*
 * tracepoint.h - the kernel's tracepoints, for every provider that is carried by some.
 *
 * A tracepoint is known by its BTF: `typedef void (*btf_trace_NAME)(void *, its arguments)` is there exactly
 * when BPF can be attached to it, in the kernel proper or in a loaded module, with or without
 * an event file in tracefs.  A program on one runs where the event happens, gets the arguments as the
 * kernel has them, and may follow pointers to structs by plain loads (dt_argtype.trusted).
 *
 * A provider that is carried by tracepoints:
 *   provide  inserts a probe where dt_tracepoint_find() has the tracepoint (else the probe is absent);
 *   args     dt_tracepoint_args() for the tracepoint's own arguments, or its own list;
 *   site     dt_tracepoint_site(), then the args it wants in another order (dt_tracepoint_param());
 *   attach   dt_tracepoint_attach().
 */
#ifndef DT_TRACEPOINT_H
#define DT_TRACEPOINT_H

#include "provider.h"

typedef struct dt_tracepoint {
	const char *name;   /* "sched_switch" */
	const char *module; /* whose BTF tells of it: "vmlinux", "nfs" */
	const char *group;  /* its folder in tracefs: "sched"; of one without event file the module's name.
			       Set by dt_tracepoints() only. */
	const struct dt_btf *btf;
	uint32_t proto; /* id of the function type: void *, then the arguments */
	int nargs;
} dt_tracepoint_t;

/*
 * The tracepoint of that name, NULL when this kernel has none (or not now: its module is not loaded).  Looks in
 * BTF only; modules' is opened when the kernel proper has none.  Valid as long as the handle.
 */
const dt_tracepoint_t *dt_tracepoint_find(dtrace_hdl_t *, const char *name);
/* All of them, by group and name; *n gets the count.  NULL with the handle's error when they cannot be listed.
 */
const dt_tracepoint_t *dt_tracepoints(dtrace_hdl_t *, int *n);

/*
 * Which argument (from 0: word of the context) the kernel's source calls by that name, -1: none.  Arguments
 * come and go with kernel versions, their names stay: sched_switch got prev_state in 5.18.
 */
int dt_tracepoint_param(dtrace_hdl_t *, const dt_tracepoint_t *, const char *name);

/* Names and types of the arguments as args[] has them; the count. */
int dt_tracepoint_args(dtrace_hdl_t *, const dt_tracepoint_t *, dt_argtype_t *argv, int max);
/* Where argument i is: DT_ARG_CTX with the width the kernel gave it, so that argN of a negative int is
 * negative. */
dt_argsrc_t dt_tracepoint_arg(const dt_tracepoint_t *, int i);
/*
 * Fill in the site of a probe that fires with the tracepoint and whose argN are the tracepoint's arguments.
 * The program serves this probe alone (DT_WHO_ONE; the key is the probe's name): probes on one tracepoint are
 * programs of their own, attached one after the other, and run in that order.
 */
void dt_tracepoint_site(const dt_probe_t *, const dt_tracepoint_t *, dt_site_t *);
/* Attach the unit's program to its site's tracepoint. */
int dt_tracepoint_attach(dtrace_hdl_t *, dt_unit_t *);

#endif
