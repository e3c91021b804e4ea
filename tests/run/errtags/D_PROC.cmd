# rows: D_PROC_BADPROV D_PROC_BADPID D_PROC_GRAB D_PROC_DYN D_PROC_LIB D_PROC_FUNC D_PROC_NAME D_PROC_OFF D_PROC_ALIGN
# rows: D_PROC_CREATEFAIL D_PROC_NODEV
# What a description of the pid provider can be refused for: tag, line and status of each.
. "$here/pid/build.sh"
cc -static -o static "$here/pid/victim.c" -lpthread || exit 1
victim=./victim
refuse() {
	printf '\n%s { }\n' "$1" >t.d
	timeout 20 dtrace -x errtags -ec $victim -s t.d >text 2>&1
	status=$?
	sed -E 's/^dtrace: failed to compile script t.d: (\[.*\] line [0-9]*): .*/\1/' text
	[ $status = 1 ] || echo "status $status of $1"
}
echo == process
refuse 'pid:a.out:main:entry'
refuse 'pidx:a.out:main:entry'
refuse 'pid0:a.out:main:entry'
refuse 'pid99999999999:a.out:main:entry'
refuse 'pid4194305:a.out:main:entry'
refuse 'pid2:a.out:main:entry'
refuse 'pid$pid:a.out:main:entry'
echo == function
refuse 'pid$target:a.out:nosuch:entry'
refuse 'pid$target:libc:nosuch:entry'
refuse 'pid$target:nosuch:main:entry'
refuse 'pid$target:libc.so.6:-:401000'
echo == name
refuse 'pid$target:a.out:main:fish'
refuse 'pid$target:a.out:main:0x0'
refuse 'pid$target:a.out:-:*'
refuse 'pid$target:a.out:-:entry'
refuse 'pid$target:a.out:count_down:ffff'
refuse 'pid$target::-:1'
echo == kernel
at=$(objdump -d --no-show-raw-insn victim | sed -n '/<locked>:$/,/^$/p' | sed -n '1s/ .*//p; s/^ *\([0-9a-f]*\):.*lock .*/\1/p')
set -- $at
refuse "pid\$target:a.out:locked:$(printf %x $((0x$2 - 0x$1)))"
refuse "pid\$target:a.out:locked:$(printf %x $((0x$2 - 0x$1 + 1)))"
# A kernel without uprobes, as far as sysfs tells.
unshare -m bash -c "$(declare -f refuse); victim=./victim; mount -t tmpfs none /sys/bus/event_source/devices &&
	refuse 'pid\$target:a.out:main:entry'"
echo == static
victim=./static
refuse 'pid$target:libc:malloc:entry'
refuse 'pid$target:a.out:nosuch:entry'
dtrace -qc ./static -n 'pid$target:a.out:count_down:entry { @ = count(); }'
