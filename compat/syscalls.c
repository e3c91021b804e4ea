/*
 * syscalls.c - system calls of other systems: see compat.h.
 *
 * Two kinds of names.  What Linux does not know at all (exece, pollsys) means the calls that do it here.
 * And what it knows but libc no longer calls (open, stat, access): a script that traces it wants the calls
 * that take its place too, with the arguments where it looks for them.  What a program does once must be seen
 * once: 32-bit and old forms that scripts list beside the plain name (open64, xstat) are there but never fire.
 */
#include "compat.h"

#include <string.h>

static const char same[] = "012345";

/* Paths relative to a directory: its descriptor comes first and is not shown. */
static const char at[] = "12345";

static const dt_foreign_t rows[] = {
    {"open", "openat", at},
    {"open", "openat2", at},
    {"open64", NULL, same},
    {"openat64", NULL, same},
    {"creat64", NULL, same},
    {"stat", "newfstatat", at},
    {"stat", "statx", "14"},
    {"stat64", NULL, same},
    {"xstat", NULL, same},
    {"lstat64", NULL, same},
    {"lxstat", NULL, same},
    {"fstat64", NULL, same},
    {"fxstat", NULL, same},
    {"fstatat", "newfstatat", same},
    {"fstatat64", "newfstatat", same},
    {"statvfs", "statfs", same},
    {"statvfs64", NULL, same},
    {"fstatvfs", "fstatfs", same},
    {"fstatvfs64", NULL, same},
    {"access", "faccessat", at},
    {"access", "faccessat2", at},
    {"mkdir", "mkdirat", at},
    {"unlink", "unlinkat", at},
    {"link", "linkat", "13"},
    {"symlink", "symlinkat", "02"},
    {"readlink", "readlinkat", at},
    {"rename", "renameat", "13"},
    {"rename", "renameat2", "13"},
    {"chmod", "fchmodat", at},
    {"chmod", "fchmodat2", at},
    {"chown", "fchownat", at},
    {"mknod", "mknodat", at},
    {"utimesys", "utimensat", same},
    {"resolvepath", "readlink", same},
    {"resolvepath", "readlinkat", at},
    {"pread", "pread64", same},
    {"pwrite", "pwrite64", same},
    {"llseek", "lseek", same},
    {"mmap64", NULL, same},
    {"memcntl", "madvise", "012"},
    {"sendfilev", "sendfile", same},
    {"pollsys", "ppoll", same},
    {"pollsys", "poll", same},
    {"exec", NULL, same},
    {"exece", "execve", same},
    {"exece", "execveat", at},
    {"fexecve", "execveat", "023"},
    {"rexit", "exit_group", same},
    {"waitsys", "waitid", same},
    {"sigqueue", "rt_sigqueueinfo", same},
    {"lwp_kill", "tkill", same},
    {"lwp_kill", "tgkill", "12"},
    {"thr_kill", "tkill", same},
    {"thr_kill", "tgkill", "12"},
    {"sigaction", "rt_sigaction", same},
    {"sigprocmask", "rt_sigprocmask", same},
    {"lwp_sigmask", "rt_sigprocmask", same},
    {"sigpending", "rt_sigpending", same},
    {"sigsuspend", "rt_sigsuspend", same},
    {"sigtimedwait", "rt_sigtimedwait", same},
    {"setcontext", "rt_sigreturn", ""},
    {"sigreturn", "rt_sigreturn", ""},
    {"lwp_exit", "exit", same},
    {"thr_exit", "exit", same},
    {"lwp_self", "gettid", same},
    {"thr_self", "gettid", same},
    {"lwp_park", "futex", same},
    {"yield", "sched_yield", same},
    {"nanosleep", "clock_nanosleep", "23"},
    {"gtime", "time", same},
    {"stime", "settimeofday", same},
    {"so_socket", "socket", same},
    {"so_socketpair", "socketpair", same},
    {"accept", "accept4", same},
    {"send", "sendto", same},
    {"recv", "recvfrom", same},
    {"systeminfo", "uname", ""},
    {"sys_exit", "exit_group", same},
    {"setrlimit64", NULL, same},
    {"getrlimit64", NULL, same},
};

enum {
	NROWS = sizeof(rows) / sizeof(rows[0])
};

const dt_foreign_t *
dt_foreign_find(const char *name, int i)
{
	for (int k = 0; k < NROWS; k++)
		if (!strcmp(rows[k].name, name) && i-- == 0)
			return &rows[k];
	return NULL;
}

int
dt_foreign_arg(const char *name, const char *call, int i)
{
	for (int k = 0; k < NROWS; k++) {
		const dt_foreign_t *f = &rows[k];
		if (!strcmp(f->name, name) && f->call && !strcmp(f->call, call))
			return i < (int)strlen(f->args) ? f->args[i] - '0' : -1;
	}
	return -1;
}
