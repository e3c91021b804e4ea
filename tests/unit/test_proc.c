/* The processes of -c and -p. */
#include <criterion/criterion.h>

#include "../../libdtrace/process/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static dtrace_hdl_t *dtp;
static char said[512];

static void
on_proc(struct ps_prochandle *p, const char *msg, void *arg)
{
	(void)p;
	(void)arg;
	strncat(said, msg, sizeof(said) - strlen(said) - 1);
}

static void
setup(void)
{
	dtp = dt_xcalloc(1, sizeof(*dtp));
	dtp->arena = dt_arena_new();
	dtp->handlers.proc = on_proc;
	said[0] = '\0';
}

static void
teardown(void)
{
	dt_procs_close(dtp);
	dt_vec_free(&dtp->childenv);
	dt_arena_free(dtp->arena);
	free(dtp);
}

TestSuite(proc, .init = setup, .fini = teardown, .timeout = 20);

static struct ps_prochandle *
sh(const char *script)
{
	char *argv[] = {"sh", "-c", (char *)script, NULL};
	struct ps_prochandle *p = dtrace_proc_create(dtp, "sh", argv);
	cr_assert(p, "%s", dtrace_errmsg(dtp, dtrace_errno(dtp)));
	return p;
}

static void
wait_end(void)
{
	struct pollfd pfd = {.fd = dt_procs_fd(dtp), .events = POLLIN};
	cr_assert_eq(poll(&pfd, 1, 10000), 1);
	dt_procs_check(dtp);
}

static char
state_of(pid_t pid)
{
	char path[64], line[256];
	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	FILE *fp = fopen(path, "r");
	if (!fp)
		return 0;
	cr_assert(fgets(line, sizeof(line), fp));
	fclose(fp);
	return strrchr(line, ')')[2];
}

Test(proc, none)
{
	cr_assert_eq(dt_procs_count(dtp), 0);
	cr_assert_eq(dt_procs_running(dtp), 0);
	cr_assert_eq(dt_procs_target(dtp), 0);
	cr_assert_eq(dt_procs_fd(dtp), -1);
	dt_procs_check(dtp);
	cr_assert_eq(dt_procs_start(dtp), 0);
}

Test(proc, held_until_started)
{
	struct ps_prochandle *p = sh("exit 0");
	pid_t pid = dtrace_proc_getpid(dtp, p);
	cr_assert_eq(dt_procs_target(dtp), pid);
	cr_assert_eq(dt_procs_running(dtp), 1);
	cr_assert_eq(state_of(pid), 't');
	dt_procs_start(dtp);
	wait_end();
	cr_assert_eq(dt_procs_running(dtp), 0);
	cr_assert_eq(dt_procs_count(dtp), 1);
	char want[64];
	snprintf(want, sizeof(want), "pid %d has exited\n", pid);
	cr_assert_str_eq(said, want);
	dt_procs_check(dtp);
	cr_assert_str_eq(said, want, "told once");
}

Test(proc, status_and_signal)
{
	char want[128];
	pid_t a = dtrace_proc_getpid(dtp, sh("exit 7"));
	dt_procs_start(dtp);
	wait_end();
	pid_t b = dtrace_proc_getpid(dtp, sh("kill -SEGV $$"));
	dt_procs_start(dtp);
	wait_end();
	snprintf(want, sizeof(want), "pid %d exited with status 7\npid %d terminated by SIGSEGV\n", a, b);
	cr_assert_str_eq(said, want);
	cr_assert_eq(dt_procs_target(dtp), a, "the first stays the target");
}

Test(proc, no_such_command)
{
	char *argv[] = {"/no/such/command", NULL};
	cr_assert_null(dtrace_proc_create(dtp, argv[0], argv));
	cr_assert_eq(dtrace_errno(dtp), ENOENT);
	char *dir[] = {"/", NULL};
	cr_assert_null(dtrace_proc_create(dtp, dir[0], dir));
	cr_assert_eq(dtrace_errno(dtp), EACCES);
	cr_assert_eq(dt_procs_count(dtp), 0);
	cr_assert_eq(waitpid(-1, NULL, WNOHANG), -1, "no child is left behind");
}

Test(proc, environment)
{
	*dt_vec_push(&dtp->childenv) = "DT_TEST_A=here";
	*dt_vec_push(&dtp->childenv) = "HOME";
	sh("test \"$DT_TEST_A\" = here && test -z \"$HOME\" || exit 3");
	dt_procs_start(dtp);
	wait_end();
	cr_assert(strstr(said, "has exited"), "%s", said);
	cr_assert_null(getenv("DT_TEST_A"));
}

Test(proc, grab)
{
	int fd[2];
	cr_assert_eq(pipe2(fd, O_CLOEXEC), 0);
	pid_t pid = fork();
	if (pid == 0) {
		char c;
		close(fd[1]);
		_exit(read(fd[0], &c, 1) == 0 ? 0 : 1);
	}
	close(fd[0]);
	struct ps_prochandle *p = dtrace_proc_grab(dtp, pid, 0);
	cr_assert(p);
	cr_assert_eq(dt_procs_target(dtp), pid);
	dt_procs_check(dtp);
	cr_assert_eq(dt_procs_running(dtp), 1);
	close(fd[1]);
	wait_end();
	cr_assert_eq(dt_procs_running(dtp), 0);
	cr_assert(strstr(said, "has exited"));
	int status;
	cr_assert_eq(waitpid(pid, &status, 0), pid, "its own parent still gets its status");
}

Test(proc, grab_refusals)
{
	cr_assert_null(dtrace_proc_grab(dtp, 0, 0));
	cr_assert_eq(dtrace_errno(dtp), ESRCH);
	cr_assert_null(dtrace_proc_grab(dtp, -1, 0));
	cr_assert_null(dtrace_proc_grab(dtp, 0x3fffffff, 0));
	cr_assert_eq(dtrace_errno(dtp), ESRCH);
}

Test(proc, close_kills_what_never_ran)
{
	pid_t pid = dtrace_proc_getpid(dtp, sh("exit 0"));
	dt_procs_close(dtp);
	cr_assert_eq(kill(pid, 0), -1);
	cr_assert_eq(errno, ESRCH);
}

Test(proc, release)
{
	struct ps_prochandle *p = sh("exit 0");
	dtrace_proc_release(dtp, p);
	cr_assert_eq(dt_procs_running(dtp), 0);
	cr_assert_eq(dt_procs_count(dtp), 1);
}
