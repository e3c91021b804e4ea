/*
 * syscalls.c - system calls of other systems: see compat.h.
 *
 * Two kinds of names.  What Linux does not know at all (exece, pollsys) means the calls that do it here.
 * And what it knows but libc no longer calls (open, stat, access): a script that traces it wants the calls
 * that take its place too, with the arguments where it looks for them.  What a program does once must be seen
 * once: 32-bit and old forms that scripts list beside the plain name (open64, xstat) are there but never fire,
 * and a call that does the work of several names is told apart by its flags.
 */
#include "compat.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <linux/sched.h>
#include <string.h>

static const char same[] = "012345";

/* Paths relative to a directory: its descriptor comes first and is not shown. */
static const char at[] = "12345";

#define ROW(n, c, a, ...)                                                                                      \
	{                                                                                                      \
		.name = (n), .call = (c), .args = (a), ##__VA_ARGS__                                           \
	}
#define TEST(...) .test = {__VA_ARGS__}

/* Flags of an argument: none of these, this one, of these this one alone.  A pointer: none, one. */
#define WITHOUT(n, flags)   TEST(.arg = (n), .mask = (flags), .want = 0)
#define WITH(n, flag)       TEST(.arg = (n), .mask = (flag), .want = (flag))
#define ONLY(n, flags, one) TEST(.arg = (n), .mask = (flags), .want = (one))
#define NULLARG(n)          TEST(.arg = (n), .mask = ~0ULL, .want = 0)
#define GIVEN(n)            TEST(.arg = (n), .mask = ~0ULL, .want = 0, .unlike = true)

/* clone() has its flags in an argument, clone3() in memory. */
#define FLAGS3(flags, one) TEST(.arg = 0, .clone3 = true, .mask = (flags), .want = (one))
#define PROCESS            WITHOUT(0, CLONE_THREAD)
#define PROCESS3           FLAGS3(CLONE_THREAD, 0)
#define THREAD             WITH(0, CLONE_THREAD)
#define THREAD3            FLAGS3(CLONE_THREAD, CLONE_THREAD)
#define SPAWN              ONLY(0, CLONE_VFORK | CLONE_THREAD, CLONE_VFORK)
#define SPAWN3             FLAGS3(CLONE_VFORK | CLONE_THREAD, CLONE_VFORK)

#define FUTEX(op)   TEST(.arg = 1, .mask = 0x7f, .want = (op))
#define FOLLOW      (AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)
#define NOCANCEL(n) ROW(n "_nocancel", n, same, .unless = n)

