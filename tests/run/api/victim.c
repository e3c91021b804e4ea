/* A consumer that forks a victim, follows it to its end, and keeps the library's text in memory. */
#include <dtrace.h>

#include <stdlib.h>
#include <string.h>

static char *text;
static size_t len;

static void
fatal(dtrace_hdl_t *dtp, const char *what)
{
	fprintf(stderr, "%s: %s\n", what, dtrace_errmsg(dtp, dtrace_errno(dtp)));
	exit(1);
}

static int
keep(const dtrace_bufdata_t *data, void *arg)
{
	size_t n = strlen(data->dtbda_buffered);
	(void)arg;
	text = realloc(text, len + n + 1);
	memcpy(text + len, data->dtbda_buffered, n + 1);
	len += n;
	return DTRACE_HANDLE_OK;
}

static void
on_end(struct ps_prochandle *proc, const char *msg, void *arg)
{
	*(pid_t *)arg = dtrace_proc_getpid(NULL, proc);
	printf("the victim%s", strchr(msg + 4, ' '));
}

int
main(void)
{
	int err, done = 0;
	pid_t ended = 0;
	char *argv[] = {(char *)"perl", (char *)"-e", (char *)"getppid for 1..4; kill TERM => $$; sleep 9",
			NULL};
	dtrace_hdl_t *dtp = dtrace_open(DTRACE_VERSION, 0, &err);
	if (!dtp) {
		fprintf(stderr, "dtrace_open: %s\n", dtrace_errmsg(NULL, err));
		return 1;
	}
	if (dtrace_handle_buffered(dtp, keep, NULL) != 0 || dtrace_handle_proc(dtp, on_end, &ended) != 0)
		fatal(dtp, "handlers");
	struct ps_prochandle *proc = dtrace_proc_create(dtp, argv[0], argv);
	if (!proc)
		fatal(dtp, "dtrace_proc_create");
	dtrace_prog_t *prog = dtrace_program_strcompile(
	    dtp,
	    "int n; syscall::getppid:entry /pid == $target/ { printf(\"%s: call %d\\n\", execname, ++n); }"
	    "syscall::kill:entry /pid == $target/ { @[probefunc, arg1] = count(); }"
	    "END { printa(@); }",
	    DTRACE_PROBESPEC_NAME, 0, 0, NULL);
	if (!prog || dtrace_program_exec(dtp, prog, NULL) != 0)
		fatal(dtp, "program");
	if (dtrace_go(dtp) != 0)
		fatal(dtp, "dtrace_go");
	dtrace_proc_continue(dtp, proc);
	while (!done) {
		dtrace_sleep(dtp);
		switch (dtrace_work(dtp, NULL, NULL, NULL, NULL)) {
		case DTRACE_WORKSTATUS_DONE:
			done = 1;
			break;
		case DTRACE_WORKSTATUS_OKAY:
			break;
		default:
			fatal(dtp, "dtrace_work");
		}
	}
	printf("pid %s\n", ended == dtrace_proc_getpid(dtp, proc) ? "known" : "unknown");
	dtrace_proc_release(dtp, proc);
	dtrace_close(dtp);
	printf("%zu bytes:\n%s", len, text);
	free(text);
	return 0;
}
