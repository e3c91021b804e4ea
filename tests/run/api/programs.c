/* Programs: compiling text and files, what they tell of themselves, enabling, statements. */
#include "check.h"

static int
count_statements(dtrace_hdl_t *dtp, dtrace_prog_t *prog, dtrace_stmtdesc_t *stmt, void *arg)
{
	int *n = arg;
	CHECK(dtp == g_dtp && prog);
	CHECK(!stmt->dtsd_action && stmt->dtsd_ecbdesc);
	if (++*n == 1) {
		SAME(stmt->dtsd_ecbdesc->dted_probe.dtpd_name, "BEGIN");
		CHECK(!stmt->dtsd_ecbdesc->dted_pred.dtpdd_predicate);
	} else if (*n == 2) {
		SAME(stmt->dtsd_ecbdesc->dted_probe.dtpd_name, "END");
		CHECK(stmt->dtsd_ecbdesc->dted_pred.dtpdd_predicate);
	} else {
		return 7;
	}
	return 0;
}

static void
compiling(void)
{
	char *const args[] = {(char *)"prog", (char *)"11", NULL};
	dtrace_proginfo_t info;
	open_handle(0);
	dtrace_prog_t *p = dtrace_program_strcompile(
	    g_dtp,
	    "BEGIN { trace($1); @a = count(); } END /pid/ { @b = sum(1); exit(0); } tick-1s { speculate(1); }",
	    DTRACE_PROBESPEC_NAME, 0, 2, args);
	CHECK(p);
	memset(&info, 0xff, sizeof(info));
	dtrace_program_info(g_dtp, p, &info);
	CHECK(info.dpi_aggregates == 2);
	CHECK(info.dpi_recgens == 3);
	CHECK(info.dpi_matches == 3);
	CHECK(info.dpi_speculations == 1);
	CHECK(info.dpi_descattr.dtat_name == DTRACE_STABILITY_UNSTABLE);
	dtrace_program_info(g_dtp, p, NULL);
	int n = 0;
	CHECK(dtrace_stmt_iter(g_dtp, p, count_statements, &n) == 7 && n == 3);
	FAILS(dtrace_stmt_iter(g_dtp, NULL, count_statements, &n) == -1, EINVAL);

	FAILS(!dtrace_program_strcompile(g_dtp, "BEGIN { x = ; }", DTRACE_PROBESPEC_NAME, 0, 0, NULL),
	      EDT_COMPILER);
	CHECK(strstr(dtrace_errmsg(g_dtp, EDT_COMPILER), "syntax error"));
	FAILS(!dtrace_program_strcompile(g_dtp, "BEGIN", DTRACE_PROBESPEC_NAME, 0x80000000, 0, NULL), EINVAL);
	FAILS(!dtrace_program_strcompile(g_dtp, NULL, DTRACE_PROBESPEC_NAME, 0, 0, NULL), EINVAL);
	FAILS(!dtrace_program_strcompile(g_dtp, "BEGIN", (dtrace_probespec_t)4, 0, 0, NULL), EINVAL);
	FAILS(!dtrace_program_strcompile(g_dtp, "BEGIN", DTRACE_PROBESPEC_NAME, 0, 1, NULL), EINVAL);
	FAILS(!dtrace_program_strcompile(g_dtp, "", DTRACE_PROBESPEC_NAME, 0, 0, NULL), EDT_COMPILER);
	CHECK(dtrace_program_strcompile(g_dtp, "", DTRACE_PROBESPEC_NAME, DTRACE_C_EMPTY, 0, NULL));

	char text[] = "#define X 5\nBEGIN { exit(X); }\n", bad[] = "BEGIN\n{\n\tnosuch();\n}\n";
	FILE *fp = fmemopen(text, strlen(text), "r");
	CHECK((p = dtrace_program_fcompile(g_dtp, fp, DTRACE_C_CPP, 1, args)));
	fclose(fp);
	fp = fmemopen(bad, strlen(bad), "r");
	FAILS(!dtrace_program_fcompile(g_dtp, fp, 0, 1, args), EDT_COMPILER);
	CHECK(strstr(dtrace_errmsg(g_dtp, EDT_COMPILER), "line 3"));
	fclose(fp);
	FAILS(!dtrace_program_fcompile(g_dtp, NULL, 0, 0, NULL), EINVAL);
	close_handle();
}

