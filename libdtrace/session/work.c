/*
 * work.c - the rhythm of the consumer: when to look at buffers (switchrate),
 * aggregations (aggrate) and the state of things (statusrate).
 */
#include "../../compat/compat.h"
#include "../process/maplog.h"
#include "../process/proc.h"
#include "impl.h"

#include <time.h>

enum {
	NSEC = 1000000000,
	RATE_MIN = 1000000 /* rate 0, as often as possible: once a millisecond */
};

static uint64_t
rate(const dtrace_hdl_t *dtp, enum dt_opt opt)
{
	uint64_t ns = dt_optval(dtp, opt, NSEC);
	return ns < RATE_MIN ? RATE_MIN : ns;
}

/*
 * switchrate is how long a record may wait at most.  Programs wake nobody, so while asleep the consumer
 * looks from time to time how full the buffers are (a load of a word a CPU), and comes early when they
 * fill: often enough for 100 bytes a microsecond and CPU.
 */
enum {
	LOOK_NS_PER_BYTE = 10,
	LOOK_MIN = 4000000,
	LOOK_MAX = 50000000,
	FULL_PERCENT = 25 /* option buflimit */
};

static uint64_t
look_interval(const dtrace_hdl_t *dtp, const dt_session_t *s)
{
	/* Programs cannot wake anybody here: a full buffer, and exit() into a ring, are seen by looking. */
	if (dt_read_at_end(dtp))
		return LOOK_MAX;
	uint64_t ns = dt_bufs_size(s->bufs) * LOOK_NS_PER_BYTE;
	return ns == 0 ? UINT64_MAX : ns < LOOK_MIN ? LOOK_MIN : ns > LOOK_MAX ? LOOK_MAX : ns;
}

/* Reading large aggregations takes its time: at most this part of the consumer's, whatever aggrate says. */
enum {
	AGG_SHARE = 8
};

static uint64_t
agg_due(const dtrace_hdl_t *dtp, const dt_session_t *s)
{
	uint64_t often = rate(dtp, DT_OPT_AGGRATE), seldom = AGG_SHARE * s->aggtime;
	return s->lastagg + (often > seldom ? often : seldom);
}

void
dt_walltime_set(dt_session_t *s)
{
	struct timespec ts;
	clock_gettime(CLOCK_REALTIME, &ts);
	uint64_t wall = (uint64_t)ts.tv_sec * NSEC + (uint64_t)ts.tv_nsec;
	__atomic_store_n(&s->state->walloffset, wall - dt_now(), __ATOMIC_RELAXED);
}

void
dt_kvars_set(dt_session_t *s)
{
	const dt_module_t *mod = s->mod;
	for (int i = 0; i < mod->kvars.n; i++) {
		const dt_kvaruse_t *u = &mod->kvars.p[i];
		uint64_t value[(u->size + 7) / 8]; /* first here: programs see no half-made value */
		dt_kvar_read(u->number, value, u->size);
		uint64_t *to = (uint64_t *)(void *)((char *)mod->maps.p[mod->globals].mem + u->off);
		for (uint32_t k = 0; k < u->size / 8; k++)
			__atomic_store_n(&to[k], value[k], __ATOMIC_RELAXED);
	}
}

