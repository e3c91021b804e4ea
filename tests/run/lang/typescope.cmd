# rows: N6 N9 T10 T11 T15 T16 L23 D_TYPE_ERR
# Types of a module, of the kernel under every system's name, of D and of C; and D's own before the kernel's.
dtrace -qn '
struct file { int mine; };
typedef int both_t;
BEGIN
{
	printf("%d %d\n", sizeof (struct file), sizeof (struct D`file));
	printf("%d %d %d %d\n", sizeof (struct vmlinux`file) > 64, sizeof (struct genunix`file) == sizeof (struct vmlinux`file),
	    sizeof (struct unix`file) == sizeof (struct kernel`file), sizeof (struct mach_kernel`file) > 64);
	printf("%d %d %d\n", sizeof (vmlinux`loff_t), sizeof (C`uint16_t), sizeof (D`both_t));
	this->t = (struct vmlinux`task_struct *)curthread;
	printf("%d\n", this->t->tgid == pid);
}' -n '
both_t later;
struct file another;
BEGIN { later = 5; another.mine = 6; printf("%d %d %d\n", later, another.mine, sizeof (both_t)); exit(0); }'
for t in 'no_mod`loff_t' 'struct no_mod`file' 'vmlinux`both_t' 'D`loff_t' 'struct a.out`t' 'userland struct a.out`t'; do
	printf '%s: ' "$t"
	dtrace -x errtags -en "typedef int both_t; BEGIN { trace(sizeof ($t)); }" 2>&1 | grep -o '\[D_[A-Z_]*\]'
done
# A module's own types, where some module has any.
f=$(ls /sys/kernel/btf | grep -v '^vmlinux$' | head -1)
[ -z "$f" ] || { t=$(bpftool -B /sys/kernel/btf/vmlinux btf dump file /sys/kernel/btf/$f | awk -F"'" '/STRUCT .* size=[1-9]/ && $2 != "(anon)" { print $2; exit }')
	[ -z "$t" ] || dtrace -en "BEGIN { trace(sizeof (struct $f\`$t)); }"; }
