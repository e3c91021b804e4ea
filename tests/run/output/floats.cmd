# covers: output 1.4.9
# rows: P23
# Floating values are traced from memory, by their size.
cat >f.c <<'C'
#include <sys/syscall.h>
#include <unistd.h>
int main(void) { double d[2] = {1.5, -2.25}; float f = 0.5; long double l = 3.125L; syscall(SYS_getppid, d, &f, &l); return 0; }
C
cc -o f f.c && timeout 20 dtrace -qc ./f -n 'syscall::getppid:entry /pid == $target/ {
	this->d = (double *)copyin(arg0, 16); this->f = (float *)copyin(arg1, 4); this->l = (long double *)copyin(arg2, 16);
	printf("%f %e %g|%10.1f|%-10.2f|%+G %E\n", this->d[0], this->d[1], this->d[1], this->d[0], this->d[1], *this->f, *this->f);
	printf("%Lf %Le %LE %Lg %LG %.2Lf\n", *this->l, *this->l, *this->l, *this->l, *this->l, *this->l); }'
for a in '"%f", 1' '"%Lf", *(double *)0' '"%f", "x"'; do timeout 10 dtrace -x errtags -en "BEGIN { printf($a); }" 2>&1 | sed 's/.*\[/[/; s/\].*/]/'; done
