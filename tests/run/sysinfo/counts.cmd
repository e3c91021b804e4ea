# rows: sysinfo
# What a program does, counted by it and by the probes.
cat >does.c <<'P'
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>
static void *nothing(void *arg) { return arg; }
int main(void)
{
	char buf[4096] = "";
	int fd = open("data", O_RDWR | O_CREAT, 0600), q = msgget(IPC_PRIVATE, 0600), s = semget(IPC_PRIVATE, 1, 0600);
	struct iovec io[2] = {{buf, 100}, {buf, 200}};
	struct { long type; char text[8]; } m = {1, ""};
	struct sembuf up = {0, 1, 0};
	syscall(SYS_getppid); /* begin */
	for (int i = 0; i < 5; i++)
		pwrite(fd, buf, 1000, 0);
	writev(fd, io, 2);
	write(-1, buf, 7); /* fails: counted as a call, not as bytes */
	for (int i = 0; i < 3; i++)
		pread(fd, buf, 500, 0);
	msgsnd(q, &m, 8, 0);
	msgrcv(q, &m, 8, 0, 0);
	semop(s, &up, 1);
	for (int i = 0; i < 2; i++) {
		if (!fork())
			_exit(0);
		wait(NULL);
	}
	if (!vfork())
		_exit(0);
	wait(NULL);
	pthread_t t;
	pthread_create(&t, NULL, nothing, NULL);
	pthread_join(t, NULL);
	if (!vfork())
		execl("/bin/true", "true", NULL);
	wait(NULL);
	syscall(SYS_getppid); /* end */
	msgctl(q, IPC_RMID, NULL);
	semctl(s, 0, IPC_RMID);
	return 0;
}
P
cc -O1 -w -pthread -o does does.c || exit 1
dtrace -q -c ./does -n '
syscall::getppid:entry /pid == $target/ { on++; }
sysinfo:::sysread, sysinfo:::syswrite, sysinfo:::readch, sysinfo:::writech, sysinfo:::msg, sysinfo:::sema, sysinfo:::sysfork, sysinfo:::sysvfork,
sysinfo:::nthreads /on == 1 && pid == $target/ { @[probename] = sum(arg0); }
sysinfo:::sysexec /on == 1 && ppid == $target/ { @[probename] = sum(arg0); }
END { printa("%s %@d\n", @); }'