static const dt_foreign_t rows[] = {
    ROW("open", "openat", at),
    ROW("open", "openat2", at),
    ROW("open64", NULL, same),
    ROW("openat64", NULL, same),
    ROW("creat", "openat", "13", WITH(2, O_CREAT), .unless = "open"),
    ROW("creat64", NULL, same),
    ROW("fsat", "openat", "a012"),
    ROW("fsat", "newfstatat", "d0123"),
    ROW("fsat", "fchownat", "e01234"),
    ROW("fsat", "unlinkat", "f012"),
    ROW("fsat", "futimesat", "g012"),
    ROW("fsat", "renameat", "h0123"),
    ROW("fsat", "renameat2", "h0123"),
    ROW("fsat", "faccessat", "i0123"),
    ROW("fsat", "faccessat2", "i0123"),
    ROW("stat", "newfstatat", at, WITHOUT(3, FOLLOW)),
    ROW("stat", "statx", "14", WITHOUT(2, FOLLOW)),
    ROW("stat64", NULL, same),
    ROW("xstat", NULL, same),
    ROW("lstat", "newfstatat", at, ONLY(3, FOLLOW, AT_SYMLINK_NOFOLLOW)),
    ROW("lstat", "statx", "14", ONLY(2, FOLLOW, AT_SYMLINK_NOFOLLOW)),
    ROW("lstat64", NULL, same),
    ROW("lxstat", NULL, same),
    ROW("fstat", "newfstatat", "02", WITH(3, AT_EMPTY_PATH)),
    ROW("fstat", "statx", "04", WITH(2, AT_EMPTY_PATH)),
    ROW("fstat64", NULL, same),
    ROW("fxstat", NULL, same),
    ROW("fstatat", "newfstatat", same),
    ROW("fstatat64", "newfstatat", same),
    ROW("statvfs", "statfs", same),
    ROW("statvfs64", NULL, same),
    ROW("statfs64", NULL, same),
    ROW("fstatvfs", "fstatfs", same),
    ROW("fstatvfs64", NULL, same),
    ROW("fstatfs64", NULL, same),
    ROW("access", "faccessat", at),
    ROW("access", "faccessat2", at),
    ROW("mkdir", "mkdirat", at),
    ROW("rmdir", "unlinkat", "1", WITH(2, AT_REMOVEDIR)),
    ROW("unlink", "unlinkat", "1", WITHOUT(2, AT_REMOVEDIR)),
    ROW("link", "linkat", "13"),
    ROW("symlink", "symlinkat", "02"),
    ROW("readlink", "readlinkat", at),
    ROW("rename", "renameat", "13"),
    ROW("rename", "renameat2", "13"),
    ROW("chmod", "fchmodat", at),
    ROW("chmod", "fchmodat2", at),
    ROW("chown", "fchownat", at, WITHOUT(4, AT_SYMLINK_NOFOLLOW)),
    ROW("lchown", "fchownat", at, WITH(4, AT_SYMLINK_NOFOLLOW)),
    ROW("mknod", "mknodat", at),
    ROW("utimes", "utimensat", at),
    ROW("utime", "utimensat", at, .unless = "utimes"),
    ROW("futimesat", "utimensat", same, .unless = "utimes"),
    ROW("utimesys", "utimensat", same),
    ROW("resolvepath", "readlink", same),
    ROW("resolvepath", "readlinkat", at),
    ROW("getdents", "getdents64", same),
    ROW("getdirentries", "getdents64", same),
    ROW("getdirentries64", NULL, same),
    ROW("dup", "dup2", "0"),
    ROW("dup", "dup3", "0"),
    ROW("dup2", "dup3", "01"),
    ROW("pipe", "pipe2", "0"),
    ROW("pread", "pread64", same),
    ROW("pwrite", "pwrite64", same),
    ROW("preadv", "preadv2", same),
    ROW("pwritev", "pwritev2", same),
    ROW("llseek", "lseek", same),
    ROW("mmap64", NULL, same),
    ROW("memcntl", "madvise", "01e2"),
    ROW("memcntl", "mlock", "01c"),
    ROW("memcntl", "munlock", "01d"),
    ROW("memcntl", "msync", "01b2"),
    ROW("break", "brk", same),
    ROW("sendfilev", "sendfile", same),
    ROW("pollsys", "ppoll", same),
    ROW("pollsys", "poll", same),
    ROW("pselect", "pselect6", same),
    ROW("select", "pselect6", same, .unless = "pselect"),
    ROW("portfs", "epoll_create1", ""),
    ROW("portfs", "epoll_ctl", ""),
    ROW("portfs", "epoll_wait", ""),
    ROW("portfs", "epoll_pwait", ""),
    ROW("portfs", "epoll_pwait2", ""),
    ROW("kqueue", "epoll_create1", ""),
    ROW("kevent", "epoll_ctl", "0"),
    ROW("kevent", "epoll_wait", "0"),
    ROW("kevent", "epoll_pwait", "0"),
    ROW("kevent", "epoll_pwait2", "0"),
    ROW("kevent64", NULL, ""),
    ROW("kevent_qos", NULL, ""),
    ROW("fork", "clone", "", PROCESS),
    ROW("fork", "clone3", "", PROCESS3),
    ROW("fork1", "fork", ""),
    ROW("fork1", "vfork", "", .unless = "vfork"),
    ROW("fork1", "clone", "", PROCESS, .unless = "fork"),
    ROW("fork1", "clone3", "", PROCESS3, .unless = "fork"),
    ROW("forkall", NULL, ""),
    ROW("forksys", "fork", "a"),
    ROW("forksys", "vfork", "c"),
    ROW("forksys", "clone", "a", PROCESS, .unless = "fork1"),
    ROW("forksys", "clone3", "a", PROCESS3, .unless = "fork1"),
    ROW("rfork", "clone", "0", PROCESS, .unless = "fork"),
    ROW("rfork", "clone3", "", PROCESS3, .unless = "fork"),
    ROW("pdfork", NULL, ""),
    ROW("posix_spawn", "clone", "", SPAWN, .unless = "fork"),
    ROW("posix_spawn", "clone3", "", SPAWN3, .unless = "fork"),
    ROW("exec", NULL, same),
    ROW("exece", "execve", same),
    ROW("exece", "execveat", at),
    ROW("fexecve", "execveat", "023"),
    ROW("__mac_execve", "execve", same),
    ROW("rexit", "exit_group", same),
    ROW("exit", "exit_group", same, .unless = "rexit"),
    ROW("sys_exit", "exit_group", same, .unless = "exit"),
    ROW("wait", "wait4", "1"),
    ROW("wait3", "wait4", "123", .unless = "wait"),
    ROW("wait6", "wait4", "a0123", .unless = "wait4"),
    ROW("wait6", "waitid", "01234", .unless = "waitid"),
    ROW("waitsys", "waitid", same),
    ROW("waitsys", "wait4", "a0a2"),
    ROW("setpgrp", "getpgrp", "a"),
    ROW("setpgrp", "setpgid", "f01"),
    ROW("setpgrp", "getsid", "c0"),
    ROW("setpgrp", "setsid", "d"),
    ROW("setpgrp", "getpgid", "e0"),
    ROW("pgrpsys", "getpgrp", "a"),
    ROW("pgrpsys", "setpgid", "f01"),
    ROW("pgrpsys", "getsid", "c0"),
    ROW("pgrpsys", "setsid", "d"),
    ROW("pgrpsys", "getpgid", "e0"),
    ROW("sigsendsys", "kill", "", .unless = "kill"),
    ROW("sigqueue", "rt_sigqueueinfo", same),
    ROW("lwp_kill", "tkill", same),
    ROW("lwp_kill", "tgkill", "12"),
    ROW("thr_kill", "tkill", same),
    ROW("thr_kill", "tgkill", "12"),
    ROW("thr_kill2", "tgkill", same, .unless = "thr_kill"),
    ROW("__pthread_kill", "tgkill", "12"),
    ROW("sigaction", "rt_sigaction", same),
    ROW("sigprocmask", "rt_sigprocmask", same),
    ROW("lwp_sigmask", "rt_sigprocmask", same),
    ROW("sigpending", "rt_sigpending", same),
    ROW("sigsuspend", "rt_sigsuspend", same),
    ROW("sigtimedwait", "rt_sigtimedwait", same),
    ROW("sigwait", "rt_sigtimedwait", "0", .unless = "sigtimedwait"),
    ROW("sigwaitinfo", "rt_sigtimedwait", "01", .unless = "sigtimedwait"),
    ROW("setcontext", "rt_sigreturn", ""),
    ROW("getcontext", NULL, ""),
    ROW("context", "rt_sigreturn", "b"),
    ROW("sigreturn", "rt_sigreturn", ""),
    ROW("lwp_create", "clone", "", THREAD),
    ROW("lwp_create", "clone3", "", THREAD3),
    ROW("thr_new", "clone", "", THREAD),
    ROW("thr_new", "clone3", "", THREAD3),
    ROW("bsdthread_create", "clone", "", THREAD),
    ROW("bsdthread_create", "clone3", "", THREAD3),
    ROW("lwp_exit", "exit", same),
    ROW("thr_exit", "exit", same),
    ROW("bsdthread_terminate", "exit", ""),
    ROW("lwp_self", "gettid", same),
    ROW("thr_self", "gettid", same),
    ROW("lwp_name", "prctl", ""),
    ROW("lwp_private", "arch_prctl", ""),
    ROW("lwp_info", NULL, ""),
    ROW("lwp_park", "futex", same),
    ROW("lwp_mutex_timedlock", "futex", "0", FUTEX(FUTEX_WAIT), .unless = "lwp_park"),
    ROW("lwp_mutex_wakeup", "futex", "0", FUTEX(FUTEX_WAKE), .unless = "lwp_park"),
    ROW("lwp_mutex_unlock", "futex", "0", FUTEX(FUTEX_UNLOCK_PI), .unless = "lwp_park"),
    ROW("lwp_cond_wait", "futex", "0", FUTEX(FUTEX_WAIT_BITSET), .unless = "lwp_park"),
    ROW("lwp_cond_signal", "futex", "0", FUTEX(FUTEX_WAKE), .unless = "lwp_mutex_wakeup"),
    ROW("lwp_cond_broadcast", NULL, ""),
    ROW("_umtx_op", "futex", "01"),
    ROW("psynch_mutexwait", "futex", "0", FUTEX(FUTEX_WAIT)),
    ROW("psynch_mutexdrop", "futex", "0", FUTEX(FUTEX_WAKE)),
    ROW("psynch_cvwait", "futex", "0", FUTEX(FUTEX_WAIT_BITSET)),
    ROW("psynch_cvsignal", NULL, ""),
    ROW("psynch_cvbroad", NULL, ""),
    ROW("semwait_signal", "futex", "0", FUTEX(FUTEX_WAIT_BITSET), .unless = "psynch_cvwait"),
    ROW("ulock_wait", "futex", "10", FUTEX(FUTEX_WAIT), .unless = "psynch_mutexwait"),
    ROW("ulock_wake", "futex", "10", FUTEX(FUTEX_WAKE), .unless = "psynch_mutexdrop"),
    ROW("yield", "sched_yield", same),
    ROW("priocntlsys", "setpriority", "a01"),
    ROW("priocntlsys", "sched_setscheduler", "aa0"),
    ROW("priocntlsys", "sched_setparam", "aa0"),
    ROW("priocntlsys", "sched_setattr", "aa0"),
    ROW("priocntlset", NULL, ""),
    ROW("nice", "setpriority", "2", .unless = "setpriority"),
    ROW("rtprio", "sched_setscheduler", ""),
    ROW("processor_bind", "sched_setaffinity", ""),
    ROW("cpuset_setaffinity", "sched_setaffinity", ""),
    ROW("cpuset_getaffinity", "sched_getaffinity", ""),
    ROW("nanosleep", "clock_nanosleep", "23"),
    ROW("gtime", "time", same),
    ROW("stime", "settimeofday", same),
    ROW("adjtime", "adjtimex", "0"),
    ROW("adjtime", "clock_adjtime", "1"),
    ROW("ntp_adjtime", "adjtimex", "0"),
    ROW("ntp_adjtime", "clock_adjtime", "1"),
    ROW("so_socket", "socket", same),
    ROW("so_socketpair", "socketpair", same),
    ROW("accept", "accept4", same),
    ROW("send", "sendto", same),
    ROW("recv", "recvfrom", same),
    ROW("sendmsg", "sendmmsg", "0"),
    ROW("recvmsg", "recvmmsg", "0"),
    ROW("semsys", "semctl", "a0123"),
    ROW("semsys", "semget", "b012"),
    ROW("semsys", "semop", "c012"),
    ROW("semsys", "semtimedop", "e0123"),
    ROW("msgsys", "msgget", "a01"),
    ROW("msgsys", "msgctl", "b012"),
    ROW("msgsys", "msgrcv", "c01234"),
    ROW("msgsys", "msgsnd", "d0123"),
    ROW("shmsys", "shmat", "a012"),
    ROW("shmsys", "shmctl", "b012"),
    ROW("shmsys", "shmdt", "c0"),
    ROW("shmsys", "shmget", "d012"),
    ROW("kaio", "io_submit", ""),
    ROW("kaio", "io_getevents", ""),
    ROW("kaio", "io_pgetevents", ""),
    ROW("kaio", "io_uring_enter", ""),
    ROW("lio_listio", "io_submit", ""),
    ROW("umount", "umount2", same),
    ROW("unmount", "umount2", same),
    ROW("nmount", "mount", ""),
    ROW("nmount", "fsmount", ""),
    ROW("systeminfo", "uname", ""),
    ROW("modctl", "init_module", ""),
    ROW("modctl", "finit_module", ""),
    ROW("modctl", "delete_module", ""),
    ROW("uadmin", "reboot", ""),
    ROW("sysi86", "arch_prctl", ""),
    ROW("sysi86", "ioperm", ""),
    ROW("rctlsys", "prctl", ""),
    ROW("rusagesys", "getrusage", ""),
    ROW("getrlimit", "prlimit64", "13", NULLARG(2)),
    ROW("setrlimit", "prlimit64", "12", GIVEN(2)),
    ROW("setrlimit64", NULL, same),
    ROW("getrlimit64", NULL, same),
    ROW("acl", "getxattr", "0"),
    ROW("acl", "setxattr", "0"),
    ROW("facl", "fgetxattr", "0"),
    ROW("facl", "fsetxattr", "0"),
    ROW("__getcwd", "getcwd", same),
    ROW("fchroot", NULL, same),
    ROW("zone", "setns", ""),
    ROW("zone", "unshare", ""),
    ROW("jail", "unshare", ""),
    ROW("jail_attach", "setns", ""),
    ROW("privsys", "capset", ""),
    ROW("privsys", "prctl", ""),
    ROW("open_extended", NULL, same),
    ROW("open_dprotected_np", NULL, same),
    ROW("open_nocancel", "open", same, .unless = "open"),
    ROW("open_nocancel", "openat", at, .unless = "open"),
    ROW("open_nocancel", "openat2", at, .unless = "open"),
    ROW("openat_nocancel", "openat", same, .unless = "open_nocancel"),
    ROW("pread_nocancel", "pread64", same, .unless = "pread"),
    ROW("pwrite_nocancel", "pwrite64", same, .unless = "pwrite"),
    ROW("sigsuspend_nocancel", "rt_sigsuspend", same, .unless = "sigsuspend"),
    NOCANCEL("read"),
    NOCANCEL("write"),
    NOCANCEL("close"),
    NOCANCEL("readv"),
    NOCANCEL("writev"),
    NOCANCEL("recvfrom"),
    NOCANCEL("recvmsg"),
    NOCANCEL("sendto"),
    NOCANCEL("sendmsg"),
    NOCANCEL("accept"),
    NOCANCEL("connect"),
    NOCANCEL("fcntl"),
    NOCANCEL("fsync"),
    NOCANCEL("msync"),
    NOCANCEL("poll"),
    NOCANCEL("select"),
    NOCANCEL("wait4"),
    NOCANCEL("waitid"),
};

enum {
	NROWS = sizeof(rows) / sizeof(rows[0])
};

const dt_foreign_t *
dt_foreign_at(int i)
{
	return i < NROWS ? &rows[i] : NULL;
}

const dt_foreign_t *
dt_foreign_row(const char *name, const char *call)
{
	for (int k = 0; k < NROWS; k++)
		if (!strcmp(rows[k].name, name) && rows[k].call && !strcmp(rows[k].call, call))
			return &rows[k];
	return NULL;
}

int
dt_foreign_arg(const dt_foreign_t *f, int i)
{
	if (i >= (int)strlen(f->args))
		return DT_FOREIGN_NONE;
	return f->args[i] >= 'a' ? DT_FOREIGN_CONST + f->args[i] - 'a' : f->args[i] - '0';
}
