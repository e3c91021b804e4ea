# Whatever carries the probes (a program each, one link, kprobes): the same counts, arguments and results as the program knows.
exec 9>"$work/functions" && flock 9 # one at a time: some count what the kernel has enabled
cat >load.c <<'C'
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
/* n writes of 1, 2, ... n bytes, and one that fails. */
int main(int argc, char **argv)
{
	char buf[64] = "";
	int fd = open("data", O_WRONLY | O_CREAT | O_TRUNC, 0644), in = open("/dev/null", O_RDONLY);
	for (int i = 1; i <= 40; i++)
		if (write(fd, buf, i) != i)
			return 1;
	return write(in, buf, 63) == -1 ? 0 : 2;
}
C
cc -o load load.c || exit
d='
	entry /pid == $target && args[2] < 64 && args[2]/ { self->n = arg2; @n["entry"] = count(); @s["asked"] = sum(arg2); }
	return /self->n && (int)arg1 >= 0/ { @n["return"] = count(); @s["written"] = sum(arg1); @d["same"] = sum(arg1 == self->n); }
	return /self->n && (int)arg1 < 0/ { @n["failed"] = count(); @d["errno"] = sum(-(int)arg1); }
	return { self->n = 0; }
	END { printa("%s %@d\n", @n); printa("%s %@d\n", @s); printa("%s %@d\n", @d); }'
echo one:
timeout 60 dtrace -qc ./load -n "$(echo "$d" | sed 's/^\tentry/fbt::vfs_write:entry/; s/^\treturn/fbt::vfs_write:return/')" || exit
echo raw:
d=$(echo "$d" | sed 's/args\[2\]/arg2/g; s/^\tentry/rawfbt::vfs_write:entry/; s/^\treturn/rawfbt::vfs_write:return/')
timeout 60 dtrace -qc ./load -n "$d" || exit
echo many:
# Others are enabled too: one program for all has to tell them apart.
timeout 60 dtrace -qc ./load -n "$d rawfbt:vmlinux:vfs_w*: { @all[probefunc] = count(); } END { clear(@all); trunc(@all); }"
