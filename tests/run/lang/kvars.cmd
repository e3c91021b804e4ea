# rows: L22 S24
# Variables of Solaris's kernel that Linux lacks have the values that the commands and files of this system tell.
dtrace -qn '
BEGIN
{
	printf("page %d cpus %d hz %d\n", `_pagesize, `ncpus_online, `hz);
	printf("host %s release %s machine %s\n", `utsname.nodename, unix`utsname.release, `architecture);
	printf("memory %d of %d\n", `physmem, `physinstalled);
	printf("parts %d\n", `freemem > 0 && `freemem <= `physmem && `availrmem > 0 && `availrmem <= `physmem);
	printf("swap %d %d\n", `k_anoninfo.ani_max, `k_anoninfo.ani_free <= `k_anoninfo.ani_max);
	printf("size %d\n", sizeof (`k_anoninfo));
	exit(0);
}' | sed '/^$/d' >got
kb() { awk -v f="$1:" '$1 == f { print int($2 / '$(($(getconf PAGESIZE) / 1024))') }' /proc/meminfo; }
{
	echo "page $(getconf PAGESIZE) cpus $(getconf _NPROCESSORS_ONLN) hz 100"
	echo "host $(uname -n) release $(uname -r) machine $(uname -m)"
	echo "memory $(kb MemTotal) of $(kb MemTotal)"
	echo "parts 1"
	echo "swap $(kb SwapTotal) 1"
	echo "size 40"
} | diff - got && echo same
