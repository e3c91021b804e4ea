# Faults: codes, and what the program's own handler is told: signal, code, address.
cat >faults.c <<'P'
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
static void handler(int sig, siginfo_t *si, void *u)
{
	(void)u;
	printf("%d %d %p\n", sig, si->si_code, si->si_addr);
	fflush(stdout);
	_exit(0);
}
int main(int argc, char **argv)
{
	struct sigaction sa = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};
	static const int sigs[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE};
	for (int i = 0; i < 5; i++)
		sigaction(sigs[i], &sa, NULL);
	char *zeros = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	volatile int zero = 0, sink;
	switch (atoi(argv[argc - 1])) {
	case 0: sink = *(volatile int *)0x18; break;
	case 1: zeros[8] = 1; break;
	case 2: {
		FILE *f = tmpfile();
		char *p = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fileno(f), 0);
		sink = p[16];
		break;
	}
#ifdef __x86_64__
	case 3: __asm__ volatile("ud2"); break;
	case 4: __asm__ volatile("int3"); break;
	case 5: sink = 7 / zero; break;
#endif
	}
	(void)sink;
	raise(SIGSEGV); /* sent by a program: no fault */
	return 0;
}
P
cc -O0 -o faults faults.c || exit 1
for i in 0 1 2 3 4 5; do
	rm -f out.d
	dtrace -q -o out.d -c "./faults $i" -n '
	proc:::fault /pid == $target/ { printf("%d %d 0x%x\n", args[1]->si_signo, args[1]->si_code, (uintptr_t)args[1]->si_addr);
	    printf("code %s\n", args[0] == FLTBOUNDS ? "FLTBOUNDS" : args[0] == FLTPAGE ? "FLTPAGE" : args[0] == FLTILL ? "FLTILL" : args[0] == FLTBPT ? "FLTBPT" : args[0] == FLTIZDIV ? "FLTIZDIV" : "?"); }
	proc:::signal-handle /pid == $target/ { printf("handle %d %d\n", args[0], args[1]->si_code); }' >known
	grep . out.d >got
	sed 's/(nil)/0x0/' known | cmp - <(head -n 1 got) || { cat known got; }
	sed 1d got
done
