# rows: V7 V8 V13 V32 L86
# What curpsinfo says, against /proc of the same process while it waits for us.
cat >prog.d <<'END'
#pragma D option quiet
syscall::getsid:entry
/pid == $target/
{
	printf("pid %d\nppid %d\npgid %d\nsid %d\n", curpsinfo->pr_pid, curpsinfo->pr_ppid, curpsinfo->pr_pgid, curpsinfo->pr_sid);
	printf("uid %d %d\ngid %d %d\n", curpsinfo->pr_uid, curpsinfo->pr_euid, curpsinfo->pr_gid, curpsinfo->pr_egid);
	printf("threads %d\ntty %d\n", curpsinfo->pr_nlwp, (int)curpsinfo->pr_ttydev);
	printf("size %d\n", curpsinfo->pr_size);
	printf("args %s\nfname %s\nargc %d\n", curpsinfo->pr_psargs, curpsinfo->pr_fname, curpsinfo->pr_argc);
	printf("argv1 %s\n", copyinstr(*(uint64_t *)copyin(curpsinfo->pr_argv + 8, 8)));
	printf("execargs %s\nmodel %d\nzone %s\n", execargs, curpsinfo->pr_dmodel, zonename);
	printf("lwp %d %d %s %c %d\n", curlwpsinfo->pr_lwpid, curpsinfo->pr_lwp.pr_lwpid, curlwpsinfo->pr_name,
	    curlwpsinfo->pr_sname, curlwpsinfo->pr_state == SONPROC);
	printf("nice %d\npri %d\nclass %s\nbind %d\n", curlwpsinfo->pr_nice - 20, curlwpsinfo->pr_pri, curlwpsinfo->pr_clname, curlwpsinfo->pr_bindpro);
	printf("addr %d\nsyscall %d\n", curpsinfo->pr_addr == (uintptr_t)curthread, curlwpsinfo->pr_syscall);
	printf("zeroes %d %d %d\n", curpsinfo->pr_zoneid, curpsinfo->pr_projid, curpsinfo->pr_taskid);
	start = curpsinfo->pr_start.tv_sec;
	rss = curpsinfo->pr_rssize;
}
syscall::getsid:return
/pid == $target/
{
	printf("start %d\nrss %d\n", start, rss);
	exit(0);
}
END
cat >asked.py <<'END'
import os, sys, threading, time
lock = threading.Lock(); lock.acquire()
threading.Thread(target=lock.acquire, daemon=True).start()
os.nice(5)
os.sched_setaffinity(0, {0})
me = open('/proc/self/stat').read()
f = me[me.rindex(')') + 2:].split()
size = lambda: int(open('/proc/self/statm').read().split()[0]) * 4
rss = lambda: int(open('/proc/self/statm').read().split()[1]) * 4
boot = [int(l.split()[1]) for l in open('/proc/stat') if l.startswith('btime')][0]
args = open('/proc/self/cmdline').read().rstrip('\0').replace('\0', ' ')
with open('want', 'w') as out:
    w = lambda *a: print(*a, file=out)
    w('pid', os.getpid()); w('ppid', f[1]); w('pgid', f[2]); w('sid', f[3])
    w('uid', os.getuid(), os.geteuid()); w('gid', os.getgid(), os.getegid())
    w('threads', f[17]); w('tty', int(f[4]) if int(f[4]) else -1)
    w('size', size()); w('args', args[:79].rstrip()); w('fname', open('/proc/self/comm').read().strip()); w('argc', len(sys.orig_argv))
    w('argv1', sys.orig_argv[1]); w('execargs', args); w('model', 2); w('zone', 'global')
    w('lwp', os.getpid(), os.getpid(), open('/proc/self/comm').read().strip(), 'O', 1)
    w('nice', f[16]); w('pri', 139 - (120 + int(f[16]))); w('class', 'TS'); w('bind', 0)
    w('addr', 1); w('syscall', 124); w('zeroes', 0, 0, 0)
with open('near', 'w') as out:
    print(boot + int(f[19]) // os.sysconf('SC_CLK_TCK'), rss(), file=out)
os.getsid(0)
time.sleep(30)
END
dtrace -c 'python3 asked.py first-argument second third fourth fifth sixth seventh eighth ninth tenth' -s prog.d >got 2>err
cat err
sed -i '/^$/d' got
diff <(grep -v '^size\|^start\|^rss' want) <(grep -v '^size\|^start\|^rss' got) && echo same
read -r start rss <near
near() { [ $(($1 - $2)) -ge -$3 ] && [ $(($1 - $2)) -le $3 ] && echo "$4 right" || echo "$4: $1, not $2"; }
near "$(sed -n 's/^start //p' got)" "$start" 2 start
near "$(sed -n 's/^rss //p' got)" "$rss" 1024 rss
near "$(sed -n 's/^size //p' got)" "$(sed -n 's/^size //p' want)" 1024 size
