# A function's stack begins with its caller, whatever carries the probe (a program of its own, one link, kprobes) and
# on which side; stackdepth counts the same frames.
exec 9>"$work/functions" && flock 9 # one at a time: some count what the kernel has enabled
for probes in fbt::vfs_read:entry fbt::vfs_read:return fbt::vfs_*:entry fbt::vfs_*:return rawfbt::vfs_read:entry \
	rawfbt::vfs_read:return; do
	echo "$probes"
	rm -f trace
	timeout 60 dtrace -qn "$probes"'
	/pid == $target && probefunc == "vfs_read" && !done/
	{
		done = 1;
		sym(caller);
		printf("\ndepth %d\n", stackdepth);
		stack(100);
	}' -c 'dd if=/dev/zero of=/dev/null count=1 status=none' -o trace || exit
	# caller, then the depth told and the lines counted, then the first of them
	awk '/^ *vmlinux`[a-z_0-9]* *$/ && !n && !depth { sub(/^ */, ""); sub(/ *$/, ""); caller = $0 }
	/^depth/ { depth = $2; next }
	depth && NF { if (!n++) { sub(/\+0x.*/, ""); sub(/^ */, ""); first = $0 } }
	END { print caller, first, depth == n ? "same depth" : "depth " depth ", frames " n }' trace
done
