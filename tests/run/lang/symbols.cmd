# rows: L21 L22 L24 N4 N5 E23 G14 D_SYM_NOTYPES D_SYM_BADREF D_IDENT_UNDEF
# Kernel symbols: functions are their addresses, variables are read by the type BTF or extern gives them.
addr=$(awk '$3 == "schedule" && !$4 { print $1 }' /proc/kallsyms)
dtrace -qn '
BEGIN
{
	printf("%p\n%p\n%p\n%p\n", `schedule, &`schedule, vmlinux`schedule, genunix`schedule);
	printf("%a %d %d\n", &`schedule, `schedule == (int (*)())&kernel`schedule, sizeof (`schedule) > 16);
	x = &`schedule;
	@schedule[x] = count();
	printa("%a %@d\n", @schedule);
	exit(0);
}' >out
sed "s/$addr/ADDRESS/" out
# What a declaration says is what is read: __start_rodata is in every kernel's kallsyms, and no BTF has it.
dtrace -qn 'extern unsigned long __start_rodata; extern void schedule(void);
BEGIN { printf("%d %d\n", `__start_rodata == *(uint64_t *)&__start_rodata, __start_rodata == vmlinux`__start_rodata); }
BEGIN { printf("%d %d\n", schedule == &`schedule, sizeof (`__start_rodata)); exit(0); }'
for p in '`__start_rodata' '`no_such_symbol' 'no_mod`schedule' '``main' 'a.out``main' 'LM0`libc.so`main' 'LM1f`main' \
    '*`schedule' '`schedule(1)' '&`__start_rodata == 0'; do
	printf '%s: ' "$p"
	dtrace -x errtags -en "BEGIN { trace($p); }" 2>&1 | grep -o '\[D_[A-Z_]*\]' || echo fine
done
dtrace -x errtags -en 'BEGIN { `schedule = 0; }' 2>&1 | grep -o '\[D_[A-Z_]*\]'
dtrace -x errtags -en 'extern long __start_rodata; BEGIN { `__start_rodata = 0; }' 2>&1 | grep -o '\[D_[A-Z_]*\]'
dtrace -x errtags -en 'extern long x; extern int x; BEGIN { }' 2>&1 | grep -o '\[D_[A-Z_]*\]'
dtrace -x errtags -en 'extern long x; extern long x; BEGIN { }' 2>&1 | grep -o '\[D_[A-Z_]*\]'
dtrace -x errtags -en 'extern int; BEGIN { }' 2>&1 | grep -o '\[D_[A-Z_]*\]'
dtrace -ven 'BEGIN { trace(`schedule); }' 2>/dev/null | grep -A3 "Minimum Statement"
