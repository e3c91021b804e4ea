# rows: W10 W11 W16 N2 W20 W4 W12
# self-> belongs to a thread: eight processes at once, none sees another's; 0 frees, so a small space serves for ever;
# this-> is zero again at every firing.
cat >load.c <<'C'
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void)
{
	for (int p = 0; p < 8; p++)
		if (!fork()) {
			for (long i = 0; i < 1000; i++)
				syscall(SYS_getppid);
			_exit(0);
		}
	while (wait(0) > 0)
		;
	return 0;
}
C
cc -O1 -o load load.c || exit
dtrace -q -c ./load -n '
	#pragma D option dynvarsize=4k
	this string s; this int i; this char b[8]; this struct { int x; } st;
	syscall::getppid:entry /execname == "load"/ { self->n++; self->name = execname; self->a[pid, "x"] = 1; }
	syscall::getppid:entry /execname == "load"/
	{
		@ok = sum(self->a[pid, "x"] + (self->a[0, "x"] == 0));
		self->a[pid, "x"] = 0;
		@dirty = sum(this->i + this->b[3] + this->st.x + (this->s == "x"));
		this->s = "x"; this->i = 1; this->b[3] = 1; this->st.x = 1;
	}
	syscall::getppid:entry /execname == "load"/
	{ @kept = sum(this->i + this->b[3] + this->st.x + (this->s == "x")); }
	syscall::getppid:entry /self->n == 1000 && (self->done = 1)/ { @[self->n, self->name, self->done] = count(); }'
