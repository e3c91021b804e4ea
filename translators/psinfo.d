/*
 * psinfo.d - processes and threads: psinfo_t, lwpsinfo_t, curpsinfo, curlwpsinfo.
 *
 * Members that speak of what Linux lacks (contracts, pools, zones) are 0.  Arguments are
 * read from the process's own memory: of another process than the current, and when the
 * page is not there, pr_psargs is the process's name.
 */
#pragma D depends_on library types.d
#pragma D depends_on library syscalls.d

inline char SSLEEP = 1;
inline char SRUN = 2;
inline char SZOMB = 3;
inline char SSTOP = 4;
inline char SIDL = 5;
inline char SONPROC = 6;
inline char SWAIT = 7;

inline int PR_STOPPED = 0x1;
inline int PR_ISTOP = 0x2;
inline int PR_DSTOP = 0x4;
inline int PR_STEP = 0x8;
inline int PR_ASLEEP = 0x10;
inline int PR_PCINVAL = 0x20;
inline int PR_ASLWP = 0x40;
inline int PR_AGENT = 0x80;
inline int PR_DETACH = 0x100;
inline int PR_DAEMON = 0x200;
inline int PR_IDLE = 0x400;
inline int PR_ISSYS = 0x1000;
inline int PR_VFORKP = 0x2000;
inline int PR_ORPHAN = 0x4000;
inline int PR_NOSIGCHLD = 0x8000;
inline int PR_WAITPID = 0x10000;
inline int PR_FORK = 0x100000;
inline int PR_RLC = 0x200000;
inline int PR_KLC = 0x400000;
inline int PR_ASYNC = 0x800000;
inline int PR_MSACCT = 0x1000000;
inline int PR_BPTADJ = 0x2000000;
inline int PR_PTRACE = 0x4000000;
inline int PR_MSFORK = 0x8000000;

inline char PR_MODEL_ILP32 = 1;
inline char PR_MODEL_LP64 = 2;

inline char SOBJ_NONE = 0;
inline char SOBJ_MUTEX = 1;
inline char SOBJ_RWLOCK = 2;
inline char SOBJ_CV = 3;
inline char SOBJ_SEMA = 4;
inline char SOBJ_USER = 5;
inline char SOBJ_USER_PI = 6;
inline char SOBJ_SHUTTLE = 7;

inline int PIDTYPE_PID = 0;
inline int PIDTYPE_TGID = 1;
inline int PIDTYPE_PGID = 2;
inline int PIDTYPE_SID = 3;

typedef struct lwpsinfo {
	int pr_flag;
	id_t pr_lwpid;
	uintptr_t pr_addr;
	uintptr_t pr_wchan;
	char pr_stype;
	char pr_state;
	char pr_sname;
	char pr_nice;
	short pr_syscall;
	char pr_oldpri;
	char pr_cpu;
	int pr_pri;
	ushort_t pr_pctcpu;
	timestruc_t pr_start;
	timestruc_t pr_time;
	char pr_clname[8];
	char pr_name[16];
	processorid_t pr_onpro;
	processorid_t pr_bindpro;
	psetid_t pr_bindpset;
	int pr_lgrp;
} lwpsinfo_t;

typedef struct psinfo {
	int pr_flag;
	int pr_nlwp;
	pid_t pr_pid;
	pid_t pr_ppid;
	pid_t pr_pgid;
	pid_t pr_sid;
	uid_t pr_uid;
	uid_t pr_euid;
	gid_t pr_gid;
	gid_t pr_egid;
	uintptr_t pr_addr;
	size_t pr_size;
	size_t pr_rssize;
	dev_t pr_ttydev;
	ushort_t pr_pctcpu;
	ushort_t pr_pctmem;
	timestruc_t pr_start;
	timestruc_t pr_time;
	timestruc_t pr_ctime;
	char pr_fname[16];
	char pr_psargs[80];
	int pr_wstat;
	int pr_argc;
	uintptr_t pr_argv;
	uintptr_t pr_envp;
	char pr_dmodel;
	taskid_t pr_taskid;
	projid_t pr_projid;
	int pr_nzomb;
	poolid_t pr_poolid;
	zoneid_t pr_zoneid;
	id_t pr_contract;
	lwpsinfo_t pr_lwp;
} psinfo_t;

