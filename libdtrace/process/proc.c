/*
 * proc.c - the processes of -c and -p.
 *
 * A created process is a ptraced child that stands still right after its exec, before the
 * first instruction of the new program, until dt_procs_start() detaches from it; should we
 * die before that, the kernel kills it.  Every process is watched through a pidfd, so a
 * recycled process id is never taken for it.
 */
#include "proc.h"

#include "evaltime.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct ps_prochandle {
	pid_t pid;
	int pidfd;
	bool child;   /* made by us: its status can be waited for */
	bool held;    /* stopped at exec, ptraced */
	bool settled; /* ... and brought to where option evaltime says */
	bool reaped;  /* ended before it could be let run: with this status */
	int status;
	bool ended;    /* seen to have ended */
	bool released; /* the consumer does not care any more */
};

struct dt_procs {
	DT_VEC(struct ps_prochandle *) list;
	int epfd; /* of all pidfds not yet seen to have ended */
};

static int
pidfd_open(pid_t pid)
{
	return (int)syscall(SYS_pidfd_open, pid, 0);
}

/* Container runtimes and valgrind know system calls they let nobody make: then we ask instead of waiting. */
static bool
is_forbidden(int err)
{
	return err == ENOSYS || err == EPERM;
}

static bool
has_ended(const struct ps_prochandle *p)
{
	struct pollfd pfd = {.fd = p->pidfd, .events = POLLIN};
	siginfo_t si = {0};
	if (p->pidfd >= 0)
		return poll(&pfd, 1, 0) > 0;
	if (p->child)
		return waitid(P_PID, (id_t)p->pid, &si, WEXITED | WNOHANG | WNOWAIT) != 0 ||
		       si.si_pid == p->pid;
	return kill(p->pid, 0) != 0 && errno == ESRCH;
}

/* Take on a process; owns its pidfd, -1 when there can be none. */
static struct ps_prochandle *
adopt(dtrace_hdl_t *dtp, pid_t pid, int pidfd)
{
	if (!dtp->procs) {
		dtp->procs = dt_xcalloc(1, sizeof(*dtp->procs));
		dtp->procs->epfd = -1;
	}
	struct dt_procs *ps = dtp->procs;
	if (ps->epfd < 0)
		ps->epfd = epoll_create1(EPOLL_CLOEXEC);
	struct epoll_event ev = {.events = EPOLLIN};
	if (ps->epfd < 0 || (pidfd >= 0 && epoll_ctl(ps->epfd, EPOLL_CTL_ADD, pidfd, &ev) != 0)) {
		dt_set_errno(dtp, errno);
		if (pidfd >= 0)
			close(pidfd);
		return NULL;
	}
	struct ps_prochandle *p = dt_xcalloc(1, sizeof(*p));
	p->pid = pid;
	p->pidfd = pidfd;
	*dt_vec_push(&ps->list) = p;
	return p;
}

/* In the child: become the command, or tell errno through the pipe. */
static void __attribute__((noreturn)) exec_command(dtrace_hdl_t *dtp, const char *file, char *const *argv,
						   void (*child)(void *), void *arg, int errfd)
{
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	for (int i = 0; i < dtp->childenv.n; i++) {
		const char *e = dtp->childenv.p[i];
		if (strchr(e, '='))
			putenv((char *)e);
		else
			unsetenv(e);
	}
	if (child)
		child(arg);
	if (ptrace(PTRACE_TRACEME, 0, 0, 0) == 0)
		execvp(file, argv);
	int err = errno;
	if (write(errfd, &err, sizeof(err)) != sizeof(err))
		_exit(126);
	_exit(127);
}

static void
kill_child(pid_t pid)
{
	kill(pid, SIGKILL);
	while (waitpid(pid, NULL, __WALL) < 0 && errno == EINTR)
		;
}

