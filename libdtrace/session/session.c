/*
 * session.c - the life of an enabling: dtrace_go to dtrace_stop.
 *
 * The order that keeps BEGIN first and loses nothing after it: every program is
 * attached while the activity is ACTIVE_BEGIN, where all but BEGIN's return at once;
 * BEGIN runs; then the activity becomes ACTIVE, unless BEGIN called exit().  At the end:
 * DRAINING, a grace period until no program is under way, then ENDING and END.
 */
#include "../output/format.h"
#include "../process/proc.h"
#include "../process/usyms.h"
#include "impl.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

uint64_t
dt_now(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec;
}

struct dt_state *
dt_session_state(dtrace_hdl_t *dtp)
{
	return dtp->session ? dtp->session->state : NULL;
}

/*
 * Since 5.0 the kernel lets a grace period go by before an update of a map of maps returns; it is the
 * only plain way to ask for one (membarrier() refuses on nohz_full machines and does nothing on one CPU).
 */
int
dt_session_quiesce(dtrace_hdl_t *dtp)
{
	dt_session_t *s = dtp->session;
	const uint32_t zero = 0;
	int err = 0;
	if (s->gp_outer < 0) {
		s->gp_inner = bpf_map_create(BPF_MAP_TYPE_ARRAY, "dt_gp_inner", 4, 4, 1, NULL);
		LIBBPF_OPTS(bpf_map_create_opts, opts, .inner_map_fd = (uint32_t)s->gp_inner);
		if (s->gp_inner >= 0)
			s->gp_outer = bpf_map_create(BPF_MAP_TYPE_ARRAY_OF_MAPS, "dt_gp", 4, 4, 1, &opts);
		err = s->gp_inner < 0 ? s->gp_inner : s->gp_outer < 0 ? s->gp_outer : 0;
	}
	if (!err)
		err = bpf_map_update_elem(s->gp_outer, &zero, &s->gp_inner, BPF_ANY);
	if (err)
		return dt_set_error(dtp, -err, "cannot wait for the running probes to end: %s", strerror(-err));
	return 0;
}

static void
set_activity(dt_session_t *s, enum dt_activity a)
{
	__atomic_store_n(&s->state->activity, (uint32_t)a, __ATOMIC_SEQ_CST);
}

/* From one activity to another, unless exit() was faster. */
static void
advance_activity(dt_session_t *s, enum dt_activity from, enum dt_activity to)
{
	uint32_t expected = from;
	__atomic_compare_exchange_n(&s->state->activity, &expected, (uint32_t)to, false, __ATOMIC_SEQ_CST,
				    __ATOMIC_SEQ_CST);
}

int
dt_run_cpu(const dtrace_hdl_t *dtp)
{
	uint64_t cpu = dt_optval(dtp, DT_OPT_CPU, UINT64_MAX);
	return cpu < DT_MAXCPUS ? (int)cpu : -1;
}

enum {
	END_ID = 2,
	ERROR_ID = 3,
	PER_RECORD = 8 + sizeof(struct dt_rechdr)
};

/* Bytes that all records of that probe's clauses take in a buffer. */
static size_t
records_of(const dt_session_t *s, uint32_t probe)
{
	size_t n = 0;
	for (int i = 0; i < s->mod->clauses.n; i++) {
		const dt_clause_t *c = s->mod->clauses.p[i];
		if (c->records && dt_clause_epid(c, probe))
			n += c->krecsize + PER_RECORD;
	}
	return n;
}

/* bufpolicy=fill: what the END clauses will record stays free for them. */
static int
set_fill_limit(dtrace_hdl_t *dtp, dt_session_t *s, size_t size)
{
	size_t end = records_of(s, END_ID);
	if (end > size)
		return dt_set_errno(dtp, EDT_ENDTOOBIG);
	s->state->filllimit = size - end;
	return 0;
}

/*
 * bufpolicy=switch: what the spare buffer of a CPU has room for, whatever is in its own: records that say
 * exit(), and all of END, each clause of which may commit a speculation or fault.  0: nothing in the program
 * needs one.
 */
