# A library that the process opens later: probes in a file named in full are there when it does.
cat >lib.c <<'E'
int late(int n) { __asm__ volatile(""); return 3 * n; }
E
cat >open.c <<'E'
#include <dlfcn.h>
int main(void)
{
	void *lib = dlopen("./late.so", RTLD_NOW);
	int (*late)(int) = lib ? (int (*)(int))dlsym(lib, "late") : 0;
	return late ? late(14) - 42 : 1;
}
E
cc -O1 -shared -fPIC -o late.so lib.c && cc -o open open.c -ldl || exit
dtrace -qc ./open -n 'pid$target:$1:late:entry { printf("%s %s %d\n", probemod, probefunc, (int)arg0); }
	pid$target:$1:late:return { printf("%d\n", (int)arg1); }' "$PWD/late.so"
