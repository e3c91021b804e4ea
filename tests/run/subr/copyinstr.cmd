# rows: S4 T35
# copyinstr() ends at the NUL, at strsize, or after as many characters as are asked for; kernel reads do not see user memory.
cat >load.c <<'C'
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
static char text[] = "0123456789abcdefghij";
int main(void)
{
	syscall(SYS_lseek, -1, text, strlen(text));
	syscall(SYS_lseek, -1, 8L, 0);
	return 0;
}
C
cc -o load load.c || exit
for strsize in 256 8; do
	dtrace -q -x strsize=$strsize -c ./load -n '
	syscall::lseek:entry /pid == $target/ { self->p = arg1; }
	syscall::lseek:return /pid == $target && self->p > 4096/
	{
		printf("[%s] [%s] [%s] [%s]\n", copyinstr(self->p), copyinstr(self->p, 5), copyinstr(self->p, 100), copyinstr(self->p + 15));
		printf("[%s] %d\n", copyinstr(self->p, 0), strlen(copyinstr(self->p)));
	}
	syscall::lseek:return /pid == $target && self->p == 8/ { trace(copyinstr(self->p)); }
	syscall::lseek:return /pid == $target && self->p > 4096/ { trace(stringof(self->p)); }
	ERROR { printf("fault %d %d\n", arg4, arg5 == 8); }' 2>/dev/null
done
