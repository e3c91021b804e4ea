/*
 * kthread.d - names that scripts for Solaris and its kin use of a thread and its process.
 *
 * On Linux both are a struct task_struct, the process that of its first thread.  A member that a struct of the kernel
 * does not have is looked for in the translator to struct __dt_compat_TAG: these.  What Linux lacks is 0.
 */
#pragma D depends_on library types.d
#pragma D depends_on library psinfo.d

typedef struct task_struct kthread_t;
typedef struct task_struct proc_t;

typedef struct __dt_compat_pid {
	pid_t pid_id;
} __dt_compat_pid_t;

/* A vnode is the path that leads to it. */
struct __dt_compat_path {
	char *v_path;
	int v_type;
};

inline int VNON = 0;
inline int VREG = 1;
inline int VDIR = 2;
inline int VBLK = 3;
inline int VCHR = 4;
inline int VLNK = 5;
inline int VFIFO = 6;
inline int VSOCK = 9;

/* From the upper bits of an inode's mode. */
inline int __dt_vtype[int FMT] = FMT == 0x8000 ? VREG : FMT == 0x4000 ? VDIR : FMT == 0x6000 ? VBLK :
    FMT == 0x2000 ? VCHR : FMT == 0xa000 ? VLNK : FMT == 0x1000 ? VFIFO : FMT == 0xc000 ? VSOCK : VNON;

struct __dt_compat_file {
	struct path *f_vnode;
	offset_t f_offset;
	uint_t f_flag;
};

typedef struct __dt_compat_file_entry {
	struct file *uf_file;
} uf_entry_t;

typedef struct __dt_compat_finfo {
	uf_entry_t *fi_list;
	int fi_nfiles;
} __dt_compat_finfo_t;

typedef struct __dt_compat_user {
	__dt_compat_finfo_t u_finfo;
	string u_comm;
	string u_psargs;
	timestruc_t u_start;
	struct path *u_cdir;
	struct path *u_rdir;
} __dt_compat_user_t;

typedef struct __dt_compat_cred {
	uid_t cr_uid;
	uid_t cr_ruid;
	gid_t cr_gid;
	gid_t cr_rgid;
} __dt_compat_cred_t;

typedef struct __dt_compat_disp {
	int disp_nrunnable;
} __dt_compat_disp_t;

typedef struct __dt_compat_cpu {
	processorid_t cpu_id;
	__dt_compat_disp_t *cpu_disp;
} __dt_compat_cpu_t;

typedef struct __dt_compat_lwp {
	uintptr_t lwp_ustack;
} __dt_compat_lwp_t;

struct __dt_compat_task_struct {
	/* a thread */
	struct task_struct *t_procp;
	id_t t_tid;
	short t_pri;
	char t_state;
	__dt_compat_cpu_t *t_cpu;
	__dt_compat_lwp_t *t_lwp;
	/* a process */
	struct task_struct *p_parent;
	struct path *p_exec;
	__dt_compat_pid_t *p_pidp;
	pid_t p_ppid;
	__dt_compat_user_t p_user;
	__dt_compat_cred_t *p_cred;
	int p_lwpcnt;
	hrtime_t p_mstart;
	size_t p_stksize;
	size_t p_brksize;
	hrtime_t p_utime;
	hrtime_t p_stime;
	int p_flag;
	zoneid_t p_zoneid;
};

translator __dt_compat_pid_t < struct task_struct *T > {
	pid_id = T->tgid;
};

translator struct __dt_compat_path < struct path *P > {
	v_path = __dt_path(P, 0);
	v_type = __dt_vtype[P->dentry->d_inode->i_mode & 0xf000];
};

translator struct __dt_compat_file < struct file *F > {
	f_vnode = &F->f_path;
	f_offset = F->f_pos;
	f_flag = F->f_flags;
};

/* The table of open files: pointers, as the entries of Solaris begin. */
translator __dt_compat_finfo_t < struct task_struct *T > {
	fi_list = T->files == NULL ? 0 : (uf_entry_t *)T->files->fdt->fd;
	fi_nfiles = T->files == NULL ? 0 : T->files->fdt->max_fds;
};

translator __dt_compat_user_t < struct task_struct *T > {
	u_finfo = xlate <__dt_compat_finfo_t> (T);
	u_comm = T->group_leader->comm;
	u_psargs = __dt_args(T, 80);
	u_start = xlate <timestruc_t> (__dt_born[T->group_leader]);
	u_cdir = &T->fs->pwd;
	u_rdir = &T->fs->root;
};

translator __dt_compat_cred_t < struct task_struct *T > {
	cr_uid = T->cred->euid.val;
	cr_ruid = T->cred->uid.val;
	cr_gid = T->cred->egid.val;
	cr_rgid = T->cred->gid.val;
};

/* Threads that wait for the thread's CPU: those that want to run, but for the one that does. */
translator __dt_compat_disp_t < struct task_struct *T > {
	disp_nrunnable = T->se.cfs_rq->rq->nr_running > 0 ? (int)T->se.cfs_rq->rq->nr_running - 1 : 0;
};

translator __dt_compat_cpu_t < struct task_struct *T > {
	cpu_id = T->thread_info.cpu;
	cpu_disp = xlate <__dt_compat_disp_t *> (T);
};

translator __dt_compat_lwp_t < struct task_struct *T > {
	lwp_ustack = T->mm == NULL ? 0 : T->mm->start_stack;
};

translator struct __dt_compat_task_struct < struct task_struct *T > {
	t_procp = T->group_leader;
	t_tid = T->pid;
	t_pri = 139 - T->prio;
	t_state = __dt_state[T];
	t_cpu = xlate <__dt_compat_cpu_t *> (T);
	t_lwp = xlate <__dt_compat_lwp_t *> (T);
	p_parent = T->real_parent->group_leader;
	p_exec = T->mm == NULL ? NULL : &T->mm->exe_file->f_path;
	p_pidp = xlate <__dt_compat_pid_t *> (T);
	p_ppid = T->real_parent->tgid;
	p_user = xlate <__dt_compat_user_t> (T);
	p_cred = xlate <__dt_compat_cred_t *> (T);
	p_lwpcnt = T->signal->nr_threads;
	p_mstart = T->group_leader->start_time;
	p_stksize = T->mm == NULL ? 0 : T->mm->stack_vm * 4096;
	p_brksize = T->mm == NULL ? 0 : T->mm->brk - T->mm->start_brk;
	p_utime = T->signal->utime + T->utime;
	p_stime = T->signal->stime + T->stime;
	p_flag = 0;
	p_zoneid = 0;
};
