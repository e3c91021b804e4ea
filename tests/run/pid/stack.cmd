# ustack() and ucaller at a function's entry: the function itself, then its caller, also of functions that
# keep no frame pointer.
cat >s.c <<'E'
#define FUNC __attribute__((noinline, noclone))
FUNC int plain(int n) { __asm__ volatile("" ::: "memory"); return n + 1; }
FUNC int middle(int n) { int r = plain(n); __asm__ volatile("" ::: "memory"); return r + 1; }
int main(void) { return middle(1) - 3; }
E
for f in -fno-omit-frame-pointer -fomit-frame-pointer; do
	cc -O1 $f -fno-optimize-sibling-calls -o s s.c || exit
	dtrace -qc ./s -n 'pid$target:a.out:plain:entry { ustack(2); ustack(3); ufunc(ucaller); @[ustack(2)] = count(); }' | sed '/^$/d; s/+0x[0-9a-f]*/+N/'
	echo
done
