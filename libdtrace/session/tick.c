/*
 * tick.c - tick-N probes: one thread that sleeps until the next one is due and runs
 * its program in the kernel.  No CPU's own timer is involved, so a tick fires whichever
 * CPUs sleep.
 *
 * Due times are absolute multiples of the period after the start.  A thread woken late
 * fires once for every interval that has gone by, so that none is lost; only when it
 * could not run for more than a second (the tracer was stopped) are the intervals
 * beyond that second left out, as a burst of old ticks helps nobody.
 */
#include "impl.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum {
	NSEC = 1000000000
};

typedef struct tick {
	int prog_fd;
	uint64_t period, next; /* ns */
} tick_t;

struct dt_ticks {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t cond; /* on CLOCK_MONOTONIC */
	bool stop;
	const struct dt_state *state;
	tick_t *heap; /* the one due first at [0] */
	int n;
	int cpu; /* where programs run, -1: anywhere */
};

static void
sift_down(tick_t *heap, int n, int i)
{
	for (;;) {
		int least = i;
		for (int c = 2 * i + 1; c <= 2 * i + 2 && c < n; c++)
			if (heap[c].next < heap[least].next)
				least = c;
		if (least == i)
			return;
		tick_t t = heap[i];
		heap[i] = heap[least];
		heap[least] = t;
		i = least;
	}
}

/* Wait until `when`; false when it is time to end. */
static bool
sleep_until(dt_ticks_t *t, uint64_t when)
{
	const struct timespec ts = {(time_t)(when / NSEC), (long)(when % NSEC)};
	pthread_mutex_lock(&t->lock);
	while (!t->stop && pthread_cond_timedwait(&t->cond, &t->lock, &ts) == 0)
		continue;
	bool go_on = !t->stop;
	pthread_mutex_unlock(&t->lock);
	return go_on;
}

static bool
is_active(const dt_ticks_t *t)
{
	return __atomic_load_n(&t->state->activity, __ATOMIC_ACQUIRE) == DT_ACT_ACTIVE;
}

static void *
run(void *arg)
{
	dt_ticks_t *t = arg;
	/* A tick should not wait behind the load it observes; refused without privilege, and no harm done. */
	setpriority(PRIO_PROCESS, 0, -20);
	while (is_active(t) && sleep_until(t, t->heap[0].next) && is_active(t)) {
		tick_t *first = &t->heap[0];
		int err = dt_prog_run(first->prog_fd, t->cpu);
		if (err)
			dt_debug("tick of %llu ns cannot run: %s", (unsigned long long)first->period,
				 strerror(-err));
		first->next += first->period;
		uint64_t now = dt_now();
		if (first->next + NSEC < now)
			first->next += (now - NSEC - first->next) / first->period * first->period;
		sift_down(t->heap, t->n, 0);
	}
	return NULL;
}

static void
ticks_free(dt_ticks_t *t)
{
	pthread_cond_destroy(&t->cond);
	pthread_mutex_destroy(&t->lock);
	free(t->heap);
	free(t);
}

/* Signals are for the tracer's own thread: this one blocks all of them. */
static int
start_thread(dt_ticks_t *t)
{
	sigset_t all, old;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	int err = pthread_create(&t->thread, NULL, run, t);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	return err;
}

dt_ticks_t *
dt_ticks_start(dtrace_hdl_t *dtp, dt_module_t *mod, const struct dt_state *state)
{
	dt_ticks_t *t = dt_xcalloc(1, sizeof(*t));
	t->state = state;
	t->cpu = dt_run_cpu(dtp);
	t->heap = dt_xcalloc((size_t)mod->units.n, sizeof(tick_t));
	pthread_mutex_init(&t->lock, NULL);
	pthread_condattr_t attr;
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&t->cond, &attr);
	pthread_condattr_destroy(&attr);

	uint64_t now = dt_now();
	for (int i = 0; i < mod->units.n; i++) {
		const dt_unit_t *u = mod->units.p[i];
		if (u->site.trigger == DT_TRIGGER_TICK && u->site.period)
			t->heap[t->n++] = (tick_t){u->prog_fd, u->site.period, now + u->site.period};
	}
	for (int i = t->n / 2; i-- > 0;)
		sift_down(t->heap, t->n, i);
	if (t->n == 0)
		return t;
	int err = start_thread(t);
	if (err) {
		ticks_free(t);
		dt_set_error(dtp, err, "cannot start the timer thread of the tick probes: %s", strerror(err));
		return NULL;
	}
	return t;
}

void
dt_ticks_stop(dt_ticks_t *t)
{
	if (!t)
		return;
	if (t->n) {
		pthread_mutex_lock(&t->lock);
		t->stop = true;
		pthread_cond_signal(&t->cond);
		pthread_mutex_unlock(&t->lock);
		pthread_join(t->thread, NULL);
	}
	ticks_free(t);
}
