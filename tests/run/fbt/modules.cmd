# Functions of a module that is loaded are probes, with its name and its types; and are none when it is not.
exec 9>"$work/functions" && flock 9 # one at a time: some count what the kernel has enabled
cat >module.c <<'C'
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
/* module load FILE, module remove NAME */
int main(int argc, char **argv)
{
	long rc = !strcmp(argv[1], "load") ? syscall(SYS_finit_module, open(argv[2], O_RDONLY), "max_loop=1", 0)
					    : syscall(SYS_delete_module, argv[2], O_NONBLOCK);
	if (rc)
		perror(argv[argc - 1]);
	return rc != 0;
}
C
cc -o module module.c || exit
ko=$(find /lib/modules/$(uname -r)/ -name 'loop.ko*')
case $ko in
*.xz) xz -dc "$ko" >loop.ko ;;
*) cp "$ko" loop.ko ;;
esac
dtrace -ln 'fbt:loop::' 2>/dev/null | grep loop
./module load loop.ko || exit
echo 'open F, "/dev/loop-control"; print ioctl(F, 0x4c82, 0) + 0, "\n"' >get.pl
timeout 100 dtrace -qc 'perl get.pl' -n '
	fbt:loop:loop_control_ioctl:entry
	/args[1] == 0x4c82/
	{ self->in = 1; printf("%s %s %x %s\n", probemod, probefunc, args[1], stringof(args[0]->f_path.dentry->d_name.name)); }
	fbt:loop:loop_control_ioctl:return
	/self->in/
	{ self->in = 0; printf("%d %d\n", arg0, args[1]); }
	rawfbt:loop:loop_*ioctl:entry
	/arg1 == 0x4c82/
	{ @[probemod, probefunc] = count(); }
	END { printa("%s %s %@d\n", @); }'
./module remove loop && echo removed
