# rows: V9 V10
# fds[], cwd and root of a process that tells what it has open.
mkdir -p 'a dir/deeper'
cat >prog.d <<'END'
#pragma D option quiet
syscall::getsid:entry
/pid == $target/
{
	printf("%s|%s|%s|%s|%s|%d|%x\n", fds[50].fi_name, fds[50].fi_dirname, fds[50].fi_pathname, fds[50].fi_fs, fds[50].fi_mount,
	    fds[50].fi_offset, fds[50].fi_oflags & (O_ACCMODE | O_APPEND));
	printf("%s|%s|%s|%s\n", fds[51].fi_name, fds[51].fi_dirname, fds[51].fi_pathname, fds[51].fi_fs);
	printf("%s|%s|%s|%s|%s\n", fds[52].fi_name, fds[52].fi_dirname, fds[52].fi_pathname, fds[52].fi_fs, fds[52].fi_mount);
	printf("%s|%s|%s|%s|%s\n", fds[53].fi_name, fds[53].fi_dirname, fds[53].fi_pathname, fds[53].fi_fs, fds[53].fi_mount);
	printf("%s|%s|%s|%s|%s|%d|%x\n", fds[54].fi_name, fds[54].fi_dirname, fds[54].fi_pathname, fds[54].fi_fs, fds[54].fi_mount,
	    fds[54].fi_offset, fds[54].fi_oflags);
	printf("%s|%s\n", fds[-1].fi_pathname, fds[99999].fi_name);
	printf("%s|%s\n", cwd, root);
	printf("%s|%s|%s\n", fds[55].fi_name, fds[55].fi_dirname, fds[55].fi_pathname);
	printf("%s\n", fds[56].fi_pathname);
	exit(0);
}
END
cat >open.py <<'END'
import os, socket, sys
def put(fd, n):
    os.dup2(fd, n); os.close(fd)
os.chdir('a dir/deeper')
put(os.open('file name', os.O_RDWR | os.O_CREAT | os.O_APPEND), 50)
os.write(50, b'12345')
s = socket.socket(); put(s.detach(), 51)
r, w = os.pipe(); put(w, 52); os.close(r)
put(os.open('/proc/self/status', os.O_RDONLY), 53)
put(os.open('/', os.O_RDONLY), 55)
long = '/'.join(['d' * 20] * 8)
os.makedirs(long); put(os.open(long + '/f', os.O_CREAT | os.O_WRONLY), 56)
def mount(path):
    while not os.path.ismount(path):
        path = os.path.dirname(path)
    return path
def fstype(path):
    best = ''
    for l in open('/proc/self/mounts'):
        d, m, t = l.split()[:3]
        if m == path: best = t
    return best
here = os.getcwd()
out = open(sys.argv[1], 'w')
print(f'file name|{here}|{here}/file name|{fstype(mount(here))}|{mount(here)}|5|402', file=out)
print('<unknown>|<unknown>|<unknown>|sockfs', file=out)
print('<unknown>|<unknown>|<unknown>|pipefs|<unknown>', file=out)
print(f'status|/proc/{os.getpid()}|/proc/{os.getpid()}/status|proc|/proc', file=out)
print('<none>|<none>|<none>|<none>|<none>|0|0', file=out)
print('<none>|<none>', file=out)
print(f'{here}|{os.readlink("/proc/self/root")}', file=out)
print('/|/|/', file=out)
print(f'{here}/{long}/f'[:255], file=out)
out.close()
os.getsid(0)
END
dtrace -c "python3 open.py $PWD/want" -s prog.d >got
sed -i '/^$/d' got
diff want got && echo same
