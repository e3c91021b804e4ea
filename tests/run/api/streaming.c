/* A consumer that streams: every record is taken apart by its own callbacks as it comes, and nothing is left to
 * the library. */
#include <dtrace.h>

#include <stdlib.h>
#include <string.h>

static int firings, status;

static void
fatal(dtrace_hdl_t *dtp, const char *what)
{
	fprintf(stderr, "%s: %s\n", what, dtrace_errmsg(dtp, dtrace_errno(dtp)));
	exit(1);
}

static int
on_firing(const dtrace_probedata_t *data, void *arg)
{
	static uint64_t before;
	(void)arg;
	if (data->dtpda_timestamp < before)
		printf("out of order\n");
	before = data->dtpda_timestamp;
	firings++;
	printf("%s:", data->dtpda_pdesc->dtpd_name);
	return DTRACE_CONSUME_THIS;
}

static int
on_datum(const dtrace_probedata_t *data, const dtrace_recdesc_t *rec, void *arg)
{
	uint64_t v = 0;
	(void)arg;
	if (!rec) {
		printf("\n");
		return DTRACE_CONSUME_NEXT;
	}
	switch (rec->dtrd_action) {
	case DTRACEACT_EXIT:
		memcpy(&status, data->dtpda_data, sizeof(status));
		printf(" exit(%d)", status);
		break;
	case DTRACEACT_PRINTF:
	case DTRACEACT_DIFEXPR:
		if (rec->dtrd_size <= sizeof(v)) {
			memcpy(&v, data->dtpda_data, rec->dtrd_size);
			printf(" %lld", (long long)v);
		} else {
			printf(" \"%.*s\"", (int)rec->dtrd_size, data->dtpda_data);
		}
		break;
	default:
		printf(" action %#x", rec->dtrd_action);
	}
	return DTRACE_CONSUME_NEXT;
}

int
main(void)
{
	int err, done = 0;
	dtrace_proginfo_t info;
	dtrace_hdl_t *dtp = dtrace_open(DTRACE_VERSION, 0, &err);
	if (!dtp) {
		fprintf(stderr, "dtrace_open: %s\n", dtrace_errmsg(NULL, err));
		return 1;
	}
	if (dtrace_setopt(dtp, "bufsize", "256k") != 0 || dtrace_setopt(dtp, "switchrate", "5ms") != 0)
		fatal(dtp, "dtrace_setopt");
	dtrace_prog_t *prog =
	    dtrace_program_strcompile(dtp,
				      "int n; BEGIN { trace(\"the beginning\"); trace((short)7); }"
				      "tick-2ms { printf(\"%d %s\", n, \"tick\"); n++; }"
				      "tick-2ms /n == 5/ { exit(4); }"
				      "END { trace(n); }",
				      DTRACE_PROBESPEC_NAME, 0, 0, NULL);
	if (!prog || dtrace_program_exec(dtp, prog, &info) != 0)
		fatal(dtp, "program");
	if (dtrace_go(dtp) != 0)
		fatal(dtp, "dtrace_go");
	while (!done) {
		dtrace_sleep(dtp);
		/* What dtrace_work() does, by hand. */
		switch (dtrace_status(dtp)) {
		case DTRACE_STATUS_EXITED:
		case DTRACE_STATUS_STOPPED:
			done = 1;
			if (dtrace_stop(dtp) != 0)
				fatal(dtp, "dtrace_stop");
			break;
		case -1:
			fatal(dtp, "dtrace_status");
		}
		if (dtrace_consume(dtp, stdout, on_firing, on_datum, NULL) != 0)
			fatal(dtp, "dtrace_consume");
	}
	dtrace_close(dtp);
	printf("%u probes, %d firings, status %d\n", info.dpi_matches, firings, status);
	return 0;
}
