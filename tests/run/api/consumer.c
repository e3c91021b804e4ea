/*
 * A consumer in the classic manner, against the public header alone: open, options, handlers,
 * compile, enable, go, a loop of sleep and work with callbacks, aggregations, close.
 * Compiled as C and as C++.
 */
#include <dtrace.h>
#include <stdlib.h>
#include <string.h>

static dtrace_hdl_t *g_dtp;
static int g_probes, g_records, g_ends, g_errors, g_drops, g_rows, g_exit = -1;

static void
fatal(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, dtrace_errmsg(g_dtp, dtrace_errno(g_dtp)));
	exit(1);
}

static int
chew(const dtrace_probedata_t *data, void *arg)
{
	const dtrace_probedesc_t *pd = data->dtpda_pdesc;
	(void)arg;
	g_probes++;
	printf("probe %s:%s:%s:%s id %s\n", pd->dtpd_provider, pd->dtpd_mod, pd->dtpd_func, pd->dtpd_name,
	       pd->dtpd_id == data->dtpda_edesc->dtepd_probeid ? "same" : "differs");
	return DTRACE_CONSUME_THIS;
}

static int
chewrec(const dtrace_probedata_t *data, const dtrace_recdesc_t *rec, void *arg)
{
	(void)arg;
	if (!rec) {
		g_ends++;
		return DTRACE_CONSUME_NEXT;
	}
	g_records++;
	if (rec->dtrd_action == DTRACEACT_EXIT) {
		memcpy(&g_exit, data->dtpda_data, sizeof(g_exit));
		return DTRACE_CONSUME_NEXT;
	}
	if (rec->dtrd_action == DTRACEACT_DIFEXPR && rec->dtrd_size == 8) {
		uint64_t v;
		memcpy(&v, data->dtpda_data, sizeof(v));
		printf("value 0x%llx\n", (unsigned long long)v);
		return DTRACE_CONSUME_NEXT;
	}
	return DTRACE_CONSUME_THIS;
}

static int
on_error(const dtrace_errdata_t *e, void *arg)
{
	(void)arg;
	g_errors++;
	printf("fault: %s at 0x%llx in %s\n", dtrace_faultstr(g_dtp, e->dteda_fault),
	       (unsigned long long)e->dteda_addr, e->dteda_pdesc->dtpd_name);
	return DTRACE_HANDLE_OK;
}

static int
on_drop(const dtrace_dropdata_t *d, void *arg)
{
	(void)arg;
	(void)d;
	g_drops++;
	return DTRACE_HANDLE_OK;
}

static int
walk(const dtrace_aggdata_t *agg, void *arg)
{
	const dtrace_aggdesc_t *desc = agg->dtada_desc;
	const dtrace_recdesc_t *key = &desc->dtagd_rec[1], *val = &desc->dtagd_rec[desc->dtagd_nrecs - 1];
	int64_t n;
	(void)arg;
	memcpy(&n, agg->dtada_data + val->dtrd_offset, sizeof(n));
	printf("@%s[%s] = %lld\n", desc->dtagd_name, agg->dtada_data + key->dtrd_offset, (long long)n);
	g_rows++;
	return DTRACE_AGGWALK_NEXT;
}

static int
on_stmt(dtrace_hdl_t *dtp, dtrace_prog_t *prog, dtrace_stmtdesc_t *stmt, void *arg)
{
	char text[DTRACE_FULLNAMELEN];
	(void)dtp;
	(void)prog;
	printf("clause %s\n", dtrace_desc2str(&stmt->dtsd_ecbdesc->dted_probe, text, sizeof(text)));
	++*(int *)arg;
	return 0;
}

