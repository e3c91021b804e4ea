# Names of other systems (providers.md 22) for calls that Linux tells apart by flags: each call is seen under one of them, with
# the arguments of that name, and constants where the other system has one call for several.
cat >calls.c <<'C'
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/sem.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static void *
nothing(void *p)
{
	return p;
}

/* On the stack: not a page of the file that nobody has read yet. */
static long
at(long call, const char *path, long a, long b, long c)
{
	char here[64];
	snprintf(here, sizeof(here), "%s", path);
	return syscall(call, AT_FDCWD, here, a, b, c);
}

int
main(void)
{
	struct stat st;
	struct statx stx;
	struct rlimit limit;
	pthread_t t;
	pid_t child;
	char *argv[] = {"true", NULL};
	int word = 0, sem;

	at(SYS_newfstatat, "of-stat", (long)&st, 0, 0);
	at(SYS_newfstatat, "of-lstat", (long)&st, AT_SYMLINK_NOFOLLOW, 0);
	at(SYS_statx, "of-statx", 0, 0, (long)&stx);
	at(SYS_statx, "of-lstatx", AT_SYMLINK_NOFOLLOW, 0, (long)&stx);
	syscall(SYS_newfstatat, 77, "", &st, AT_EMPTY_PATH);
	syscall(SYS_fstat, 78, &st);
	syscall(SYS_statx, 79, "", AT_EMPTY_PATH, 0, &stx);
	at(SYS_openat, "of-creat", O_CREAT | O_WRONLY, 0640, 0);
	at(SYS_openat, "of-open", O_RDONLY, 0, 0);
	at(SYS_unlinkat, "of-creat", 0, 0, 0);
	at(SYS_unlinkat, "of-rmdir", AT_REMOVEDIR, 0, 0);
	at(SYS_fchownat, "of-chown", 1, 1, 0);
	syscall(SYS_fchownat, AT_FDCWD, "of-lchown", 1, 1, AT_SYMLINK_NOFOLLOW);
	if (fork() == 0)
		_exit(0);
	waitpid(-1, NULL, 0);
	posix_spawn(&child, "/bin/true", NULL, NULL, argv, environ);
	waitpid(child, NULL, 0);
	for (int i = 0; i < 20; i++) {
		pthread_create(&t, NULL, nothing, NULL);
		pthread_join(t, NULL);
	}
	sem = semget(IPC_PRIVATE, 1, 0600);
	semctl(sem, 0, IPC_RMID);
	prlimit(0, RLIMIT_CORE, NULL, &limit);
	prlimit(0, RLIMIT_CORE, &limit, NULL);
	msync(&word, 4095, 6);
	syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
	syscall(SYS_futex, &word, FUTEX_WAIT, 1, NULL, NULL, 0);
	return 0;
}
C
cc -o calls calls.c -pthread || exit 1
echo "paths:"
dtrace -qn 'syscall::stat:entry, syscall::lstat:entry, syscall::creat:entry, syscall::unlink:entry, syscall::rmdir:entry, syscall::chown:entry,
    syscall::lchown:entry /pid == $target && arg0 > 0x1000/ { self->p = arg0; }
    syscall::stat:return, syscall::lstat:return, syscall::creat:return, syscall::unlink:return, syscall::rmdir:return, syscall::chown:return,
    syscall::lchown:return /self->p/ { printf("%s %s\n", probefunc, copyinstr(self->p)); self->p = 0; }
    syscall::creat:entry /pid == $target/ { printf("mode %o\n", arg1); }
    syscall::fstat:entry /pid == $target && arg0 > 70/ { printf("fstat %d by %s\n", arg0, probemod); }' -c ./calls | grep .
echo "processes and threads:"
dtrace -qn 'syscall::*fork*:return /execname == "calls"/ { @[probefunc, arg0 > 0 ? "parent" : "child"] = count(); }
    syscall::posix_spawn:entry, syscall::lwp_create:entry /execname == "calls"/ { @[probefunc, "call"] = count(); }
    syscall::lwp_create:return /execname == "calls"/ { @[probefunc, arg0 > 0 ? "parent" : "child"] = count(); }
    END { printa("%s %s %@d\n", @); }' -c ./calls | grep . | sort
echo "a script that knows forks by several names sees each once:"
dtrace -qn 'syscall::fork1:entry, syscall::forkall:entry, syscall::vfork:entry, syscall::fork:entry, syscall::rfork:entry
    /execname == "calls"/ { @[probefunc] = count(); }
    END { printa("%s %@d\n", @); }' -c ./calls | grep . | sort
echo "one call for several, by a code:"
dtrace -qn 'syscall::semsys:entry /pid == $target/ { printf("%s: %d %d %d\n", probefunc, arg0, arg1 > 0, arg2); }
    syscall::memcntl:entry /pid == $target && (arg1 & 4095) == 4095/ { printf("memcntl: %d, %d, %d\n", arg1, args[2], arg3); }
    syscall::getrlimit:entry, syscall::setrlimit:entry /pid == $target && arg0 == 4/ { printf("%s: %d\n", probefunc, arg1 > 0); }
    syscall::ulock_wait:entry /pid == $target && arg0 == 0/ { @["waits"] = count(); }
    syscall::ulock_wake:entry /pid == $target && (arg0 & 0x7f) == 1/ { @["wakes"] = count(); }
    END { printa("%s %@d\n", @); }' -c ./calls | grep .
echo "macOS:"
dtrace -qn 'syscall::*read*nocancel:entry /pid == $target/ { @[probefunc] = count(); } END { printa("%s %@d\n", @); }' -c "dd if=/dev/zero of=/dev/null bs=1 count=100" 2>/dev/null |
	awk '$1 == "read_nocancel" && $2 >= 100 { print "all reads" }'
dtrace -qn 'syscall::read:entry, syscall::read_nocancel:entry /pid == $target/ { @[probefunc] = count(); } END { printa("%s\n", @); }' -c "cat calls.c" 2>/dev/null | grep '^read'
