/*
 * consumer.c - an example of a program that traces through libdtrace: which system calls a command makes, how
 * often, and how long they take on average.
 *
 *     cc consumer.c -o consumer $(pkg-config --cflags --libs libdtrace)
 *     sudo ./consumer ls -l /usr
 */
#include <dtrace.h>

#include <stdlib.h>
#include <string.h>

static const char program[] = "syscall:::entry /pid == $target/ { self->start = timestamp; }"
			      "syscall:::return /self->start/ {"
			      "	@calls[probefunc] = count();"
			      "	@time[probefunc] = avg(timestamp - self->start);"
			      "	self->start = 0;"
			      "}";

static void
fatal(dtrace_hdl_t *dtp, const char *what)
{
	fprintf(stderr, "consumer: %s: %s\n", what, dtrace_errmsg(dtp, dtrace_errno(dtp)));
	dtrace_close(dtp);
	exit(1);
}

/* Faults and drops: told, and passed over.  Without these handlers the first one would end tracing. */
static int
on_fault(const dtrace_errdata_t *data, void *arg)
{
	(void)arg;
	fprintf(stderr, "consumer: %s", data->dteda_msg);
	return DTRACE_HANDLE_OK;
}

static int
on_drop(const dtrace_dropdata_t *data, void *arg)
{
	(void)arg;
	fprintf(stderr, "consumer: %s", data->dtdda_msg);
	return DTRACE_HANDLE_OK;
}

/* The words of an aggregation's value: its last record.  sys/dtrace.h tells what they are. */
static const int64_t *
words(const dtrace_aggdata_t *row)
{
	const dtrace_recdesc_t *rec = &row->dtada_desc->dtagd_rec[row->dtada_desc->dtagd_nrecs - 1];
	return (const int64_t *)(const void *)(row->dtada_data + rec->dtrd_offset);
}

/* rows[0] has the key, rows[1] the row of @calls, rows[2] that of @time. */
static int
print_row(const dtrace_aggdata_t **rows, const int n, void *arg)
{
	const char *name = rows[0]->dtada_data + rows[0]->dtada_desc->dtagd_rec[1].dtrd_offset;
	const int64_t *calls = words(rows[1]), *avg = words(rows[2]); /* count, sum */
	(void)n;
	(void)arg;
	printf("%-24s %8lld %12lld\n", name, (long long)calls[0], avg[0] ? (long long)(avg[1] / avg[0]) : 0);
	return DTRACE_AGGWALK_NEXT;
}

int
main(int argc, char **argv)
{
	int err, done = 0;
	dtrace_aggvarid_t columns[] = {1, 2}; /* in order of first mention */
	if (argc < 2) {
		fprintf(stderr, "usage: consumer command [argument ...]\n");
		return 2;
	}
	dtrace_hdl_t *dtp = dtrace_open(DTRACE_VERSION, 0, &err);
	if (!dtp) {
		fprintf(stderr, "consumer: %s\n", dtrace_errmsg(NULL, err));
		return 1;
	}
	if (dtrace_setopt(dtp, "aggsize", "1m") != 0 || dtrace_setopt(dtp, "aggsortrev", NULL) != 0 ||
	    dtrace_handle_err(dtp, on_fault, NULL) != 0 || dtrace_handle_drop(dtp, on_drop, NULL) != 0)
		fatal(dtp, "cannot set up");
	/* Before compiling: the program's $target is this process. */
	struct ps_prochandle *proc = dtrace_proc_create(dtp, argv[1], argv + 1);
	if (!proc)
		fatal(dtp, argv[1]);
	dtrace_prog_t *prog = dtrace_program_strcompile(dtp, program, DTRACE_PROBESPEC_NAME, 0, 0, NULL);
	if (!prog)
		fatal(dtp, "cannot compile");
	if (dtrace_program_exec(dtp, prog, NULL) != 0 || dtrace_go(dtp) != 0)
		fatal(dtp, "cannot trace");
	dtrace_proc_continue(dtp, proc);

	/* Until the command has ended. */
	while (!done) {
		dtrace_sleep(dtp);
		switch (dtrace_work(dtp, stdout, NULL, NULL, NULL)) {
		case DTRACE_WORKSTATUS_DONE:
			done = 1;
			break;
		case DTRACE_WORKSTATUS_OKAY:
			break;
		default:
			fatal(dtp, "tracing ended");
		}
	}
	printf("%-24s %8s %12s\n", "SYSTEM CALL", "CALLS", "AVERAGE ns");
	if (dtrace_aggregate_walk_joined(dtp, columns, 2, print_row, NULL) != 0)
		fatal(dtp, "cannot print");
	dtrace_close(dtp);
	return 0;
}