int
main(int argc, char **argv)
{
	int err, clauses = 0, done = 0;
	dtrace_proginfo_t info;
	dtrace_optval_t size;
	if (dtrace_open(DTRACE_VERSION + 1, 0, &err) || err != EDT_VERSION)
		fatal("a version to come must be refused");
	if (!(g_dtp = dtrace_open(DTRACE_VERSION, 0, &err))) {
		fprintf(stderr, "dtrace_open: %s\n", dtrace_errmsg(NULL, err));
		return 1;
	}
	if (dtrace_setopt(g_dtp, "bufsize", "1m") != 0 || dtrace_setopt(g_dtp, "aggsize", "512k") != 0)
		fatal("dtrace_setopt");
	if (dtrace_getopt(g_dtp, "bufsize", &size) != 0 || size != 1 << 20)
		fatal("dtrace_getopt");
	if (dtrace_setopt(g_dtp, "nosuch", NULL) == 0 || dtrace_errno(g_dtp) != EDT_BADOPTNAME)
		fatal("an unknown option must be refused");
	dtrace_handle_err(g_dtp, on_error, NULL);
	dtrace_handle_drop(g_dtp, on_drop, NULL);

	dtrace_prog_t *prog = dtrace_program_strcompile(
	    g_dtp,
	    "BEGIN { trace((uint64_t)0xabcdef0123); printf(\"$1 is %d\\n\", $1); @a[\"one\"] = count(); }"
	    "BEGIN { @a[\"two\"] = sum(21); trace(*(int *)16); }"
	    "BEGIN { @c[\"x\"] = sum(-5); @c[\"y\"] = sum(7); }"
	    "tick-10ms { exit(12); }",
	    DTRACE_PROBESPEC_NAME, DTRACE_C_ZDEFS, argc, argv);
	if (!prog)
		printf("refused: %s\n", dtrace_errno(g_dtp) == EDT_COMPILER ? "it does not compile" : "?");
	prog = dtrace_program_strcompile(
	    g_dtp,
	    "BEGIN { trace((uint64_t)0xabcdef0123); printf(\"$1 is %d\\n\", $1); @a[\"one\"] = count(); }"
	    "BEGIN { @a[\"one\"] = count(); trace(*(int *)16); }"
	    "BEGIN { @c[\"x\"] = sum(-5); @c[\"y\"] = sum(7); }"
	    "tick-10ms { exit(12); }",
	    DTRACE_PROBESPEC_NAME, DTRACE_C_ZDEFS, argc, argv);
	if (!prog)
		fatal("dtrace_program_strcompile");
	if (dtrace_stmt_iter(g_dtp, prog, on_stmt, &clauses) != 0 || clauses != 4)
		fatal("dtrace_stmt_iter");
	if (dtrace_program_exec(g_dtp, prog, &info) != 0)
		fatal("dtrace_program_exec");
	printf("%u probes\n", info.dpi_matches);
	if (dtrace_go(g_dtp) != 0)
		fatal("dtrace_go");
	if (dtrace_setopt(g_dtp, "bufsize", "2m") == 0 || dtrace_errno(g_dtp) != EDT_ACTIVE)
		fatal("a static option must be refused while tracing");
	while (!done) {
		dtrace_sleep(g_dtp);
		switch (dtrace_work(g_dtp, stdout, chew, chewrec, NULL)) {
		case DTRACE_WORKSTATUS_DONE:
			done = 1;
			break;
		case DTRACE_WORKSTATUS_OKAY:
			break;
		default:
			fatal("dtrace_work");
		}
	}
	if (dtrace_stop(g_dtp) != 0)
		fatal("dtrace_stop");
	if (dtrace_aggregate_snap(g_dtp) != 0)
		fatal("dtrace_aggregate_snap");
	if (dtrace_aggregate_walk_valsorted(g_dtp, walk, NULL) != 0)
		fatal("dtrace_aggregate_walk_valsorted");
	if (dtrace_aggregate_walk_keyrevsorted(g_dtp, walk, NULL) != 0)
		fatal("dtrace_aggregate_walk_keyrevsorted");
	if (dtrace_aggregate_print(g_dtp, stdout, NULL) != 0)
		fatal("dtrace_aggregate_print");
	dtrace_close(g_dtp);
	printf("%d probes, %d ends, %d faults, %d drops, %d rows, exit %d\n", g_probes, g_ends, g_errors,
	       g_drops, g_rows, g_exit);
	return 0;
}