static size_t
spare_size(const dt_session_t *s)
{
	size_t size = 0, fault = records_of(s, ERROR_ID) + sizeof(struct dt_recerror) + PER_RECORD;
	for (int i = 0; i < s->mod->clauses.n; i++) {
		const dt_clause_t *c = s->mod->clauses.p[i];
		if (dt_clause_epid(c, END_ID))
			size += sizeof(struct dt_recspec) + PER_RECORD + fault;
		if (c->records && c->has_exit)
			size += c->krecsize + PER_RECORD;
	}
	return size + records_of(s, END_ID);
}

static int
create_buffers(dtrace_hdl_t *dtp, dt_session_t *s)
{
	enum {
		DEFAULT_BUFSIZE = 4 << 20
	};
	size_t size = dt_optval(dtp, DT_OPT_BUFSIZE, DEFAULT_BUFSIZE);
	const dt_map_t *outer = s->mod->records && s->mod->bufs >= 0 ? &s->mod->maps.p[s->mod->bufs] : NULL;
	uint64_t policy = dt_optval(dtp, DT_OPT_BUFPOLICY, DT_BUF_SWITCH);
	bool ring = outer && policy == DT_BUF_RING;
	if (ring && !(s->rings = dt_rings_create(dtp, s->ncpus, size, outer, (uint64_t *)&s->state->ringmask)))
		return -1;
	s->bufs = dt_bufs_create(dtp, s->ncpus, size, outer && !ring ? outer->fd : -1,
				 policy == DT_BUF_SWITCH ? spare_size(s) : 0);
	if (!s->bufs)
		return -1;
	return policy == DT_BUF_FILL ? set_fill_limit(dtp, s, dt_optval(dtp, DT_OPT_BUFSIZE, size)) : 0;
}

static int
open_session(dtrace_hdl_t *dtp, dt_session_t *s, dt_module_t *mod)
{
	dtp->module = s->mod = mod;
	for (int i = 0; i < mod->units.n; i++)
		mod->units.p[i]->prog_fd = -1;
	if (dt_maps_create(dtp, mod) != 0)
		return -1;
	s->state = mod->maps.p[mod->state].mem;
	s->ncpus = mod->ncpus;
	s->seen = dt_xcalloc((size_t)s->ncpus, sizeof(*s->seen));
	s->mapfds = dt_xcalloc((size_t)mod->maps.n, sizeof(int));
	for (int i = 0; i < mod->maps.n; i++)
		s->mapfds[i] = mod->maps.p[i].fd;
	s->consumer = dt_consumer_new(dtp, mod);
	if (create_buffers(dtp, s) != 0 || dt_aggregate_open(dtp) != 0 || dt_specs_open(dtp, s) != 0)
		return -1;
	return dt_units_load(dtp, s);
}

static bool
is_user_address(const dtrace_recdesc_t *r)
{
	switch (r->dtrd_action) {
	case DTRACEACT_USTACK:
	case DTRACEACT_JSTACK:
	case DTRACEACT_USYM:
	case DTRACEACT_UMOD:
	case DTRACEACT_UADDR:
		return true;
	default:
		return false;
	}
}

/* %A names plain numbers too, as addresses of the process of -c or -p. */
static bool
names_numbers(dtrace_hdl_t *dtp, const dtrace_recdesc_t *r)
{
	const dt_fmt_t *f = dt_format_of(dtp, r);
	for (int i = 0; f && i < f->nconv; i++)
		if (f->conv[i].conv == 'A')
			return true;
	return false;
}

/* Will the consumer have to give names to addresses of processes? */
static bool
needs_usyms(dtrace_hdl_t *dtp, const dt_module_t *mod)
{
	for (int i = 0; i < mod->clauses.n; i++)
		for (int k = 0; k < mod->clauses.p[i]->nrecs; k++)
			if (is_user_address(&mod->clauses.p[i]->recs[k]) ||
			    names_numbers(dtp, &mod->clauses.p[i]->recs[k]))
				return true;
	for (int i = 0; i < mod->aggs.n; i++)
		for (int k = 0; k < mod->aggs.p[i]->nkeys; k++)
			if (is_user_address(&mod->aggs.p[i]->recs[k + 1]))
				return true;
	return false;
}

