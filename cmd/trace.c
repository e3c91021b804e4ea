/*
 * trace.c - tracing: from dtrace_go() to the last aggregation.
 *
 * The first SIGINT, SIGTERM or SIGHUP ends tracing in good order; after a second nothing more is
 * printed but the final newline; a third kills, as nothing of ours outlives the process.  Before tracing is on,
 * which may take long, the first kills already.  Who sends signals may send one to the process and the same to
 * its group (timeout(1) does): what comes at once with the first is the first.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cmd.h"

#define AT_ONCE_NS 300000000 /* no hand is that fast */

static volatile sig_atomic_t interrupts;

static void
on_interrupt(int sig)
{
	static struct timespec first;
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	if (interrupts == 0)
		first = now;
	else if ((now.tv_sec - first.tv_sec) * 1000000000LL + now.tv_nsec - first.tv_nsec < AT_ONCE_NS)
		return;
	if (++interrupts >= 3) {
		signal(sig, SIG_DFL);
		raise(sig);
	}
}

/* ------------------------------------------------------------------ reports */

/* Messages of the library bring their own newline. */
static void
pass_on(cmd_t *cmd, const char *msg)
{
	if (cmd->out)
		fflush(cmd->out);
	size_t n = strlen(msg);
	fprintf(stderr, "dtrace: %s%s", msg, n && msg[n - 1] == '\n' ? "" : "\n");
}

static int
on_error(const dtrace_errdata_t *data, void *arg)
{
	pass_on(arg, data->dteda_msg);
	return DTRACE_HANDLE_OK;
}

static int
on_drop(const dtrace_dropdata_t *data, void *arg)
{
	pass_on(arg, data->dtdda_msg);
	return DTRACE_HANDLE_OK;
}

static void
on_process(struct ps_prochandle *proc, const char *msg, void *arg)
{
	cmd_t *cmd = arg;
	cmd->live--;
	(void)proc;
	if (!cmd->quiet)
		pass_on(cmd, msg);
}

static int
on_setopt(const dtrace_setoptdata_t *data, void *arg)
{
	cmd_t *cmd = arg;
	bool on = data->dtsda_newval != DTRACEOPT_UNSET && data->dtsda_newval != 0;
	if (strcmp(data->dtsda_option, "quiet") == 0)
		cmd->quiet = on;
	else if (strcmp(data->dtsda_option, "flowindent") == 0)
		cmd->flow = on;
	return DTRACE_HANDLE_OK;
}

void
set_handlers(cmd_t *cmd)
{
	if (dtrace_handle_err(cmd->dtp, on_error, cmd) != 0 ||
	    dtrace_handle_drop(cmd->dtp, on_drop, cmd) != 0 ||
	    dtrace_handle_proc(cmd->dtp, on_process, cmd) != 0 ||
	    dtrace_handle_setopt(cmd->dtp, on_setopt, cmd) != 0)
		fatal(cmd, "failed to initialize dtrace");
}

/* ------------------------------------------------------------------ records */

static void
print_heading(cmd_t *cmd)
{
	static bool done;
	if (done)
		return;
	done = true;
	if (cmd->flow)
		fprintf(cmd->out, "%3s %-41s\n", "CPU", "FUNCTION");
	else if (!cmd->quiet)
		fprintf(cmd->out, "%3s %6s %32s\n", "CPU", "ID", "FUNCTION:NAME");
}

