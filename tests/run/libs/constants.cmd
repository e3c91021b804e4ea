# rows: V30
# Constants are the system's: asked of Python, which has them from libc.
python3 - >want <<'END'
import errno, signal, os, socket
for n in sorted(errno.errorcode.values()):
    print(n, getattr(errno, n))
for s in signal.Signals:
    if not s.name.startswith('SIGRT'):
        print(s.name, int(s))
for n in ('CREAT', 'EXCL', 'TRUNC', 'APPEND', 'NONBLOCK', 'CLOEXEC', 'DIRECTORY', 'RDWR', 'WRONLY', 'SYNC'):
    print('O_' + n, getattr(os, 'O_' + n))
for n in ('AF_INET', 'AF_INET6', 'AF_UNIX', 'IPPROTO_TCP', 'IPPROTO_UDP', 'IPPROTO_ICMPV6'):
    print(n, int(getattr(socket, n)))
END
{
	echo 'BEGIN {'
	while read -r name value; do echo "printf(\"$name %d\\n\", $name);"; done <want | split -l 100 --filter='cat; echo "}"; echo "BEGIN {"'
	echo 'exit(0); }'
} >prog.d
dtrace -qs prog.d | sed '$d' >got
cmp want got && echo same
dtrace -qn 'BEGIN { printf("%d %d %d %d %d %d %d %d\n", CLD_EXITED, DTRACEFLT_DIVZERO, R_RAX, R_PC, SONPROC, PR_ISSYS, B_READ,
	O_LARGEFILE); exit(0); }'
