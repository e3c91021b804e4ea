# rows: vminfo io sysinfo
# A file read through a mapping from a disk that has it, then written back: pages by the kind of page.
. "$here/io/lib.sh"
loop_device 16
filesystem
head -c 1m /dev/zero | tr '\0' x >"$mnt/data"
sync -f "$mnt"
cat >maps.c <<'P'
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>
int main(int argc, char **argv)
{
	struct rusage r;
	int fd = open(argv[1], O_RDWR), sum = 0;
	posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	char *p = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	for (int i = 0; i < 1 << 20; i += 4096)
		sum += p[i];
	for (int i = 0; i < 16 * 4096; i += 4096)
		p[i] = 'y';
	msync(p, 1 << 20, MS_SYNC);
	getrusage(RUSAGE_SELF, &r);
	printf("%ld\n", r.ru_majflt);
	return sum == 0;
}
P
cc -O1 -w -o maps maps.c || exit 1
dtrace -q -o out.d -c "./maps $mnt/data" -n '
vminfo:::fspgin, vminfo:::fspgout, vminfo:::pgpgin, vminfo:::pgpgout /pid == $target/ { @[probename] = sum(arg0); }
vminfo:::pgin, vminfo:::pgout, sysinfo:::bread, sysinfo:::bwrite /pid == $target/ { @times[probename] = sum(arg0); }
vminfo:::maj_fault /pid == $target/ { major++; }
END { printf("%d\n", major); printa("%s %@d\n", @); printa("%s\n", @times); }' >known || exit 1
[ "$(cat known)" = "$(grep '^[0-9]' out.d)" ] && echo "major faults as the kernel counts them" || cat known out.d
grep -E '^(fspg|pgpg)' out.d | sort
grep -oE '^(pgin|pgout|bread|bwrite)$' out.d | sort
