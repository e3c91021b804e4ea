# rows: N4 G14
# Variables, on kernels whose kallsyms has them (others say that it has not): by declaration, by BTF, each CPU's own.
if ! grep -q ' init_task$' /proc/kallsyms; then
	dtrace -en 'BEGIN { trace(`init_task); }' 2>&1 | grep -q 'lists functions only, no variables' && cat "$here/lang/symbols_data.out"
	exit
fi
dtrace -qn '
extern struct task_struct init_task;
extern unsigned long __per_cpu_offset[];
BEGIN { printf("%s %d\n", substr(stringof(`init_task.comm), 0, 7), init_task.pid); }
BEGIN { printf("%d %d\n", &init_task == &`init_task, &vmlinux`init_task == (struct task_struct *)&init_task); }
BEGIN { printf("%d %d\n", `__per_cpu_offset[cpu] == `this_cpu_off, `this_cpu_off != 0); exit(0); }'
