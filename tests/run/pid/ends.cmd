# rows: X32
# The end of the traced process, by a signal and by exec: its probes go, and tracing ends. How far a command has come
# when probes are made (evaltime). Thousands of probes at once, where the kernel takes them in one go (uprobe_multi).
. "$here/pid/build.sh"
echo == killed
dtrace -qc ./victim -wn 'pid$target:a.out:outer:entry { printf("%s\n", probefunc); raise(9); } pid$target:a.out:outer:return { printf("never\n"); }'
echo == exec
dtrace -qc '/usr/bin/env ./victim' -n 'pid$target:libc:setlocale:entry { printf("%s\n", execname); } syscall::execve:return /pid == $target/ { printf("exec\n"); }'
echo == evaltime
for t in exec preinit postinit main; do
	dtrace -qx evaltime=$t -c ./victim -Zn 'pid$target:libc.so.6:__libc_start_main*:entry { printf("start\n"); }
		pid$target:a.out:main:entry { printf("main\n"); }' | tr '\n' ' '
	echo $t
done
echo == many
all='[a-m]*'
grep -q ' bpf_uprobe_multi_link' /proc/kallsyms || all='fo*'
dtrace -qc ./victim -n 'pid$target:libc.so.6:'"$all:entry,"'pid$target:libc.so.6:'"$all"':return { @[probename] = count(); }
	END { printa("%s %@d\n", @); }' | sed 's/[1-9][0-9]*/some/' | sort