static int
on_firing(const dtrace_probedata_t *data, void *arg)
{
	cmd_t *cmd = arg;
	const dtrace_probedesc_t *pd = data->dtpda_pdesc;
	char name[256 + DTRACE_FUNCNAMELEN + DTRACE_NAMELEN];
	if (interrupts > 1)
		return DTRACE_CONSUME_ABORT;
	if (cmd->structured)
		return DTRACE_CONSUME_THIS;
	print_heading(cmd);
	if (cmd->flow) {
		int indent = data->dtpda_indent < 200 ? data->dtpda_indent : 200;
		bool other = data->dtpda_flow == DTRACEFLOW_NONE;
		snprintf(name, sizeof(name), "%*s%s%s%s%s", indent, "",
			 data->dtpda_prefix ? data->dtpda_prefix : "", pd->dtpd_func, other ? ":" : "",
			 other ? pd->dtpd_name : "");
		fprintf(cmd->out, "%3d %-41s ", data->dtpda_cpu, name);
	} else if (!cmd->quiet) {
		int room = 32 - 1 - (int)strlen(pd->dtpd_func) - (int)strlen(pd->dtpd_name);
		fprintf(cmd->out, "%3d %6u %*s%s:%s ", data->dtpda_cpu, pd->dtpd_id, room > 0 ? room : 0, "",
			pd->dtpd_func, pd->dtpd_name);
	}
	return DTRACE_CONSUME_THIS;
}

static bool
is_end(const dtrace_probedesc_t *pd)
{
	return strcmp(pd->dtpd_provider, "dtrace") == 0 && strcmp(pd->dtpd_name, "END") == 0;
}

static int
on_record(const dtrace_probedata_t *data, const dtrace_recdesc_t *rec, void *arg)
{
	cmd_t *cmd = arg;
	if (!rec) {
		if (!cmd->quiet && !cmd->structured)
			fputc('\n', cmd->out);
		return DTRACE_CONSUME_NEXT;
	}
	if (rec->dtrd_action == DTRACEACT_EXIT) {
		int32_t status;
		memcpy(&status, data->dtpda_data, sizeof(status));
		/* The first one wins, but an END clause has the last word. */
		if (!cmd->exited || is_end(data->dtpda_pdesc))
			cmd->status = status & 0xff;
		cmd->exited = true;
		return DTRACE_CONSUME_NEXT;
	}
	return DTRACE_CONSUME_THIS;
}

/* ---------------------------------------------------------------- the notes */

typedef enum unit {
	SIZE,
	RATE
} unit_t;

/* Values the library may lower, raise or round when tracing starts. */
static struct adjust {
	const char *opt, *what;
	unit_t unit;
	dtrace_optval_t asked;
} adjusts[] = {{"bufsize", "buffer size", SIZE, 0},       {"aggsize", "aggregation size", SIZE, 0},
	       {"specsize", "speculation size", SIZE, 0}, {"dynvarsize", "dynamic variable size", SIZE, 0},
	       {"cleanrate", "cleaning rate", RATE, 0},   {"statusrate", "status rate", RATE, 0}};
enum {
	NADJUSTS = sizeof(adjusts) / sizeof(adjusts[0])
};

static void
remember_asked(cmd_t *cmd)
{
	for (int i = 0; i < NADJUSTS; i++)
		if (dtrace_getopt(cmd->dtp, adjusts[i].opt, &adjusts[i].asked) != 0)
			adjusts[i].asked = DTRACEOPT_UNSET;
}

static void
note_size(const char *what, uint64_t size)
{
	static const char units[] = "gmk";
	for (int i = 0; i < 3; i++) {
		int shift = 10 * (3 - i);
		if (size && (size & ((1ULL << shift) - 1)) == 0) {
			complain("%s lowered to %llu%c", what, (unsigned long long)(size >> shift), units[i]);
			return;
		}
	}
	complain("%s lowered to %llu bytes", what, (unsigned long long)size);
}

static void
note_rate(const char *what, uint64_t asked, uint64_t ns)
{
	const uint64_t second = 1000000000;
	/* A longer interval is a lower rate. */
	const char *how = ns > asked ? "reduced" : "increased";
	if (ns && ns <= second && second % ns == 0)
		complain("%s %s to %llu hz", what, how, (unsigned long long)(second / ns));
	else if (ns % second == 0)
		complain("%s %s to once every %llu seconds", what, how, (unsigned long long)(ns / second));
	else
		complain("%s %s to once every %llu nanoseconds", what, how, (unsigned long long)ns);
}