/* What the current thread waits for while it leaves its CPU, if it is a lock: hooks in providers/sched.c. */
self uintptr_t __dt_lock;
self uint_t __dt_lockflags;

/* The state of a thread; of the current one -1, unless it leaves its CPU just now. */
inline int64_t __dt_word[struct task_struct *T] = T == curthread ? __dt_leaving() : (int64_t)T->__state;

/* Bits of the state, the same since Linux 4.14: 1 interruptible, 2 uninterruptible, 4 stopped, 8 traced, 0x40
 * parked, 0x80 dead, 0x800 new; of the exit state: 0x10 dead, 0x20 zombie.  PF_KTHREAD is 0x200000.  The idle thread
 * waits for nothing: it has its CPU or stands behind all. */
inline char __dt_state[struct task_struct *T] =
    __dt_word[T] == -1 || T->pid == 0 ? SONPROC :
    (T->exit_state & 0x30) != 0 || (__dt_word[T] & 0x80) != 0 ? SZOMB :
    T != curthread && T->on_cpu != 0 ? SONPROC :
    __dt_word[T] == 0 ? SRUN :
    (__dt_word[T] & 0xc) != 0 ? SSTOP :
    (__dt_word[T] & 0x40) != 0 ? SWAIT :
    (__dt_word[T] & 0x800) != 0 ? SIDL : SSLEEP;

/* Flags of contention_begin: 2 reader, 4 writer, 8 of a priority-inheriting lock, 0x20 mutex. */
inline char __dt_sobj[uint_t FLAGS, int IN_FUTEX] =
    (FLAGS & 0x20) != 0 ? SOBJ_MUTEX : (FLAGS & 6) != 0 ? SOBJ_RWLOCK :
    (FLAGS & 8) == 0 ? SOBJ_SEMA : IN_FUTEX ? SOBJ_USER_PI : SOBJ_MUTEX;

inline int __dt_infutex[struct task_struct *T] = __dt_syscall(T) == __DT_SYS_futex ||
    __dt_syscall(T) == __DT_SYS_futex_waitv;

inline int __dt_prflag[struct task_struct *T] =
    ((T->flags & 0x200000) != 0 ? PR_ISSYS : 0) |
    (T->pid == 0 ? PR_IDLE : 0) |
    ((T->__state & 0xc) != 0 ? PR_STOPPED : 0) |
    (T->ptrace != 0 ? PR_PTRACE : 0) |
    (T->vfork_done != NULL ? PR_VFORKP : 0) |
    (T->real_parent->tgid == 1 ? PR_ORPHAN : 0);

/* When a thread started, as nanoseconds since 1970. */
inline uint64_t __dt_born[struct task_struct *T] =
    walltimestamp - timestamp - __dt_suspended() + T->start_boottime;

