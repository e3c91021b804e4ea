/* check.h - what the tests of the interface share: checks that tell where they fail, and a whole run in one
 * call. */
#ifndef CHECK_H
#define CHECK_H

#include <dtrace.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static dtrace_hdl_t *g_dtp;
static int failures, checks;

#define CHECK(x)                                                                                               \
	do {                                                                                                   \
		checks++;                                                                                      \
		if (!(x)) {                                                                                    \
			failures++;                                                                            \
			printf("%s:%d: %s (last error: %s)\n", __FILE__, __LINE__, #x,                         \
			       g_dtp ? dtrace_errmsg(g_dtp, dtrace_errno(g_dtp)) : "-");                       \
		}                                                                                              \
	} while (0)

/* The call must fail with that error. */
#define FAILS(call, err)                                                                                       \
	do {                                                                                                   \
		CHECK(call);                                                                                   \
		CHECK(dtrace_errno(g_dtp) == (err));                                                           \
		if (dtrace_errno(g_dtp) != (err))                                                              \
			printf("... error %d, expected %d\n", dtrace_errno(g_dtp), (err));                     \
	} while (0)

__attribute__((unused)) static int
same(const char *a, const char *b)
{
	return a && strcmp(a, b) == 0;
}
#define SAME(a, b) CHECK(same((a), (b)))

__attribute__((unused)) static void
open_handle(int flags)
{
	int err = 0;
	g_dtp = dtrace_open(DTRACE_VERSION, flags, &err);
	if (!g_dtp) {
		printf("dtrace_open: %s\n", dtrace_errmsg(NULL, err));
		exit(1);
	}
}

__attribute__((unused)) static void
close_handle(void)
{
	dtrace_close(g_dtp);
	g_dtp = NULL;
}

__attribute__((unused)) static dtrace_prog_t *
compile(const char *text)
{
	return dtrace_program_strcompile(g_dtp, text, DTRACE_PROBESPEC_NAME, DTRACE_C_ZDEFS, 0, NULL);
}

/* Compile, enable and start; a program that cannot is the end of the test. */
__attribute__((unused)) static void
start(const char *text)
{
	dtrace_prog_t *prog = compile(text);
	if (!prog || dtrace_program_exec(g_dtp, prog, NULL) != 0 || dtrace_go(g_dtp) != 0) {
		printf("start: %s\n", dtrace_errmsg(g_dtp, dtrace_errno(g_dtp)));
		exit(1);
	}
}

/* Until tracing has ended; 0, or -1 when consuming ended in an error. */
__attribute__((unused)) static int
run(FILE *fp, dtrace_consume_probe_f *pf, dtrace_consume_rec_f *rf, void *arg)
{
	for (;;) {
		dtrace_sleep(g_dtp);
		switch (dtrace_work(g_dtp, fp, pf, rf, arg)) {
		case DTRACE_WORKSTATUS_DONE:
			return 0;
		case DTRACE_WORKSTATUS_OKAY:
			break;
		default:
			return -1;
		}
	}
}

__attribute__((unused)) static int
ended(void)
{
	printf("%s\n", failures ? "FAILED" : checks ? "ok" : "no checks");
	return failures ? 1 : 0;
}

#endif
