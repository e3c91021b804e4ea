# Many new keys at once whose values are large: all of them are kept, as aggsize has room for them.
. "$here/policy/common.sh"
dtrace -q -n "syscall::getppid:entry /execname == \"$name\"/ { @[arg0] = lquantize(arg0, 0, 1024, 1); } END { printa(\"%d\n\", @); }" \
	-c "./$name 0 400" >o.txt 2>e.txt
grep -c '^[0-9]' o.txt
cat e.txt
