# rows: S53 V9
# d_path() is what the process itself sees; cwd and root are what the machine has.  A socket is nowhere, and what is no
# path is a fault.
mkdir -p jail/in
cat >in_jail.pl <<'E'
socketpair($a, $b, 1, 1, 0);
chroot("jail") && chdir("/in") or die;
getppid();
E
dtrace -c 'perl in_jail.pl' -qn 'syscall::getppid:entry /pid == $target/ {
	printf("%s %s %s\n", d_path(&curthread->fs->pwd), d_path(&curthread->fs->root), d_path(&getf(3)->f_path));
	printf("%s %s\n", cwd, root);
}' | sed "s,$PWD,HERE,g"
dtrace -qn 'BEGIN { trace(d_path(NULL)); } BEGIN { trace(d_path((struct path *)1)); } BEGIN { exit(0); }
ERROR { printf("%d %x\n", arg4, arg5); }' 2>/dev/null
