/* Processes: created, grabbed, let run, released; and FreeBSD's form of creating one. */
#include "check.h"

#include <signal.h>
#include <sys/wait.h>

static char told[512];
static int ended_procs;

static void
on_proc(struct ps_prochandle *p, const char *msg, void *arg)
{
	char pid[32];
	CHECK(arg == told);
	snprintf(pid, sizeof(pid), "pid %d ", (int)dtrace_proc_getpid(g_dtp, p));
	CHECK(strncmp(msg, pid, strlen(pid)) == 0);
	strcat(told, msg + strlen(pid));
	ended_procs++;
}

static struct ps_prochandle *
shell(const char *script)
{
	char *const argv[] = {(char *)"sh", (char *)"-c", (char *)script, NULL};
	struct ps_prochandle *p = dtrace_proc_create(g_dtp, argv[0], argv);
	CHECK(p);
	return p;
}

static void
created(void)
{
	told[0] = '\0';
	open_handle(0);
	CHECK(dtrace_handle_proc(g_dtp, on_proc, told) == 0);
	struct ps_prochandle *p = shell("exit 3");
	pid_t pid = dtrace_proc_getpid(g_dtp, p);
	char text[128];
	snprintf(text, sizeof(text),
		 "syscall::exit_group:entry /pid == $target && pid == %d/ { @a = sum(arg0); }", (int)pid);
	start(text);
	dtrace_proc_continue(g_dtp, p);
	CHECK(run(stdout, NULL, NULL, NULL) == 0 && ended_procs == 1);
	SAME(told, "exited with status 3\n");
	CHECK(dtrace_status(g_dtp) == DTRACE_STATUS_STOPPED);
	CHECK(dtrace_aggregate_print(g_dtp, stdout, NULL) == 0);
	close_handle();
}

static void
to_stdout(void *arg)
{
	if (write(1, arg, strlen(arg)) < 0)
		_exit(9);
}

static void
other_ways(void)
{
	char *const argv[] = {(char *)"true", NULL};
	int status;
	told[0] = '\0';
	ended_procs = 0;
	fflush(stdout);
	open_handle(0);
	CHECK(dtrace_handle_proc(g_dtp, on_proc, told) == 0);
	/* Five arguments, as FreeBSD has it; and none of the two. */
	struct ps_prochandle *p = dtrace_proc_create(g_dtp, argv[0], argv, to_stdout, (void *)"in the child\n");
	CHECK(p);
	CHECK(dtrace_proc_create(g_dtp, argv[0], argv, NULL, NULL));
	/* A grabbed process is our own business, still. */
	pid_t pid = fork();
	if (pid == 0) {
		pause();
		_exit(0);
	}
	struct ps_prochandle *g = dtrace_proc_grab(g_dtp, pid, PGRAB_RDONLY);
	CHECK(g && dtrace_proc_getpid(g_dtp, g) == pid);
	CHECK(dtrace_proc_grab(g_dtp, pid, 0));
	dtrace_proc_release(g_dtp, g);
	dtrace_proc_release(g_dtp, g);
	start("BEGIN { }");
	CHECK(dtrace_status(g_dtp) >= 0);
	kill(pid, SIGTERM);
	CHECK(run(stdout, NULL, NULL, NULL) == 0);
	CHECK(ended_procs == 3);
	CHECK(waitpid(pid, &status, 0) == pid && WIFSIGNALED(status));
	close_handle();
}

static void
refused(void)
{
	char *const none[] = {NULL}, *const nosuch[] = {(char *)"/no/such/file", NULL};
	open_handle(0);
	FAILS(!dtrace_proc_create(g_dtp, nosuch[0], nosuch), ENOENT);
	FAILS(!dtrace_proc_create(g_dtp, "true", none), EINVAL);
	FAILS(!dtrace_proc_create(g_dtp, NULL, nosuch), EINVAL);
	FAILS(!dtrace_proc_create(g_dtp, "true", NULL), EINVAL);
	FAILS(!dtrace_proc_grab(g_dtp, 0, 0), ESRCH);
	FAILS(!dtrace_proc_grab(g_dtp, getpid(), 0x4000), EINVAL);
	/* What never ran does not outlive the handle. */
	pid_t pid = dtrace_proc_getpid(g_dtp, shell("exit 0"));
	close_handle();
	CHECK(kill(pid, 0) == -1 && errno == ESRCH);
}

int
main(void)
{
	created();
	other_ways();
	refused();
	return ended();
}
