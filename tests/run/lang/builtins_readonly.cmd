# rows: V2 D_OP_WRITE D_ARGS_TYPE
# No built-in variable can be assigned.
for v in arg0 arg9 caller cpu curthread epid errno execname gid id ipl pid ppid probefunc probemod probename probeprov stackdepth tid \
    timestamp ucaller uid ustackdepth vtimestamp walltimestamp zonename 'curpsinfo' 'uregs[0]' 'args[0]'; do
	printf '%s ' "$v"
	dtrace -x errtags -en "syscall::openat:entry { $v = 1; }" 2>&1 | grep -o '\[D_[A-Z_]*\]' || echo accepted
done
dtrace -qn 'BEGIN { printf("%d %d %d %d %d %d\n", sizeof (arg0), sizeof (ipl), sizeof (epid), sizeof (stackdepth), sizeof (caller), sizeof (errno)); exit(0); }'
for p in 'args[x]' 'args[-1]' 'args["a"]' 'args[0]' 'args[9]'; do
	dtrace -x errtags -en "int x; syscall::openat:entry { trace($p); }" 2>&1 | grep -o '\[D_[A-Z_]*\]' || echo fine
done
