/* Handlers: what they are told, what their answers do, and what happens without them. */
#include "check.h"

typedef struct told {
	int n, answer;
	char text[1024];
	uint64_t total;
} told_t;

static int
on_error(const dtrace_errdata_t *e, void *arg)
{
	told_t *t = arg;
	t->n++;
	CHECK(e->dteda_handle == g_dtp && e->dteda_fault == DTRACEFLT_DIVZERO && e->dteda_action == 1);
	CHECK(e->dteda_edesc->dtepd_probeid == e->dteda_pdesc->dtpd_id);
	SAME(e->dteda_pdesc->dtpd_name, "BEGIN");
	strcpy(t->text, e->dteda_msg);
	return t->answer;
}

static int
on_drop(const dtrace_dropdata_t *d, void *arg)
{
	told_t *t = arg;
	t->n++;
	t->total += d->dtdda_drops;
	CHECK(d->dtdda_handle == g_dtp && d->dtdda_kind == DTRACEDROP_DYNAMIC && d->dtdda_cpu == DTRACE_CPUALL);
	CHECK(d->dtdda_total == t->total);
	strcpy(t->text, d->dtdda_msg);
	return t->answer;
}

static int
on_setopt(const dtrace_setoptdata_t *s, void *arg)
{
	told_t *t = arg;
	t->n++;
	CHECK(s->dtsda_handle == g_dtp && s->dtsda_probe->dtpda_pdesc->dtpd_id == 1);
	sprintf(t->text + strlen(t->text), "%s:%lld>%lld ", s->dtsda_option, (long long)s->dtsda_oldval,
		(long long)s->dtsda_newval);
	return t->answer;
}

static int
on_text(const dtrace_bufdata_t *b, void *arg)
{
	told_t *t = arg;
	t->n++;
	CHECK(b->dtbda_handle == g_dtp && b->dtbda_probe && b->dtbda_recdesc && !b->dtbda_aggdata &&
	      !b->dtbda_flags);
	sprintf(t->text + strlen(t->text), "<%s>", b->dtbda_buffered);
	return t->answer;
}

static void
errors(void)
{
	static const char faulty[] =
	    "int zero; BEGIN { trace(1 / zero); } END { trace(1); } tick-10ms { exit(0); }";
	told_t t = {.answer = DTRACE_HANDLE_OK};
	open_handle(0);
	CHECK(dtrace_handle_err(g_dtp, on_error, &t) == 0);
	start(faulty);
	FILE *null = fopen("/dev/null", "w");
	CHECK(run(null, NULL, NULL, NULL) == 0 && t.n == 1);
	CHECK(strstr(t.text, "divide-by-zero in action #1") && t.text[strlen(t.text) - 1] == '\n');
	close_handle();

	open_handle(0);
	t = (told_t){.answer = DTRACE_HANDLE_ABORT};
	CHECK(dtrace_handle_err(g_dtp, on_error, &t) == 0);
	start(faulty);
	FAILS(run(null, NULL, NULL, NULL) == -1, EDT_ERRABORT);
	CHECK(t.n == 1);
	close_handle();

	open_handle(0);
	start(faulty);
	FAILS(run(null, NULL, NULL, NULL) == -1, EDT_ERRABORT);
	close_handle();
	fclose(null);
}

static void
drops(void)
{
	static const char dropping[] =
	    "tick-1ms { i++; a[i, \"a key that takes room\"] = i; } tick-1ms /i == 50/ { exit(0); }";
	for (int round = 0; round < 3; round++) {
		told_t t = {.answer = round == 0 ? DTRACE_HANDLE_OK : DTRACE_HANDLE_ABORT};
		open_handle(0);
		CHECK(dtrace_setopt(g_dtp, "dynvarsize", "1k") == 0);
		if (round < 2)
			CHECK(dtrace_handle_drop(g_dtp, on_drop, &t) == 0);
		start(dropping);
		if (round == 0) {
			CHECK(run(stdout, NULL, NULL, NULL) == 0 && t.n > 0 && t.total > 0 && t.total < 50);
			CHECK(strstr(t.text, "dynamic variable drop"));
		} else {
			FAILS(run(stdout, NULL, NULL, NULL) == -1, EDT_DROPABORT);
		}
		close_handle();
	}
}

