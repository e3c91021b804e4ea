# rows: A10.  Code without a file has the name its perf map gives.
cat >t.c <<'C'
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
static void call(void) { getppid(); }
int main(void)
{
	/* push rbp; mov rbp, rsp; call rdi; pop rbp; ret */
	static const unsigned char code[] = {0x55, 0x48, 0x89, 0xe5, 0xff, 0xd7, 0x5d, 0xc3};
	unsigned char *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char name[64];
	memcpy(p, code, sizeof(code));
	snprintf(name, sizeof(name), "/tmp/perf-%d.map", getpid());
	FILE *f = fopen(name, "w");
	fprintf(f, "%lx 100 old\n%lx %zx LMain;made up name\n", (unsigned long)p - 16, (unsigned long)p, sizeof(code));
	fclose(f);
	((void (*)(void (*)(void)))p)(call);
	return 0;
}
C
cc -O0 -fno-omit-frame-pointer -o t t.c || exit 1
dtrace -qn 'syscall::getppid:entry /pid == $target/ { printf("pid %d", pid); jstack(); ustack(4, 1); ustack(4); jstack(3); @[jstack(8)] = count(); }' -c ./t >stacks
rm -f /tmp/perf-$(sed -n "s/^pid //p" stacks).map
grep -c 'LMain;made up name$' stacks
grep -c '^ *0x[0-9a-f]*$' stacks | sed 's/[1-9][0-9]*/some/'