static uint64_t
earlier(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static bool
is_draining(const dt_session_t *s)
{
	return __atomic_load_n(&s->state->activity, __ATOMIC_ACQUIRE) == DT_ACT_DRAINING;
}

void
dtrace_sleep(dtrace_hdl_t *dtp)
{
	dt_session_t *s = dtp->session;
	if (!s || s->stopped || s->filling)
		return;
	uint64_t due =
	    earlier(s->lastswitch + rate(dtp, DT_OPT_SWITCHRATE), s->laststatus + rate(dtp, DT_OPT_STATUSRATE));
	if (s->mod->aggs.n)
		due = earlier(due, agg_due(dtp, s));
	uint64_t look = look_interval(dtp, s);
	if (s->specs)
		look = earlier(look, rate(dtp, DT_OPT_CLEANRATE));
	for (uint64_t now; (now = dt_now()) < due;) {
		int rc = dt_bufs_wait(s->bufs, earlier(due - now, look));
		dt_specs_clean(s->specs);
		s->poked |= rc > 0;
		if (!dt_read_at_end(dtp))
			s->filling |= dt_bufs_fill(s->bufs) >= dt_optval(dtp, DT_OPT_BUFLIMIT, FULL_PERCENT);
		if (rc != 0 || s->filling || is_draining(s))
			return;
	}
}

int
dtrace_status(dtrace_hdl_t *dtp)
{
	dt_session_t *s = dtp->session;
	if (!s)
		return DTRACE_STATUS_NONE;
	if (s->stopped)
		return DTRACE_STATUS_STOPPED;
	if (is_draining(s))
		return s->state->filled ? DTRACE_STATUS_FILLED : DTRACE_STATUS_EXITED;
	uint64_t now = dt_now();
	if (!s->poked && now - s->laststatus < rate(dtp, DT_OPT_STATUSRATE))
		return DTRACE_STATUS_NONE;
	s->poked = false;
	s->laststatus = now;
	dt_walltime_set(s);
	dt_kvars_set(s);
	dt_procs_check(dtp);
	if (dt_drops_check(dtp, false) != 0)
		return -1;
	if (dt_procs_count(dtp) > 0 && dt_procs_running(dtp) == 0)
		return DTRACE_STATUS_EXITED;
	return DTRACE_STATUS_OKAY;
}

/* Everything that is left, once tracing has stopped. */
static dtrace_workstatus_t
finish(dtrace_hdl_t *dtp, FILE *fp, dtrace_consume_probe_f *pf, dtrace_consume_rec_f *rf, void *arg)
{
	if (dtrace_aggregate_snap(dtp) != 0 || dtrace_consume(dtp, fp, pf, rf, arg) != 0)
		return DTRACE_WORKSTATUS_ERROR;
	dt_procs_check(dtp);
	if (dt_drops_check(dtp, true) != 0)
		return DTRACE_WORKSTATUS_ERROR;
	return DTRACE_WORKSTATUS_DONE;
}

dtrace_workstatus_t
dtrace_work(dtrace_hdl_t *dtp, FILE *fp, dtrace_consume_probe_f *pf, dtrace_consume_rec_f *rf, void *arg)
{
	dt_session_t *s = dtp->session;
	if (!s)
		return DTRACE_WORKSTATUS_DONE;
	switch (dtrace_status(dtp)) {
	case -1:
		return DTRACE_WORKSTATUS_ERROR;
	case DTRACE_STATUS_EXITED:
	case DTRACE_STATUS_FILLED:
		if (dtrace_stop(dtp) != 0)
			return DTRACE_WORKSTATUS_ERROR;
		/* fallthrough */
	case DTRACE_STATUS_STOPPED:
		return finish(dtp, fp, pf, rf, arg);
	default:
		break;
	}
	dt_maplog_read(dtp);
	uint64_t now = dt_now();
	if (s->mod->aggs.n && now >= agg_due(dtp, s)) {
		s->lastagg = now;
		if (dtrace_aggregate_snap(dtp) != 0)
			return DTRACE_WORKSTATUS_ERROR;
		s->aggtime = dt_now() - now;
	}
	if (s->filling || now - s->lastswitch >= rate(dtp, DT_OPT_SWITCHRATE)) {
		s->lastswitch = now;
		/* Records may take longer than programs take to make more of them (system()): a pass that went
		 * on to the end would see the next one grow, and neither ^C nor the end of a -c command for
		 * ever. */
		int rc = dt_consume_for(dtp, rate(dtp, DT_OPT_STATUSRATE), fp, pf, rf, arg);
		if (rc < 0)
			return DTRACE_WORKSTATUS_ERROR;
		s->filling = rc == 1;
	}
	return DTRACE_WORKSTATUS_OKAY;
}
