/*
 * cpp.c - see cpp.h.  The text goes to the preprocessor as its standard input, from a
 * file in memory, so that neither side can block the other; the result comes by a pipe.
 */
#include "cpp.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../handle/optval.h"

/* What the shell says for the same failures. */
enum {
	STATUS_EXEC = 126,
	STATUS_NOENT = 127
};

/* Option stdc (-X). */
enum {
	STDC_A, /* the default: __STDC__ is 0 */
	STDC_C, /* __STDC__ is 1 */
	STDC_S, /* traditional, no __STDC__ */
	STDC_T
};

static void
add(dtrace_hdl_t *dtp, const char *flag, const char *val)
{
	*dt_vec_push(&dtp->cppargs) = dt_arena_printf(dtp->arena, "%s%s", flag, val);
}

int
dt_cpp_setopt(dtrace_hdl_t *dtp, const char *opt, const char *val)
{
	uint64_t place;
	bool on;
	if (strcmp(opt, "cpphdrs") == 0) {
		if (!dt_optval_flag(val, &on))
			return dt_set_errno(dtp, EDT_BADOPTVAL);
		dtp->cpphdrs = on;
		return 0;
	}
	if (!val || !*val)
		return dt_set_errno(dtp, EDT_BADOPTVAL);
	if (strcmp(opt, "stdc") == 0) {
		if (!dt_optval_word(val, "a c s t", &place))
			return dt_set_errno(dtp, EDT_BADOPTVAL);
		dtp->stdc = (int)place;
	} else if (strcmp(opt, "cpppath") == 0) {
		dtp->cpppath = dt_arena_strdup(dtp->arena, val);
	} else if (strcmp(opt, "cppargs") == 0) {
		char *save = NULL, *text = dt_arena_strdup(dtp->arena, val);
		for (char *w = strtok_r(text, " \t\n", &save); w; w = strtok_r(NULL, " \t\n", &save))
			add(dtp, "", w);
	} else {
		add(dtp, opt[0] == 'd' ? "-D" : opt[0] == 'u' ? "-U" : "-I", val);
	}
	return 0;
}

/* -------------------------------------------------------------- command line */

typedef DT_VEC(const char *) argv_t;

/* 0xMMmmmuuu of "Sun D 1.13": 8 bits of major, 12 of minor, 12 of micro version. */
static unsigned long
api_version(void)
{
	unsigned major = 1, minor = 0;
	sscanf(_dtrace_version, "%*[^0-9]%u.%u", &major, &minor);
	return (unsigned long)major << 24 | minor << 12;
}

/* __Linux_6.1 and the like cannot be a macro's name: what is no letter or digit becomes an underscore. */
static const char *
system_macro(dtrace_hdl_t *dtp)
{
	struct utsname u;
	if (uname(&u) != 0)
		return "-D__Linux";
	char *s = dt_arena_printf(dtp->arena, "-D__%s_%s", u.sysname, u.release);
	for (char *p = s + 2; *p; p++)
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", *p))
			*p = '_';
	return s;
}

static void
build_argv(dtrace_hdl_t *dtp, const char *name, argv_t *argv)
{
	/* gcc defines unix and linux as well, names a D program has every right to (unix`func). */
	static const char *const fixed[] = {
		"-Uunix",
		"-Ulinux",
		"-U__GNUC__",
		"-D__linux",
		"-D__linux__",
		"-D__unix",
		"-D__SVR4",
		"-D__SUNW_D=1",
		"-D__SUNW_D_64",
		"-D__Linux",
#if defined(__x86_64__)
		"-D__amd64",
		"-D__x86_64",
#elif defined(__aarch64__)
		"-D__aarch64__",
#endif
	};
	*dt_vec_push(argv) = dtp->cpppath ? dtp->cpppath : "cpp";
	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
		*dt_vec_push(argv) = fixed[i];
	*dt_vec_push(argv) = system_macro(dtp);
	*dt_vec_push(argv) = dt_arena_printf(dtp->arena, "-D__SUNW_D_VERSION=0x%08lx", api_version());
	if (dtp->stdc == STDC_S)
		*dt_vec_push(argv) = "-traditional-cpp";
	if (dtp->cpphdrs)
		*dt_vec_push(argv) = "-H";
	/* #include "x" looks beside the script, which the preprocessor sees only as its input. */
	const char *slash = name ? strrchr(name, '/') : NULL;
	if (slash) {
		*dt_vec_push(argv) = "-iquote";
		*dt_vec_push(argv) =
		    slash == name ? "/" : dt_arena_strndup(dtp->arena, name, (size_t)(slash - name));
	}
	for (int i = 0; i < dtp->cppargs.n; i++)
		*dt_vec_push(argv) = dtp->cppargs.p[i];
	*dt_vec_push(argv) = "-";
	*dt_vec_push(argv) = NULL;
}

