# rows: X54
# A program without foreign names opens no library; a failed compile leaves libraries usable; own names win.
opened() {
	DTRACE_DEBUG=1 dtrace -qn "$1" 2>&1 >/dev/null | grep -o 'translators/[a-z]*.d: loaded' | sort | tr '\n' ' '
	echo .
}
opened 'BEGIN { x = pid; this->y = 2; self->z = 3; exit(0); } syscall::read:entry { @[execname] = count(); }'
opened 'BEGIN { trace(EPERM); exit(0); }'
opened 'BEGIN { trace(curpsinfo->pr_pid); exit(0); }'
dtrace -qn 'inline int ENOENT = 77; BEGIN { printf("%d %d\n", ENOENT, EPERM); exit(0); }'
dtrace -qn 'BEGIN { B_READ = 5; }' 2>&1 | grep -c constant
