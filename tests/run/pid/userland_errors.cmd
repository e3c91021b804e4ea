# rows: N5 N7 T16 D_TYPE_ERR D_SYM_BADREF D_SYM_NOTYPES D_IDENT_UNDEF
# What cannot be had of a process, and why: no process, no type data, no such type, object or symbol.
cc -O1 -g -o types "$here/pid/types.c" || exit 1
cc -O1 -o bare "$here/pid/types.c" || exit 1
try() {
	printf '%s: ' "$*"
	expr=$1
	shift
	dtrace -x errtags "$@" -qn "BEGIN { trace($expr); exit(0); }" 2>&1 | sed 's/.*exit(0); }: //; s/in action list: //'
	echo
}
try 'sizeof (userland struct point)'
try 'sizeof (userland counter_t)'
try '``origin.x'
for prog in types bare; do
	try 'sizeof (userland struct point)' -c ./$prog
	try 'sizeof (``counter)' -c ./$prog
done
try 'sizeof (userland struct nowhere)' -c ./types
try 'sizeof (userland nowhere_t)' -c ./types
try 'sizeof (userland struct libnone.so`point)' -c ./types
try 'sizeof (userland struct types`nowhere)' -c ./types
try '``nowhere' -c ./types
try 'libnone.so``origin' -c ./types
try '&``counter != 0' -c ./bare
try '((userland struct point *)0)->nomember' -c ./types
try '((userland struct hidden *)0)->any' -c ./types
try '((userland struct point *)arg0)->x = 1' -c ./types
# Types that D or the program defines need no process; an address where nothing is is a fault as any other.
try 'sizeof (userland uint32_t)'
dtrace -qn 'struct mine { char pad[4]; int v; struct mine *next; }; syscall::write:entry /pid == $target/ { trace(((userland struct mine *)arg1)->v); exit(0); }' -c ./bare
echo
dtrace -qn 'BEGIN { trace(((userland struct point *)8)->y); } ERROR { printf("fault %d at %d\n", arg4, arg5); exit(0); }' -c ./types 2>/dev/null
# Without type data a symbol still has an address.
dtrace -qn 'syscall::write:entry /pid == $target/ { trace(*(unsigned int *)&``shared_counter); exit(0); }' -c ./bare
echo