/* --------------------------------------------------------------------- input */

static bool
write_all(int fd, const char *s, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, s, len);
		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0) {
			s += n;
			len -= (size_t)n;
		}
	}
	return true;
}

/* The text with its name in front; an interpreter line is none of the preprocessor's business. */
static int
input_file(const char *name, const char *text, size_t len, bool stdc0)
{
	/* Only a system header (flag 3) may change __STDC__ without a warning. */
	static const char prelude[] =
	    "# 1 \"<dtrace>\" 3\n#undef __STDC__\n#define __STDC__ 0\n# 1 \"<dtrace>\"\n";
	int fd = memfd_create("dtrace-cpp", MFD_CLOEXEC);
	if (fd < 0)
		return -1;
	bool ok = !stdc0 || write_all(fd, prelude, sizeof(prelude) - 1);
	if (!name || strpbrk(name, "\"\\\n"))
		name = "<script>";
	ok = ok && dprintf(fd, "# 1 \"%s\"\n", name) > 0;
	if (len > 1 && text[0] == '#' && text[1] == '!') {
		const char *nl = memchr(text, '\n', len);
		size_t skip = nl ? (size_t)(nl - text) : len;
		text += skip;
		len -= skip;
	}
	if (!ok || !write_all(fd, text, len) || lseek(fd, 0, SEEK_SET) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static char *
read_all(int fd, size_t *len)
{
	size_t size = 64 * 1024;
	char *buf = dt_xrealloc(NULL, size);
	*len = 0;
	for (;;) {
		if (*len + 1 == size)
			buf = dt_xrealloc(buf, size *= 2);
		ssize_t n = read(fd, buf + *len, size - 1 - *len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		*len += (size_t)n;
	}
	buf[*len] = '\0';
	return buf;
}

static void __attribute__((noreturn)) child(const argv_t *argv, int in, int out)
{
	if (dup2(in, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0)
		execvp(argv->p[0], (char *const *)(uintptr_t)argv->p);
	_exit(errno == ENOENT ? STATUS_NOENT : STATUS_EXEC);
}

static int
failure(dtrace_hdl_t *dtp, const char *path, int status)
{
	if (WIFEXITED(status) && WEXITSTATUS(status) == STATUS_NOENT)
		return dt_set_error(dtp, EDT_CPPENT,
				    "the C preprocessor \"%s\" is not there: install it (package cpp), or name "
				    "one with -x cpppath=PATH",
				    path);
	if (WIFEXITED(status) && WEXITSTATUS(status) == STATUS_EXEC)
		return dt_set_error(dtp, EDT_CPPEXEC, "the C preprocessor \"%s\" cannot be executed", path);
	if (WIFSIGNALED(status))
		return dt_set_error(dtp, EDT_CPPERR, "the C preprocessor \"%s\" was ended by signal %d", path,
				    WTERMSIG(status));
	return dt_set_error(dtp, EDT_CPPERR, "the C preprocessor \"%s\" failed with status %d", path,
			    WEXITSTATUS(status));
}

char *
dt_cpp(dtrace_hdl_t *dtp, const char *name, const char *text, size_t len, size_t *outlen)
{
	int in = input_file(name, text, len, dtp->stdc == STDC_A || dtp->stdc == STDC_T), out[2];
	if (in < 0 || pipe2(out, O_CLOEXEC) != 0) {
		dt_set_error(dtp, errno, "cannot pass the program to the C preprocessor: %s", strerror(errno));
		if (in >= 0)
			close(in);
		return NULL;
	}
	argv_t argv = {0};
	build_argv(dtp, name, &argv);
	char *result = NULL;
	int status = 0;
	pid_t pid = fork();
	if (pid == 0)
		child(&argv, in, out[1]);
	close(in);
	close(out[1]);
	if (pid > 0) {
		result = read_all(out[0], outlen);
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			continue;
	}
	close(out[0]);
	if (pid < 0)
		dt_set_error(dtp, EDT_CPPFORK, "the C preprocessor could not be started: %s", strerror(errno));
	else if (status != 0)
		failure(dtp, argv.p[0], status);
	dt_vec_free(&argv);
	if (pid > 0 && status == 0)
		return result;
	free(result);
	return NULL;
}
