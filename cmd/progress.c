/*
 * progress.c - what takes long says so: on a terminal, after the first half second, one
 * line on stderr that is gone when the work is done.  The library names what it is at
 * (dtrace_handle_progress); a thread prints it, as the work may be one long system call.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cmd.h"

enum {
	FIRST_MS = 500,
	NEXT_MS = 100
};

static struct {
	pthread_mutex_t lock;
	pthread_cond_t over;
	pthread_t thread;
	bool running, ending;
	bool shown; /* the line stands on the terminal */
	char what[96];
	unsigned long long done, total;
} p = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void
on_progress(const dtrace_progressdata_t *data, void *arg)
{
	(void)arg;
	pthread_mutex_lock(&p.lock);
	snprintf(p.what, sizeof(p.what), "%s", data->dtpgd_what);
	p.done = data->dtpgd_done;
	p.total = data->dtpgd_total;
	pthread_mutex_unlock(&p.lock);
}

static void
hide(void)
{
	if (p.shown)
		fputs("\r\033[K", stderr);
	p.shown = false;
}

static void
show(void)
{
	if (!p.what[0])
		return;
	fputs("\r\033[K", stderr);
	fprintf(stderr, "dtrace: %s", p.what);
	if (p.total > 1)
		fprintf(stderr, " %llu of %llu", p.done, p.total);
	fputs("...", stderr);
	fflush(stderr);
	p.shown = true;
}

static void *
print_line(void *arg)
{
	(void)arg;
	struct timespec due;
	long ms = FIRST_MS;
	clock_gettime(CLOCK_MONOTONIC, &due);
	pthread_mutex_lock(&p.lock);
	while (!p.ending) {
		due.tv_nsec += ms * 1000000;
		due.tv_sec += due.tv_nsec / 1000000000;
		due.tv_nsec %= 1000000000;
		int rc = 0;
		while (!p.ending && rc != ETIMEDOUT)
			rc = pthread_cond_timedwait(&p.over, &p.lock, &due);
		if (!p.ending)
			show();
		ms = NEXT_MS;
	}
	hide();
	pthread_mutex_unlock(&p.lock);
	return NULL;
}

void
progress_begin(cmd_t *cmd)
{
	static bool registered;
	if (p.running || option_on(cmd, "quiet") || !isatty(STDERR_FILENO) ||
	    dtrace_handle_progress(cmd->dtp, on_progress, cmd) != 0)
		return;
	pthread_condattr_t attr;
	sigset_t all, old;
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&p.over, &attr);
	pthread_condattr_destroy(&attr);
	p.ending = false;
	p.what[0] = '\0';
	sigfillset(&all); /* signals are for the thread that traces */
	pthread_sigmask(SIG_SETMASK, &all, &old);
	if (!registered)
		atexit(progress_end); /* whichever way it ends, the line goes */
	registered = true;
	p.running = pthread_create(&p.thread, NULL, print_line, NULL) == 0;
	pthread_sigmask(SIG_SETMASK, &old, NULL);
}

void
progress_end(void)
{
	if (!p.running)
		return;
	pthread_mutex_lock(&p.lock);
	p.ending = true;
	pthread_cond_signal(&p.over);
	pthread_mutex_unlock(&p.lock);
	pthread_join(p.thread, NULL);
	p.running = false;
	pthread_cond_destroy(&p.over);
}

void
progress_pause(void)
{
	pthread_mutex_lock(&p.lock);
	hide();
	pthread_mutex_unlock(&p.lock);
}