static void
note_adjusted(cmd_t *cmd)
{
	for (int i = 0; i < NADJUSTS; i++) {
		const struct adjust *a = &adjusts[i];
		dtrace_optval_t now;
		if (a->asked == DTRACEOPT_UNSET || dtrace_getopt(cmd->dtp, a->opt, &now) != 0 ||
		    now == a->asked)
			continue;
		if (a->unit == RATE)
			note_rate(a->what, a->asked, now);
		else if (now < a->asked && !option_on(cmd, "quietresize"))
			note_size(a->what, now);
	}
}

/* ------------------------------------------------------------------ the run */

static void
catch_signals(void)
{
	/* It ends the sleep it comes in all the same (epoll), but not a write that waits for a slow reader:
	 * nothing would say what of it arrived, and all that follows would be lost. */
	struct sigaction sa = {.sa_handler = on_interrupt, .sa_flags = SA_RESTART}, old;
	static const int sigs[] = {SIGINT, SIGTERM, SIGHUP};
	for (int i = 0; i < 3; i++)
		/* Started with the signal ignored (nohup, a shell's background job): stays so. */
		if (sigaction(sigs[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
			sigaction(sigs[i], &sa, NULL);
}

static void
stop(cmd_t *cmd)
{
	progress_begin(cmd);
	if (dtrace_stop(cmd->dtp) != 0)
		fatal(cmd, "couldn't stop tracing");
	progress_end();
}

void
trace(cmd_t *cmd)
{
	if (!cmd->quiet && option_on(cmd, "destructive"))
		complain("allowing destructive actions");
	remember_asked(cmd);
	progress_begin(cmd);
	if (dtrace_go(cmd->dtp) != 0)
		fatal(cmd, "could not enable tracing");
	catch_signals();
	progress_end();
	note_adjusted(cmd);
	dtrace_set_outfp(cmd->out);
	dtrace_oformat_setup(cmd->dtp);
	for (int i = 0; i < cmd->nprocs; i++)
		dtrace_proc_continue(cmd->dtp, cmd->procs[i]);

	bool stopped = false, done = false;
	while (!done) {
		if (!stopped && !interrupts && (cmd->nprocs == 0 || cmd->live > 0))
			dtrace_sleep(cmd->dtp);
		if (!stopped && (interrupts || (cmd->nprocs > 0 && cmd->live == 0))) {
			if (interrupts && !cmd->structured) {
				fputc('\n', cmd->out);
				flush_output(cmd);
			}
			stop(cmd);
			stopped = true;
		}
		switch (dtrace_work(cmd->dtp, cmd->out, on_firing, on_record, cmd)) {
		case DTRACE_WORKSTATUS_DONE:
			done = true;
			break;
		case DTRACE_WORKSTATUS_OKAY:
			/* Stopped, and everything read. */
			done = stopped;
			break;
		case DTRACE_WORKSTATUS_ERROR:
			if (interrupts > 1) {
				done = true;
			} else if (ferror(cmd->out)) {
				flush_output(cmd);
			} else if (dtrace_errno(cmd->dtp) != EINTR) {
				fflush(cmd->out);
				fatal(cmd, "processing aborted");
			}
			break;
		}
		flush_output(cmd);
	}

	if (!cmd->structured)
		fputc('\n', cmd->out);
	bool with_aggs = interrupts < 2 && (!cmd->structured || cmd->aggs_at_end);
	if (with_aggs && dtrace_aggregate_print(cmd->dtp, cmd->out, NULL) != 0 && !ferror(cmd->out)) {
		fflush(cmd->out);
		complain_why(cmd, "failed to print aggregations");
		cmd->status = EXIT_FAILURE;
	}
	dtrace_oformat_teardown(cmd->dtp);
	flush_output(cmd);
}
