/*
 * redirect.c - actions that reach beyond the text: system() runs a command, freopen()
 * sends the output elsewhere, ftruncate() empties its file (language.md A25 - A27).
 */
#include "impl.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Not system(3), which ignores SIGINT meanwhile: the ^C that ends the command is to end tracing too. */
static int
run(dtrace_hdl_t *dtp, const char *command)
{
	char *argv[] = {(char *)(uintptr_t) "sh", (char *)(uintptr_t) "-c", (char *)(uintptr_t)command, NULL};
	pid_t pid;
	int err = posix_spawn(&pid, "/bin/sh", NULL, NULL, argv, environ);
	if (err)
		return dt_set_errno(dtp, err);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	return 0;
}

/* A document (option oformat) has no place for foreign text: what the command prints goes to stderr. */
static int
system_beside(dtrace_hdl_t *dtp, const char *command)
{
	char *text;
	if (asprintf(&text, "exec 1>&2\n%s", command) < 0)
		return dt_set_errno(dtp, EDT_NOMEM);
	int rc = run(dtp, text);
	free(text);
	return rc;
}

/* The command's output comes where it stands in ours. */
int
dt_do_system(dtrace_hdl_t *dtp, FILE *fp, const char *command)
{
	if (dtp->structured)
		return system_beside(dtp, command);
	if (fp && fflush(fp) != 0)
		return dt_set_errno(dtp, EDT_FIO);
	fflush(stdout);
	return run(dtp, command);
}

/* Another file behind the same stream: whoever holds it writes on without noticing. */
static int
put_behind(dtrace_hdl_t *dtp, FILE *fp, int fd)
{
	if (fflush(fp) != 0)
		return dt_set_errno(dtp, EDT_FIO);
	return dup2(fd, fileno(fp)) < 0 ? dt_set_errno(dtp, errno) : 0;
}

static int
restore(dtrace_hdl_t *dtp, FILE *fp)
{
	if (dtp->original_out < 0)
		return 0;
	int rc = put_behind(dtp, fp, dtp->original_out);
	dt_freopen_close(dtp);
	return rc;
}

void
dt_freopen_close(dtrace_hdl_t *dtp)
{
	if (dtp->original_out >= 0)
		close(dtp->original_out);
	dtp->original_out = -1;
}

int
dt_do_freopen(dtrace_hdl_t *dtp, FILE *fp, const dtrace_probedata_t *pd, const char *name)
{
	if (dtp->structured)
		return dt_fault_library(dtp, pd,
					"freopen() would leave a part of the document behind: "
					"use -o, or text output (option oformat)");
	if (!fp)
		return 0;
	if (!name)
		return restore(dtp, fp);
	int fd = open(name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0)
		return dt_fault_library(dtp, pd, "couldn't freopen() \"%s\": %s", name, strerror(errno));
	if (dtp->original_out < 0)
		dtp->original_out = fcntl(fileno(fp), F_DUPFD_CLOEXEC, 0);
	int rc = dtp->original_out < 0 ? dt_set_errno(dtp, errno) : put_behind(dtp, fp, fd);
	close(fd);
	return rc;
}

int
dt_do_ftruncate(dtrace_hdl_t *dtp, FILE *fp)
{
	struct stat st;
	if (!fp || dtp->structured) /* the beginning of a document must stay */
		return 0;
	if (fflush(fp) != 0)
		return dt_set_errno(dtp, EDT_FIO);
	if (fstat(fileno(fp), &st) != 0 || !S_ISREG(st.st_mode))
		return 0;
	if (ftruncate(fileno(fp), 0) != 0)
		return dt_set_errno(dtp, errno);
	rewind(fp);
	return 0;
}
