# What is listed: the kernel's own functions under vmlinux, modules under their names, both sides, no copies of compilers,
# nothing that would fire inside tracing itself, no return of what never returns.  Types are the kernel's.
dtrace -ln fbt::: >all || exit
awk 'NR > 1 { n++; m[$3]++; side[$5]++; if ($4 ~ /\./) copies++; if ($4 ~ /bpf|^rcu_|^ftrace_/) bad++ }
	END { print (n > 30000), (m["vmlinux"] > 30000), (m["overlay"] > 50), side["entry"] - side["return"] < 20, copies + 0, bad + 0 }' all
grep -c ' do_exit ' all
dtrace -lvn fbt::vfs_read: | grep -E 'fbt|args'  | sed 's/^ *[0-9]* *//'
# The same ids, whatever else is asked for.
[ "$(dtrace -ln fbt::vfs_write:entry | tail -n 1)" = "$(grep ' vfs_write entry' all)" ] && echo same
dtrace -ln rawfbt::finish_task_switch*:entry | awk 'NR > 1 { print $2, $4 }'
dtrace -en 'fbt::vfs_read:entry { trace(args[4]); }'
dtrace -en 'fbt::vfs_read:,fbt::vfs_write: { trace(args[1]); }'
dtrace -en 'rawfbt::vfs_read:entry { trace(args[0]); }'
dtrace -ln fbt::no_such_function: >/dev/null
exit 0
