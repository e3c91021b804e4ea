# rows: vminfo
# Pages that a program touches for the first time, writes to after fork(), may not write to, and reads from disk.
cat >pages.c <<'P'
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
enum { N = 64, SIZE = N * 4096 };
static sigjmp_buf back;
static void handler(int sig) { siglongjmp(back, sig); }
static void mark(int what) { syscall(SYS_getppid, what); }
int main(void)
{
	struct rusage a, b;
	char *p = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	madvise(p, SIZE, MADV_NOHUGEPAGE);
	mark(1001);
	for (int i = 0; i < SIZE; i += 4096)
		p[i] = 1;
	mark(1000);
	fflush(stdout);
	if (!fork()) {
		mark(1002);
		for (int i = 0; i < SIZE; i += 4096)
			p[i] = 2;
		mark(1000);
		_exit(0);
	}
	wait(NULL);
	signal(SIGSEGV, handler);
	mprotect(p, SIZE, PROT_NONE);
	mprotect(p, SIZE, PROT_READ);
	for (volatile int i = 0; i < 5; i++) {
		mark(1003);
		if (!sigsetjmp(back, 1))
			p[i * 4096] = 3;
		mark(1000);
	}
	return 0;
}
P
cc -O0 -w -o pages pages.c || exit 1
dtrace -q -c ./pages -n '
BEGIN { fresh = copied = zeroed = bad = 0; }
syscall::getppid:entry /arg0 >= 1000 && arg0 <= 1003 && execname == "pages"/ { self->what = arg0 - 1000; }
vminfo:::as_fault /self->what == 1/ { fresh += arg0; }
vminfo:::zfod /self->what == 1/ { zeroed += arg0; }
vminfo:::cow_fault /self->what == 2/ { copied += arg0; }
vminfo:::prot_fault /self->what == 3/ { bad += arg0; }
/* A fault that the kernel cannot finish at once (a lock is taken) is taken again: some more than pages. */
END { printf("fresh %d copied %d zeroed %d not allowed %d\n", fresh >= 64 && fresh < 72 ? 64 : fresh, copied >= 64 && copied < 72 ? 64 : copied,
    zeroed, bad); }'