#pragma D attributes Stable/Stable/Common translator
translator lwpsinfo_t < struct task_struct *T > {
	pr_flag = __dt_prflag[T];
	pr_lwpid = T->pid;
	pr_addr = (uintptr_t)T;
	pr_wchan = T == curthread && __dt_state[T] == SSLEEP ? self->__dt_lock : 0;
	pr_stype = __dt_state[T] != SSLEEP ? SOBJ_NONE :
	    T == curthread && self->__dt_lock != 0 ? __dt_sobj[self->__dt_lockflags, __dt_infutex[T]] :
	    __dt_infutex[T] ? SOBJ_USER : SOBJ_CV;
	pr_state = __dt_state[T];
	pr_sname = __dt_state[T] == SONPROC ? 'O' : __dt_state[T] == SRUN ? 'R' :
	    __dt_state[T] == SSLEEP ? 'S' : __dt_state[T] == SSTOP ? 'T' :
	    __dt_state[T] == SZOMB ? 'Z' : __dt_state[T] == SIDL ? 'I' : 'W';
	pr_nice = T->static_prio - 100;
	pr_syscall = __dt_syscall(T);
	pr_oldpri = 0;
	pr_cpu = 0;
	pr_pri = 139 - T->prio;
	pr_pctcpu = 0;
	pr_start = xlate <timestruc_t> (__dt_born[T]);
	pr_time = xlate <timestruc_t> (T->utime + T->stime);
	pr_clname = (T->flags & 0x200000) != 0 ? "SYS" :
	    T->policy == 1 || T->policy == 2 ? "RT" : T->policy == 3 ? "FX" :
	    T->policy == 5 ? "IDLE" : T->policy == 6 ? "DL" : T->policy == 7 ? "EXT" : "TS";
	pr_name = T->comm;
	pr_onpro = T->thread_info.cpu;
	pr_bindpro = T->nr_cpus_allowed == 1 ? (int)T->thread_info.cpu : -1;
	pr_bindpset = -1;
	pr_lgrp = __dt_cpu(T->thread_info.cpu, 1);
};

#pragma D attributes Stable/Stable/Common translator
translator psinfo_t < struct task_struct *T > {
	pr_flag = __dt_prflag[T];
	pr_nlwp = T->signal->nr_threads;
	pr_pid = T->tgid;
	pr_ppid = T->real_parent->tgid;
	pr_pgid = T->signal->pids[PIDTYPE_PGID]->numbers[0].nr;
	pr_sid = T->signal->pids[PIDTYPE_SID]->numbers[0].nr;
	pr_uid = T->cred->uid.val;
	pr_euid = T->cred->euid.val;
	pr_gid = T->cred->gid.val;
	pr_egid = T->cred->egid.val;
	pr_addr = (uintptr_t)T;
	pr_size = T->mm == NULL ? 0 : T->mm->total_vm * 4;
	pr_rssize = T->mm == NULL ? 0 : __dt_rss(T->mm) * 4;
	pr_ttydev = T->signal->tty == NULL ? -1 :
	    (T->signal->tty->driver->major << 20) |
	    (T->signal->tty->driver->minor_start + T->signal->tty->index);
	pr_pctcpu = 0;
	pr_pctmem = 0;
	pr_start = xlate <timestruc_t> (__dt_born[T->group_leader]);
	/* Of the threads that have ended, and this one. */
	pr_time = xlate <timestruc_t> (T->signal->utime + T->signal->stime + T->utime + T->stime);
	pr_ctime = xlate <timestruc_t> (T->signal->cutime + T->signal->cstime);
	pr_fname = T->group_leader->comm;
	pr_psargs = __dt_args(T, 80);
	pr_wstat = T->exit_code;
	pr_argc = __dt_argv(T, 0);
	pr_argv = __dt_argv(T, 1);
	pr_envp = __dt_argv(T, 2);
	pr_dmodel = T->mm != NULL && (T->mm->context.flags & 1) != 0 ? PR_MODEL_ILP32 : PR_MODEL_LP64;
	pr_taskid = 0;
	pr_projid = 0;
	pr_nzomb = 0;
	pr_poolid = 0;
	pr_zoneid = 0;
	pr_contract = 0;
	pr_lwp = xlate <lwpsinfo_t> (T);
};

inline psinfo_t *curpsinfo = xlate <psinfo_t *> (curthread);
#pragma D attributes Stable/Stable/Common curpsinfo

inline lwpsinfo_t *curlwpsinfo = xlate <lwpsinfo_t *> (curthread);
#pragma D attributes Stable/Stable/Common curlwpsinfo

inline string execargs = __dt_args(curthread, 0);
#pragma D attributes Stable/Stable/Common execargs
