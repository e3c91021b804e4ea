/* message.c - what dtrace(1) says on stderr, and how it ends when it cannot go on. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"

static void
vcomplain(const char *fmt, va_list ap)
{
	progress_pause();
	fputs("dtrace: ", stderr);
	vfprintf(stderr, fmt, ap);
}

void
complain(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	vcomplain(fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
}

const char *
reason(cmd_t *cmd)
{
	static char buf[4096];
	snprintf(buf, sizeof(buf), "%s", dtrace_errmsg(cmd->dtp, dtrace_errno(cmd->dtp)));
	size_t n = strlen(buf);
	if (n && buf[n - 1] == '\n')
		buf[n - 1] = '\0';
	return buf;
}

void
complain_why(cmd_t *cmd, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	vcomplain(fmt, ap);
	va_end(ap);
	fprintf(stderr, ": %s\n", reason(cmd));
}

void
fatal(cmd_t *cmd, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	vcomplain(fmt, ap);
	va_end(ap);
	fprintf(stderr, ": %s\n", reason(cmd));
	/* Lets go of processes that -c made and that never ran. */
	dtrace_close(cmd->dtp);
	exit(EXIT_FAILURE);
}

/* Does anybody still read what we write? */
static bool
reader_gone(cmd_t *cmd)
{
	struct pollfd pfd = {.fd = fileno(cmd->out)};
	return poll(&pfd, 1, 0) > 0 && (pfd.revents & POLLERR);
}

void
flush_output(cmd_t *cmd)
{
	errno = 0;
	if (fflush(cmd->out) == 0 && !ferror(cmd->out))
		return;
	int err = errno;
	if (!err) {
		/* An earlier write failed, whose reason is not known any more: ask for it. */
		clearerr(cmd->out);
		if (fputc('\n', cmd->out) == EOF || fflush(cmd->out) != 0)
			err = errno;
	}
	if (err != EPIPE && !reader_gone(cmd))
		complain("failed to write to %s%s%s", cmd->outname ? cmd->outname : "standard output",
			 err ? ": " : "", err ? strerror(err) : "");
	dtrace_close(cmd->dtp);
	_exit(EXIT_FAILURE);
}

bool
option_on(cmd_t *cmd, const char *name)
{
	dtrace_optval_t v;
	return dtrace_getopt(cmd->dtp, name, &v) == 0 && v != DTRACEOPT_UNSET;
}
