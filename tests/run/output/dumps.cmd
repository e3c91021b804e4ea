# covers: output 1.2 1.2.6 1.3
# rows: X103 A3
# Hexdumps: whole and broken lines, what is no character, offsets of three digits; the same with -q; sizes of tracemem().
cat >d.c <<'C'
#include <sys/syscall.h>
#include <unistd.h>
int main(void)
{
	char b[300], text[8] = "text", tab[16] = "tab\tand\n", nul[3] = "a\0b"; /* on the stack: resident */
	for (int i = 0; i < 300; i++)
		b[i] = (char)i;
	syscall(SYS_getppid, b, text, tab, nul);
	return 0;
}
C
cc -o d d.c || exit
p='syscall::getppid:entry /pid == $target/'
t() { timeout 20 dtrace -x cpu=0 "$@" -c 'taskset -c 0 ./d' 2>/dev/null | sed 's/^\(  0 *\)[0-9][0-9]* /\1N /'; }
t -n "$p { tracemem(copyin(arg0, 300), 300); } $p { tracemem(copyin(arg0 + 30, 17), 17); trace(1); }" -x quiet
t -n "$p { tracemem(copyin(arg0, 20), 16); tracemem(copyin(arg0 + 32, 1), 1); trace(5); }"
t -qn "$p { tracemem(copyin(arg0 + 48, 20), 20, 3); tracemem(copyin(arg0 + 48, 20), 20, 21); tracemem(copyin(arg0 + 48, 20), 20, 0); }"
# The text rule: no NUL, or text and only NULs after it; rawbytes dumps all the same.  What has an integer's size is one.
cat >rule.d <<'D'
struct t8 { char b[8]; };
struct t7 { char b[7]; };
struct t16 { char b[16]; };
struct t3 { char b[3]; };
syscall::getppid:entry /pid == $target/ { trace(*(struct t8 *)copyin(arg1, 8)); }
syscall::getppid:entry /pid == $target/ { trace(*(struct t7 *)copyin(arg1, 7)); }
syscall::getppid:entry /pid == $target/ { trace(*(struct t16 *)copyin(arg2, 16)); }
syscall::getppid:entry /pid == $target/ { trace(*(struct t3 *)copyin(arg3, 3)); }
syscall::getppid:entry /pid == $target/ { trace(*(struct t3 *)copyin(arg3 + 1, 3)); }
syscall::getppid:entry /pid == $target/ { @w[*(struct t8 *)copyin(arg1, 8)] = count(); @[*(struct t7 *)copyin(arg1, 7)] = count(); @[*(struct t7 *)copyin(arg0, 7)] = count(); }
D
t -s rule.d | cat -A
t -qs rule.d | cat -A
t -x rawbytes -s rule.d
