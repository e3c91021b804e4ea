# rows: io
# The probes, their stability and types; those of NFS are there when its module is, else it is said why not.
dtrace -lvn io:vmlinux::start | sed 's/^ *[0-9]* *//'
dtrace -lm io:vmlinux | awk 'NR > 1 { print $2, $3, $NF }'
if [ -d /sys/module/nfs ]; then
	dtrace -lm io:nfs | awk 'NR > 1 { print $2, $3, $NF }' | tr '\n' ' '
	echo
else
	dtrace -n io:nfs::start 2>&1 | grep -q "the kernel's module nfs is not loaded" && echo "io nfs done io nfs start "
fi