struct ps_prochandle *
dtrace_proc_create_child(dtrace_hdl_t *dtp, const char *file, char *const *argv, void (*child)(void *),
			 void *arg)
{
	int fd[2];
	if (!file || !argv || !argv[0]) {
		dt_set_errno(dtp, EINVAL);
		return NULL;
	}
	if (pipe2(fd, O_CLOEXEC) != 0) {
		dt_set_errno(dtp, errno);
		return NULL;
	}
	fflush(NULL);
	pid_t pid = fork();
	if (pid == 0) {
		close(fd[0]);
		exec_command(dtp, file, argv, child, arg, fd[1]);
	}
	int err = pid < 0 ? errno : 0;
	close(fd[1]);
	if (pid > 0) {
		/* Closed by a successful exec, which comes before the stop that tells of it. */
		ssize_t n;
		while ((n = read(fd[0], &err, sizeof(err))) < 0 && errno == EINTR)
			;
		if (n == 0)
			err = 0;
	}
	close(fd[0]);
	if (pid > 0 && err == 0) {
		int status;
		while (waitpid(pid, &status, __WALL) < 0 && errno == EINTR)
			;
		if (!WIFSTOPPED(status)) {
			dt_set_error(dtp, ECHILD, "it ended before it could be traced");
			return NULL;
		}
		if (ptrace(PTRACE_SETOPTIONS, pid, 0, PTRACE_O_EXITKILL) != 0)
			err = errno;
	}
	int pidfd = -1;
	if (err == 0 && (pidfd = pidfd_open(pid)) < 0 && !is_forbidden(errno))
		err = errno;
	if (err != 0) {
		if (pid > 0)
			kill_child(pid);
		dt_set_errno(dtp, err);
		return NULL;
	}
	struct ps_prochandle *p = adopt(dtp, pid, pidfd);
	if (!p) {
		kill_child(pid);
		return NULL;
	}
	p->child = p->held = true;
	return p;
}

/* In brackets: the name is a macro, too, which chooses by the number of arguments. */
struct ps_prochandle *(dtrace_proc_create)(dtrace_hdl_t *dtp, const char *file, char *const *argv)
{
	return dtrace_proc_create_child(dtp, file, argv, NULL, NULL);
}

struct ps_prochandle *
dtrace_proc_grab(dtrace_hdl_t *dtp, pid_t pid, int flags)
{
	if (flags & ~(PGRAB_RETAIN | PGRAB_FORCE | PGRAB_RDONLY | PGRAB_NOSTOP)) {
		dt_set_errno(dtp, EINVAL);
		return NULL;
	}
	int pidfd = pid > 0 ? pidfd_open(pid) : -1;
	bool watched = pidfd >= 0 || (pid > 0 && is_forbidden(errno) && kill(pid, 0) == 0);
	if (!watched) {
		if (pid <= 0)
			dt_set_errno(dtp, ESRCH);
		else if (errno == EINVAL || errno == ENOENT)
			dt_set_error(dtp, EINVAL, "it is a thread, not a process");
		else
			dt_set_errno(dtp, errno);
		return NULL;
	}
	return adopt(dtp, pid, pidfd);
}

void
dtrace_proc_continue(dtrace_hdl_t *dtp, struct ps_prochandle *p)
{
	(void)dtp;
	if (p->held)
		ptrace(PTRACE_DETACH, p->pid, 0, 0);
	p->held = false;
}

void
dtrace_proc_release(dtrace_hdl_t *dtp, struct ps_prochandle *p)
{
	dtrace_proc_continue(dtp, p);
	if (!p->ended)
		epoll_ctl(dtp->procs->epfd, EPOLL_CTL_DEL, p->pidfd, NULL);
	p->released = true;
}

pid_t
dtrace_proc_getpid(dtrace_hdl_t *dtp, struct ps_prochandle *p)
{
	(void)dtp;
	return p->pid;
}

static int
settle(dtrace_hdl_t *dtp, struct ps_prochandle *p, dt_evaltime_t when)
{
	if (!p->held || p->settled)
		return 0;
	p->settled = true;
	int rc = dt_run_to(dtp, p->pid, when, &p->status);
	if (rc > 0)
		return 0;
	if (rc < 0)
		return -1;
	p->held = false;
	p->reaped = true;
	return dt_set_error(dtp, ECHILD, "it ended before it could be traced");
}