static void
enabling(void)
{
	dtrace_proginfo_t info;
	open_handle(0);
	dtrace_prog_t *p = compile("BEGIN { system(\"true\"); }");
	FAILS(dtrace_program_exec(g_dtp, p, &info) == -1, EDT_DESTRUCTIVE);
	p = compile("BEGIN { exit(3); }");
	CHECK(dtrace_program_exec(g_dtp, p, &info) == 0 && info.dpi_matches == 1);
	FAILS(dtrace_program_exec(g_dtp, NULL, &info) == -1, EINVAL);
	dtrace_prog_t *late = compile("END");
	CHECK(dtrace_status(g_dtp) == DTRACE_STATUS_NONE);
	CHECK(dtrace_stop(g_dtp) == 0);
	CHECK(dtrace_consume(g_dtp, stdout, NULL, NULL, NULL) == 0);
	CHECK(dtrace_work(g_dtp, stdout, NULL, NULL, NULL) == DTRACE_WORKSTATUS_DONE);
	CHECK(dtrace_go(g_dtp) == 0);
	FAILS(dtrace_go(g_dtp) == -1, EDT_ACTIVE);
	FAILS(dtrace_program_exec(g_dtp, late, NULL) == -1, EDT_ACTIVE);
	CHECK(dtrace_status(g_dtp) == DTRACE_STATUS_EXITED);
	CHECK(dtrace_stop(g_dtp) == 0 && dtrace_stop(g_dtp) == 0);
	CHECK(dtrace_status(g_dtp) == DTRACE_STATUS_STOPPED);
	CHECK(dtrace_work(g_dtp, stdout, NULL, NULL, NULL) == DTRACE_WORKSTATUS_DONE);
	close_handle();
}

static int
note(const dtrace_probedata_t *data, void *arg)
{
	strcat(arg, data->dtpda_pdesc->dtpd_name);
	CHECK(data->dtpda_edesc->dtepd_nrecs == 0);
	return DTRACE_CONSUME_NEXT;
}

static void
by_hand(void)
{
	char seen[256] = "";
	dtrace_ecbdesc_t ecb = {0};
	dtrace_proginfo_t info;
	open_handle(0);
	dtrace_prog_t *p = dtrace_program_create(g_dtp);
	CHECK(dtrace_str2desc(g_dtp, DTRACE_PROBESPEC_NAME, "dtrace:::BEGIN", &ecb.dted_probe) == 0);
	dtrace_stmtdesc_t *s = dtrace_stmt_create(g_dtp, &ecb);
	CHECK(s && s->dtsd_ecbdesc != &ecb);
	FAILS(!dtrace_stmt_action(g_dtp, s), ENOTSUP);
	CHECK(dtrace_stmt_add(g_dtp, p, s) == 0);
	strcpy(ecb.dted_probe.dtpd_name, "END");
	CHECK(dtrace_stmt_add(g_dtp, p, dtrace_stmt_create(g_dtp, &ecb)) == 0);
	strcpy(ecb.dted_probe.dtpd_provider, "nosuch");
	s = dtrace_stmt_create(g_dtp, &ecb);
	FAILS(dtrace_stmt_add(g_dtp, p, s) == -1, EDT_COMPILER);
	dtrace_stmt_destroy(g_dtp, s);
	dtrace_stmt_destroy(g_dtp, NULL);
	FAILS(!dtrace_stmt_create(g_dtp, NULL), EINVAL);
	dtrace_prog_t *gone = compile("BEGIN { exit(1); }");
	dtrace_program_destroy(g_dtp, gone);
	FAILS(dtrace_program_exec(g_dtp, gone, NULL) == -1, EINVAL);
	CHECK(dtrace_program_exec(g_dtp, p, &info) == 0 && info.dpi_matches == 2);
	FAILS(dtrace_stmt_add(g_dtp, p, NULL) == -1, EINVAL);
	CHECK(dtrace_go(g_dtp) == 0 && dtrace_stop(g_dtp) == 0);
	CHECK(run(stdout, note, NULL, seen) == 0);
	SAME(seen, "BEGINEND");
	FAILS(dtrace_program_link(g_dtp, p, 0, "x.o", 0, NULL) == -1, ENOTSUP);
	CHECK(strstr(dtrace_errmsg(g_dtp, ENOTSUP), "USDT"));
	char header[4096] = "";
	FILE *fp = fmemopen(header, sizeof(header), "w");
	CHECK(compile("provider mine { probe hit(int); }; BEGIN { exit(0); }"));
	CHECK(dtrace_program_header(g_dtp, fp, "x.h") == 0);
	fclose(fp);
	CHECK(strstr(header, "_X_H") && strstr(header, "MINE_HIT"));
	FAILS(dtrace_program_header(g_dtp, NULL, "x.h") == -1, EINVAL);
	FAILS(!dtrace_dof_create(g_dtp, p, 0), ENOTSUP);
	FAILS(!dtrace_getopt_dof(g_dtp), ENOTSUP);
	FAILS(!dtrace_geterr_dof(g_dtp), ENOTSUP);
	dtrace_dof_destroy(g_dtp, NULL);
	close_handle();
}

int
main(void)
{
	compiling();
	enabling();
	by_hand();
	return ended();
}