static int
start(dtrace_hdl_t *dtp, dt_session_t *s)
{
	dt_walltime_set(s);
	dt_kvars_set(s);
	if (needs_usyms(dtp, s->mod))
		dt_usyms_start(dtp);
	set_activity(s, DT_ACT_ACTIVE_BEGIN);
	if (dt_units_attach(dtp, s) != 0 || dt_units_run(dtp, s->mod, DT_TRIGGER_BEGIN) != 0)
		return -1;
	s->begin_end = dt_now();
	s->misses_base = dt_units_misses(s->mod);
	advance_activity(s, DT_ACT_ACTIVE_BEGIN, DT_ACT_ACTIVE);
	s->lastswitch = s->lastagg = s->laststatus = dt_now();
	s->filling = true; /* the first look is due at once: what BEGIN says is not for a second later */
	s->ticks = dt_ticks_start(dtp, s->mod, s->state);
	if (!s->ticks)
		return -1;
	return dt_procs_start(dtp);
}

int
dt_session_run(dtrace_hdl_t *dtp, dt_module_t *mod)
{
	dt_session_t *s = dtp->session = dt_xcalloc(1, sizeof(*s));
	s->gp_outer = s->gp_inner = -1;
	s->end_start = UINT64_MAX;
	if (open_session(dtp, s, mod) == 0 && start(dtp, s) == 0)
		return 0;
	if (s->state)
		set_activity(s, DT_ACT_DRAINING);
	dt_session_close(dtp);
	return -1;
}

int
dt_session_go(dtrace_hdl_t *dtp)
{
	if (dtp->session)
		return dt_set_errno(dtp, EDT_ACTIVE);
	dt_options_settle(dtp);
	if (dt_procs_settle_all(dtp) != 0)
		return -1;
	dt_module_t *mod = dt_module_build(dtp, dtp->enabled.p, dtp->enabled.n);
	return mod ? dt_session_run(dtp, mod) : -1;
}

int
dt_session_stop(dtrace_hdl_t *dtp)
{
	dt_session_t *s = dtp->session;
	if (!s || s->stopped)
		return 0;
	s->stopped = true;
	set_activity(s, DT_ACT_DRAINING);
	dt_ticks_stop(s->ticks);
	s->ticks = NULL;
	int err = 0;
	s->misses_end = dt_units_misses(s->mod);
	dt_units_detach(s->mod);
	if (s->attached && dt_session_quiesce(dtp) != 0)
		err = -1;
	s->end_start = dt_now();
	set_activity(s, DT_ACT_ENDING);
	if (dt_units_run(dtp, s->mod, DT_TRIGGER_END) != 0)
		err = -1;
	set_activity(s, DT_ACT_IDLE);
	return err;
}

void
dt_session_close(dtrace_hdl_t *dtp)
{
	dt_session_t *s = dtp->session;
	if (!s)
		return;
	dt_ticks_stop(s->ticks);
	if (s->mod) {
		dt_units_detach(s->mod);
		dt_units_unload(s->mod);
		dt_maps_close(s->mod);
	}
	dt_aggregate_close(dtp);
	dt_bufs_free(s->bufs);
	dt_rings_free(s->rings);
	dt_consumer_free(s->consumer);
	dt_specs_close(s->specs);
	dt_freopen_close(dtp);
	if (s->gp_outer >= 0)
		close(s->gp_outer);
	if (s->gp_inner >= 0)
		close(s->gp_inner);
	dt_module_free(s->mod);
	dtp->module = NULL;
	free(s->mapfds);
	free(s->seen);
	free(s);
	dtp->session = NULL;
}

int
dtrace_go(dtrace_hdl_t *dtp)
{
	if (dtp->active)
		return dt_set_errno(dtp, EDT_ACTIVE);
	if (dtp->oflags & DTRACE_O_NODEV)
		return dt_set_error(dtp, EBADF, "the handle was opened for compiling only");
	if (dt_session_go(dtp) != 0)
		return -1;
	dtp->active = true;
	return 0;
}

int
dtrace_stop(dtrace_hdl_t *dtp)
{
	if (!dtp->active || dtp->stopped)
		return 0;
	dtp->stopped = true;
	return dt_session_stop(dtp);
}