int
dt_procs_settle(dtrace_hdl_t *dtp, pid_t pid)
{
	dtrace_optval_t when = dtp->opt[DT_OPT_EVALTIME];
	for (int i = 0; dtp->procs && i < dtp->procs->list.n; i++) {
		struct ps_prochandle *p = dtp->procs->list.p[i];
		if (p->pid == pid &&
		    settle(dtp, p, when == DTRACEOPT_UNSET ? DT_EVAL_PREINIT : (dt_evaltime_t)when) != 0)
			return -1;
	}
	return 0;
}

int
dt_procs_settle_all(dtrace_hdl_t *dtp)
{
	for (int i = 0; dtp->procs && dtp->opt[DT_OPT_EVALTIME] != DTRACEOPT_UNSET && i < dtp->procs->list.n;
	     i++)
		if (dt_procs_settle(dtp, dtp->procs->list.p[i]->pid) != 0)
			return -1;
	return 0;
}

int
dt_procs_start(dtrace_hdl_t *dtp)
{
	for (int i = 0; dtp->procs && i < dtp->procs->list.n; i++)
		dtrace_proc_continue(dtp, dtp->procs->list.p[i]);
	return 0;
}

int
dt_procs_count(dtrace_hdl_t *dtp)
{
	return dtp->procs ? dtp->procs->list.n : 0;
}

int
dt_procs_running(dtrace_hdl_t *dtp)
{
	int n = 0;
	for (int i = 0; dtp->procs && i < dtp->procs->list.n; i++)
		n += !dtp->procs->list.p[i]->ended && !dtp->procs->list.p[i]->released;
	return n;
}

static void
report_end(dtrace_hdl_t *dtp, struct ps_prochandle *p)
{
	char msg[128];
	int status = p->status;
	if (p->child && !p->reaped && waitpid(p->pid, &status, WNOHANG | __WALL) != p->pid)
		status = 0;
	if (WIFSIGNALED(status)) {
		const char *name = sigabbrev_np(WTERMSIG(status));
		if (name)
			snprintf(msg, sizeof(msg), "pid %d terminated by SIG%s\n", p->pid, name);
		else
			snprintf(msg, sizeof(msg), "pid %d terminated by signal %d\n", p->pid,
				 WTERMSIG(status));
	} else if (WIFEXITED(status) && WEXITSTATUS(status) != 0) {
		snprintf(msg, sizeof(msg), "pid %d exited with status %d\n", p->pid, WEXITSTATUS(status));
	} else {
		snprintf(msg, sizeof(msg), "pid %d has exited\n", p->pid);
	}
	if (dtp->handlers.proc)
		dtp->handlers.proc(p, msg, dtp->handlers.procarg);
}

void
dt_procs_check(dtrace_hdl_t *dtp)
{
	for (int i = 0; dtp->procs && i < dtp->procs->list.n; i++) {
		struct ps_prochandle *p = dtp->procs->list.p[i];
		if (p->ended || p->released || !has_ended(p))
			continue;
		p->ended = true;
		epoll_ctl(dtp->procs->epfd, EPOLL_CTL_DEL, p->pidfd, NULL);
		report_end(dtp, p);
	}
}

int
dt_procs_fd(dtrace_hdl_t *dtp)
{
	return dtp->procs ? dtp->procs->epfd : -1;
}

pid_t
dt_procs_pid(dtrace_hdl_t *dtp, int i)
{
	return dtp->procs->list.p[i]->pid;
}

pid_t
dt_procs_target(dtrace_hdl_t *dtp)
{
	return dt_procs_count(dtp) ? dt_procs_pid(dtp, 0) : 0;
}

void
dt_procs_close(dtrace_hdl_t *dtp)
{
	if (!dtp->procs)
		return;
	for (int i = 0; i < dtp->procs->list.n; i++) {
		struct ps_prochandle *p = dtp->procs->list.p[i];
		if (p->held)
			kill_child(p->pid);
		if (p->pidfd >= 0)
			close(p->pidfd);
		free(p);
	}
	dt_vec_free(&dtp->procs->list);
	if (dtp->procs->epfd >= 0)
		close(dtp->procs->epfd);
	free(dtp->procs);
	dtp->procs = NULL;
}
