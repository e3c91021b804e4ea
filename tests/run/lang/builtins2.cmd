# rows: V1 V2 V3 V11 V12 V15 V16 V17 V19 V20 V21 V24 V25 V28 V42
# Built-in variables against what the system itself says of a process that runs a system call.
cat >load.c <<'C'
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>
static void *other(void *x) { printf("tid %ld\n", syscall(SYS_gettid)); fflush(stdout); syscall(SYS_lseek, -1, -2L, 0x80000001L, 4, 5, 6); return x; }
int main(void)
{
	pthread_t t;
	printf("pid %d ppid %d\n", getpid(), getppid());
	fflush(stdout);
	if (setregid(1234, -1) || setreuid(4321, 0)) return 1;
	pthread_create(&t, 0, other, 0);
	pthread_join(t, 0);
	close(-1);
	return 0;
}
C
cc -pthread -o load load.c || exit
dtrace -q -o data -c ./load -n '
syscall::lseek:entry /pid == $target/
{
	printf("ids %d %d %d %d %d\n", pid, ppid, tid, uid, gid);
	printf("args %d %d %d %d %d %d %d %d %d %d\n", arg0, arg1, arg2, arg3, arg4, arg5, arg6, arg7, arg8, arg9);
	printf("errno %d ipl %d frames %d %d caller %d\n", errno, ipl, stackdepth > 1, ustackdepth > 0, caller != 0);
	printf("id %d %d\n", id, epid);
	printf("typed %d %d %d %d\n", (int)args[0], args[1], sizeof (args[1]), args[2]);
	self->in = 1;
}
syscall::lseek:entry /pid == $target/ { trace(*(int *)8); }
ERROR { printf("fault %d %d\n", pid == $target, tid != pid); }
syscall::lseek:return /self->in/ { self->in = 0; printf("result %d %d %d\n", arg0, arg1, errno); }
syscall::close:entry /pid == $target && (int)arg0 == -1/ { printf("epid %d\n", epid); self->c = 1; }
syscall::close:return /self->c/ { printf("close %d errno %d\n", (int)arg0, errno); }
syscall::exit_group:entry /pid == $target/ { printf("errno %d\n", errno); }' >said 2>faults
awk '/^pid/ { pid = $2; ppid = $4 } /^tid/ { tid = $2 } /^ids/ { print "ids", $2 == pid, $3 == ppid, $4 == tid && $4 != pid, $5, $6 }' said data
id=$(dtrace -l -n syscall::lseek:entry | awk 'NR == 2 { print $1 }')
awk -v id=$id '/^id / { print "id", $2 == id, ($3 > 0); e = $3 } /^epid/ { print "another epid", $2 != e } /^(args|errno|result|close|fault|typed)/' data
dtrace -qn 'BEGIN { printf("%d %d %d %d %d %s\n", pid == $pid, ppid == $ppid, tid == $pid, errno, ipl, execname); exit(0); }
END { printf("%d %d %d %d\n", pid == $pid, tid == $pid, uid == $uid, gid == $gid); }'
now=$(date +%s)
then=$(dtrace -qn 'BEGIN { printf("%d", walltimestamp / 1000000000); exit(0); }')
echo wall $((then - now < 20 && then - now >= 0))
