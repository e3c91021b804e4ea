/*
 * init.c - process 1 of a test kernel.  Mounts the host's root, read-only under a tmpfs, runs one script in
 * it, leaves the exit status in a file, powers off.
 *
 * In the initrd: /mod/NAME.ko, the modules to load (what the kernel has built in is not there).  From
 * QEMU, over virtio-9p: tag "root", the host's root; tag "vm", a directory of the host's that may be written,
 * on /mnt: `script` (in), `output` and `status` (out).  With VM_TTY=ttyS1 on the kernel's command line the
 * script talks to that terminal instead.  What goes wrong before there is an output goes to the console.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define P9 "trans=virtio,version=9p2000.L,msize=262144,"

static void __attribute__((noreturn)) off(void)
{
	/* Not sync(): a test may have left a file system whose server is gone. */
	int share = open("/mnt", O_RDONLY | O_DIRECTORY);
	if (share >= 0)
		syncfs(share);
	reboot(RB_POWER_OFF);
	_exit(1);
}

static void __attribute__((noreturn, format(printf, 1, 2))) die(const char *fmt, ...)
{
	int err = errno;
	va_list ap;
	va_start(ap, fmt);
	printf("init: ");
	vprintf(fmt, ap);
	printf(": %s\n", strerror(err));
	va_end(ap);
	fflush(stdout);
	off();
}

static void
attach(const char *what, const char *where, const char *type, unsigned long flags, const char *options)
{
	mkdir(where, 0755);
	if (mount(what, where, type, flags, options) < 0)
		die("cannot mount %s on %s", type, where);
}

/* One module may need another: round after round, as long as any goes in. */
static void
load_modules(void)
{
	int loaded, left;
	char why[400];
	do {
		DIR *d = opendir("/mod");
		struct dirent *e;
		loaded = left = 0;
		while (d && (e = readdir(d))) {
			char path[300];
			snprintf(path, sizeof(path), "/mod/%s", e->d_name);
			if (!strstr(path, ".ko"))
				continue;
			int fd = open(path, O_RDONLY | O_CLOEXEC);
			if (fd >= 0 && (syscall(SYS_finit_module, fd, "", 0) == 0 || errno == EEXIST)) {
				unlink(path);
				loaded++;
			} else {
				snprintf(why, sizeof(why), "init: cannot load %s: %s", path, strerror(errno));
				left++;
			}
			close(fd);
		}
		closedir(d);
	} while (loaded && left);
	if (left)
		puts(why);
}

/* The machine's own network: 127.0.0.0/8 and ::1. */
static void
loopback_up(void)
{
	struct ifreq lo = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
	int s = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (s < 0 || ioctl(s, SIOCSIFFLAGS, &lo) < 0)
		printf("init: cannot start lo: %s\n", strerror(errno));
	close(s);
}

int
main(void)
{
	attach("dev", "/dev", "devtmpfs", 0, NULL);
	load_modules();
	attach("root", "/host", "9p", MS_RDONLY, P9 "cache=loose");
	attach("tmp", "/tmp", "tmpfs", 0, "mode=755");
	mkdir("/tmp/upper", 0755);
	mkdir("/tmp/work", 0755);
	attach("overlay", "/root", "overlay", 0, "lowerdir=/host,upperdir=/tmp/upper,workdir=/tmp/work");
	/* The root of all, not a chroot in it: paths that the kernel tells begin there. */
	if (chdir("/root") < 0 || mount(".", "/", NULL, MS_MOVE, NULL) < 0 || chroot(".") < 0)
		die("cannot make the host's files the root");
	mount(NULL, "/", NULL, MS_REC | MS_SHARED, NULL); /* as systemd has it */
	attach("vm", "/mnt", "9p", 0, P9 "cache=none");
	attach("proc", "/proc", "proc", 0, NULL);
	attach("sys", "/sys", "sysfs", 0, NULL);
	attach("dev", "/dev", "devtmpfs", 0, NULL);
	attach("pts", "/dev/pts", "devpts", 0, NULL);
	attach("shm", "/dev/shm", "tmpfs", 0, NULL);
	attach("run", "/run", "tmpfs", 0, NULL);
	attach("trace", "/sys/kernel/tracing", "tracefs", 0, NULL);
	attach("bpf", "/sys/fs/bpf", "bpf", 0, NULL);
	loopback_up();
	symlink("/proc/self/fd", "/dev/fd");
	symlink("/proc/self/fd/0", "/dev/stdin");
	symlink("/proc/self/fd/1", "/dev/stdout");
	symlink("/proc/self/fd/2", "/dev/stderr");

	char tty[64] = "";
	if (getenv("VM_TTY"))
		snprintf(tty, sizeof(tty), "/dev/%s", getenv("VM_TTY"));
	int out = *tty ? open(tty, O_RDWR | O_NOCTTY | O_CLOEXEC)
		       : open("/mnt/output", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	if (out < 0)
		die("cannot write %s", *tty ? tty : "/mnt/output");
	pid_t pid = fork();
	if (pid == 0) {
		dup2(out, 1);
		dup2(out, 2);
		dup2(*tty ? out : open("/dev/null", O_RDONLY | O_CLOEXEC), 0);
		setsid();
		if (*tty)
			ioctl(0, TIOCSCTTY, 0);
		setenv("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", 1);
		setenv("HOME", "/root", 1);
		execl("/bin/sh", "sh", "/mnt/script", (char *)NULL);
		perror("vm: /bin/sh");
		_exit(127);
	}
	int status;
	pid_t got;
	while ((got = wait(&status)) != pid) /* and whoever lost its parent */
		if (got < 0)
			die("wait");
	FILE *f = fopen("/mnt/status", "w");
	if (!f)
		die("cannot write /mnt/status");
	fprintf(f, "%d\n", WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
	fclose(f);
	off();
}