static void
setopts(void)
{
	static const char setting[] =
	    "BEGIN { setopt(\"quiet\"); setopt(\"switchrate\", \"5ms\"); setopt(\"quiet\", \"no\"); exit(0); }";
	told_t t = {.answer = DTRACE_HANDLE_OK};
	open_handle(0);
	CHECK(dtrace_handle_setopt(g_dtp, on_setopt, &t) == 0);
	start(setting);
	CHECK(run(stdout, NULL, NULL, NULL) == 0 && t.n == 3);
	SAME(t.text, "quiet:-2>1 switchrate:1000000000>5000000 quiet:1>-2 ");
	close_handle();
	open_handle(0);
	t = (told_t){.answer = DTRACE_HANDLE_ABORT};
	CHECK(dtrace_handle_setopt(g_dtp, on_setopt, &t) == 0);
	start(setting);
	FAILS(run(stdout, NULL, NULL, NULL) == -1, EDT_DIRABORT);
	CHECK(t.n == 1);
	close_handle();
	open_handle(0);
	start(setting);
	CHECK(run(stdout, NULL, NULL, NULL) == 0);
	close_handle();
}

static void
buffered(void)
{
	static const char printing[] =
	    "BEGIN { trace(5); printf(\"%d-%s.\", 1, \"b\"); trace(\"s\"); exit(0); }";
	told_t t = {.answer = DTRACE_HANDLE_OK};
	open_handle(0);
	CHECK(dtrace_setopt(g_dtp, "quiet", NULL) == 0);
	CHECK(dtrace_handle_buffered(g_dtp, on_text, &t) == 0);
	start(printing);
	CHECK(run(NULL, NULL, NULL, NULL) == 0 && t.n == 3);
	SAME(t.text, "<5><1-b.><s>");
	close_handle();
	open_handle(0);
	t = (told_t){.answer = DTRACE_HANDLE_ABORT};
	CHECK(dtrace_handle_buffered(g_dtp, on_text, &t) == 0);
	start(printing);
	FAILS(run(NULL, NULL, NULL, NULL) == -1, EDT_DIRABORT);
	close_handle();
	/* With a stream the handler is not asked; without either there is nowhere to go. */
	open_handle(0);
	t = (told_t){.answer = DTRACE_HANDLE_OK};
	CHECK(dtrace_handle_buffered(g_dtp, on_text, &t) == 0 &&
	      dtrace_handle_buffered(g_dtp, NULL, NULL) == 0);
	start(printing);
	FAILS(run(NULL, NULL, NULL, NULL) == -1, EDT_NOBUFFERED);
	CHECK(t.n == 0);
	close_handle();
}

/* Answers of consuming callbacks. */
static int
give(const dtrace_probedata_t *data, void *arg)
{
	(void)data;
	return *(int *)arg;
}

static int
give_rec(const dtrace_probedata_t *data, const dtrace_recdesc_t *rec, void *arg)
{
	(void)data;
	return rec ? *(int *)arg : DTRACE_CONSUME_NEXT;
}

static void
answers(void)
{
	static const struct {
		int answer, rc, err;
	} cases[] = {{DTRACE_CONSUME_THIS, 0, 0},
		     {DTRACE_CONSUME_NEXT, 0, 0},
		     {DTRACE_CONSUME_ABORT, -1, EDT_DIRABORT},
		     {55, -1, EDT_BADRVAL},
		     {DTRACE_CONSUME_ERROR, -1, 0}};
	FILE *null = fopen("/dev/null", "w");
	for (int i = 0; i < 10; i++) {
		int answer = cases[i / 2].answer;
		open_handle(0);
		start("BEGIN { trace(1); exit(0); }");
		CHECK(run(null, i % 2 ? give : NULL, i % 2 ? NULL : give_rec, &answer) == cases[i / 2].rc);
		if (cases[i / 2].err)
			CHECK(dtrace_errno(g_dtp) == cases[i / 2].err);
		close_handle();
	}
	fclose(null);
}

int
main(void)
{
	errors();
	drops();
	setopts();
	buffered();
	answers();
	return ended();
}
