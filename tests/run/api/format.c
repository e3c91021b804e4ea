/* Formats: made, looked up, and records printed through them by the consumer itself. */
#include "check.h"

static void
formats(void)
{
	char text[64];
	open_handle(0);
	void *f = dtrace_printf_create(g_dtp, "%5d|%s");
	CHECK(f && dtrace_printf_format(g_dtp, f, text, sizeof(text)) == 6);
	SAME(text, "%5d|%s");
	CHECK(dtrace_printf_format(g_dtp, f, text, 3) == 6);
	FAILS(dtrace_printf_format(g_dtp, NULL, text, sizeof(text)) == 0, EINVAL);
	SAME(text, "%5");
	CHECK(dtrace_printa_create(g_dtp, "%@d"));
	FAILS(!dtrace_printf_create(g_dtp, "%@d"), EDT_COMPILER);
	FAILS(!dtrace_printf_create(g_dtp, "%q"), EDT_COMPILER);
	FAILS(!dtrace_printf_create(g_dtp, ""), EDT_COMPILER);
	FAILS(!dtrace_printf_create(g_dtp, NULL), EINVAL);
	FAILS(!dtrace_printa_create(g_dtp, NULL), EINVAL);
	FAILS(!dtrace_format_lookup(g_dtp, 0), EINVAL);
	FAILS(!dtrace_format_lookup(g_dtp, 1), EINVAL);

	/* Records of one's own. */
	const struct {
		int32_t n;
		char s[12];
	} data = {-3, "hello"};
	const dtrace_recdesc_t recs[] = {
	    {.dtrd_action = DTRACEACT_PRINTF, .dtrd_size = 4, .dtrd_offset = 0, .dtrd_uarg = 1},
	    {.dtrd_action = DTRACEACT_PRINTF, .dtrd_size = 12, .dtrd_offset = 4, .dtrd_uarg = 1},
	    {.dtrd_action = DTRACEACT_PRINTF, .dtrd_size = 4, .dtrd_offset = 0, .dtrd_uarg = 2}};
	char out[256] = "";
	FILE *fp = fmemopen(out, sizeof(out), "w");
	f = dtrace_printf_create(g_dtp, "%i|%s|\n");
	CHECK(dtrace_fprintf(g_dtp, fp, f, NULL, recs, 3, &data, sizeof(data)) == 2);
	CHECK(dtrace_fprintf(g_dtp, fp, dtrace_printf_create(g_dtp, "plain\n"), NULL, NULL, 0, NULL, 0) == 0);
	fclose(fp);
	SAME(out, "-3|hello|\nplain\n");
	fp = fopen("/dev/null", "w");
	FAILS(dtrace_fprintf(g_dtp, fp, f, NULL, recs, 3, &data, 8) == -1, EDT_DOFFSET);
	FAILS(dtrace_fprintf(g_dtp, fp, dtrace_printf_create(g_dtp, "%d%d%d"), NULL, recs, 1, &data, 16) == -1,
	      EDT_DMISMATCH);
	FAILS(dtrace_fprintf(g_dtp, fp, dtrace_printf_create(g_dtp, "%d"), NULL, recs + 1, 1, &data, 16) == -1,
	      EDT_DMISMATCH);
	FAILS(dtrace_fprintf(g_dtp, stdout, NULL, NULL, recs, 1, &data, 16) == -1, EINVAL);
	FAILS(dtrace_fprinta(g_dtp, stdout, f, NULL, recs, 1, &data, 16) == -1, EDT_BADAGGVAR);
	FAILS(dtrace_freopen(g_dtp, stdout, f, NULL, recs, 1, &data, 16) == -1, EINVAL);
	FAILS(dtrace_system(g_dtp, stdout, NULL, NULL, recs, 1, &data, 16) == -1, EINVAL);
	fclose(fp);
	fp = fopen("/dev/full", "w");
	setvbuf(fp, NULL, _IONBF, 0);
	FAILS(dtrace_fprintf(g_dtp, fp, f, NULL, recs, 2, &data, 16) == -1, EDT_FIO);
	fclose(fp);
	close_handle();
}

/* The consumer does what the library would have done, statement by statement. */
static int
by_hand(const dtrace_probedata_t *data, const dtrace_recdesc_t *rec, void *arg)
{
	const dtrace_eprobedesc_t *ed = data->dtpda_edesc;
	static const dtrace_recdesc_t *done;
	FILE *fp = arg;
	if (!rec) {
		done = NULL;
		return DTRACE_CONSUME_NEXT;
	}
	if (done && rec < done)
		return DTRACE_CONSUME_NEXT;
	uint_t n = (uint_t)(ed->dtepd_nrecs - (rec - ed->dtepd_rec));
	const char *base = data->dtpda_data - rec->dtrd_offset;
	void *fmt = rec->dtrd_format ? dtrace_format_lookup(g_dtp, (int)rec->dtrd_format) : NULL;
	int used = 0;
	switch (rec->dtrd_action) {
	case DTRACEACT_PRINTF:
		CHECK(DTRACEACT_ISPRINTFLIKE(rec->dtrd_action));
		used = dtrace_fprintf(g_dtp, fp, fmt, data, rec, n, base, ed->dtepd_size);
		CHECK(used == 2);
		break;
	case DTRACEACT_PRINTA:
		used = dtrace_fprinta(g_dtp, fp, fmt, data, rec, n, base, ed->dtepd_size);
		CHECK(used == 1);
		break;
	case DTRACEACT_SYSTEM:
		used = dtrace_system(g_dtp, fp, fmt, data, rec, n, base, ed->dtepd_size);
		CHECK(used == 1);
		break;
	case DTRACEACT_FREOPEN:
		used = dtrace_freopen(g_dtp, fp, fmt, data, rec, n, base, ed->dtepd_size);
		CHECK(used == 1);
		break;
	default:
		return DTRACE_CONSUME_NEXT;
	}
	done = rec + (used > 0 ? used : 1);
	return DTRACE_CONSUME_NEXT;
}

static void
records(void)
{
	open_handle(0);
	CHECK(dtrace_setopt(g_dtp, "destructive", NULL) == 0);
	start("BEGIN { @a[1] = sum(4); printf(\"%d and %s\\n\", 12, \"text\"); printa(\"%d: %@d\\n\", @a); "
	      "printa(@a);"
	      "system(\"echo %s\", \"from the shell\"); freopen(\"%s.txt\", \"there\"); printf(\"%s %d\\n\", "
	      "\"in the file\", 1);"
	      "freopen(\"\"); exit(0); }");
	CHECK(run(stdout, NULL, by_hand, stdout) == 0);
	close_handle();
	fflush(stdout);
	CHECK(system("cat there.txt") == 0);
}

int
main(void)
{
	formats();
	records();
	return ended();
}
