/*
 * gen_task.c - d_path(), and the subroutines D libraries are made of: what a translator needs and D
 * cannot say.  None of the latter faults: a value that cannot be had is 0, or "<unknown>".
 *
 *   __dt_path(addr, kind)   enum dt_pathkind of rt.h
 *   __dt_file(fd)           open file of the current process, or 0
 *   __dt_args(task, size)   arguments, joined by blanks, at most size - 1 characters; 0: strsize
 *   __dt_argv(task, what)   0 argc, 1 argv, 2 envp, as the process was started
 *   __dt_cpu(cpu, what)     0 package, 1 memory node, 2 clock in MHz
 *   __dt_leaving()          state in which the current thread leaves its CPU (a carrier tells), -1: it stays
 *   __dt_model()            name of the machine
 *   __dt_rss(mm)            resident pages
 *   __dt_suspended()        ns this machine has slept since its start
 *   __dt_syscall(task)      number of the system call the current thread is in
 *   __dt_task(number)       thread that the current one means by that number, or 0
 */
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "gen.h"

enum {
	CPU_PACKAGE,
	CPU_NODE,
	CPU_CLOCK
};

static ir_opnd_t
offsets(gen_t *g)
{
	struct dt_taskoffs o = {
	    .path_mnt = gen_offset(g, "path", "mnt"),
	    .path_dentry = gen_offset(g, "path", "dentry"),
	    .file_path = gen_offset(g, "file", "f_path"),
	    .d_parent = gen_offset(g, "dentry", "d_parent"),
	    .d_name = gen_offset(g, "dentry", "d_name.name"),
	    .d_len = gen_offset(g, "dentry", "d_name.len"),
	    .mnt_root = gen_offset(g, "vfsmount", "mnt_root"),
	    .mnt_sb = gen_offset(g, "vfsmount", "mnt_sb"),
	    .sb_type = gen_offset(g, "super_block", "s_type"),
	    .type_name = gen_offset(g, "file_system_type", "name"),
	    .mount_mnt = gen_offset(g, "mount", "mnt"),
	    .mount_parent = gen_offset(g, "mount", "mnt_parent"),
	    .mount_point = gen_offset(g, "mount", "mnt_mountpoint"),
	    .mount_ns = gen_offset(g, "mount", "mnt_ns"),
	    .task_mm = gen_offset(g, "task_struct", "mm"),
	    .task_leader = gen_offset(g, "task_struct", "group_leader"),
	    .task_comm = gen_offset(g, "task_struct", "comm"),
	    .task_fs = gen_offset(g, "task_struct", "fs"),
	    .fs_root = gen_offset(g, "fs_struct", "root"),
	    .arg_start = gen_offset(g, "mm_struct", "arg_start"),
	    .arg_end = gen_offset(g, "mm_struct", "arg_end"),
	    .inode_sb = gen_offset(g, "inode", "i_sb"),
	    .inode_alias = gen_offset(g, "inode", "i_dentry.first"),
	    .d_alias = gen_offset(g, "dentry", "d_u.d_alias"),
	    .sb_root = gen_offset(g, "super_block", "s_root"),
	    .sb_mounts = gen_offset(g, "super_block", "s_mounts"),
	    .task_nsproxy = gen_offset(g, "task_struct", "nsproxy"),
	    .nsproxy_mnt = gen_offset(g, "nsproxy", "mnt_ns"),
	};
	o.mounts_listed = dt_btf_offset(g->dtp, "mount", "mnt_instance") >= 0;
	o.mount_next = gen_offset(g, "mount", o.mounts_listed ? "mnt_instance" : "mnt_next_for_sb");
	uint32_t at = mod_rodata(g->mod, &o, sizeof(o), 8);
	return gen_op2(g, IR_SCALAR, gen_mapval(g, g->mod->rodata, at), ir_none());
}

static val_t
string_at(gen_t *g, uint32_t at)
{
	return (val_t){.kind = V_STR, .o = gen_arenap(g, at), .ptr = true};
}

static val_t
path(gen_t *g, dt_node_t *a, int64_t kind)
{
	ir_opnd_t addr = gen_num(g, a);
	uint32_t dst = gen_arena(g, g->strsize);
	if (kind & DT_PATH_INODE)
		addr = gen_rt(g, "dt_inode", 3, gen_scratchp(g), addr, offsets(g));
	kind &= ~(int64_t)DT_PATH_INODE;
	gen_rt(g, "dt_dpath", 5, gen_scratchp(g), ir_imm(dst), addr, offsets(g),
	       gen_op2(g, IR_MOV, ir_imm(kind << 32 | g->strsize), ir_none()));
	return string_at(g, dst);
}

static val_t
arguments(gen_t *g, dt_node_t *n)
{
	ir_opnd_t task = gen_num(g, n->args);
	uint32_t size = (uint32_t)n->args->next->ival;
	if (!size || size > g->strsize)
		size = g->strsize;
	uint32_t dst = gen_arena(g, size);
	gen_rt(g, "dt_psargs", 5, gen_scratchp(g), ir_imm(dst), task, offsets(g), ir_imm(size));
	return string_at(g, dst);
}

/* What is at an address, 0 when it cannot be read. */
static ir_opnd_t
peek(gen_t *g, ir_opnd_t addr, int size, bool user)
{
	int obj = ir_newobj(g->f, 8, 8), r = gen_new(g);
	ir_block_t *ok = gen_block(g, NULL), *out = gen_block(g, NULL);
	gen_mov(g, r, ir_imm(0));
	ir_opnd_t e = gen_call(g, user ? BPF_FUNC_probe_read_user : BPF_FUNC_probe_read_kernel, false, 3,
			       gen_obj(g, obj, 0), ir_imm(size), addr);
	gen_br(g, IR_EQ, e, ir_imm(0), ok, out);
	gen_place(g, ok);
	gen_mov(g, r, gen_ld(g, size, gen_obj(g, obj, 0), 0, false));
	gen_place(g, out);
	return ir_reg(r);
}

static ir_opnd_t
peek_member(gen_t *g, ir_opnd_t base, int size, const char *sou, const char *member)
{
	return peek(g, gen_op2(g, IR_ADD, base, ir_imm(gen_offset(g, sou, member))), size, false);
}

static ir_opnd_t
file(gen_t *g, ir_opnd_t fd)
{
	ir_opnd_t task = gen_op2(g, IR_SCALAR, gen_current(g), ir_none());
	ir_opnd_t files = peek_member(g, task, 8, "task_struct", "files");
	ir_opnd_t fdt = peek_member(g, files, 8, "files_struct", "fdt");
	ir_opnd_t max = peek_member(g, fdt, 4, "fdtable", "max_fds");
	int r = gen_new(g);
	ir_block_t *in = gen_block(g, NULL), *out = gen_block(g, NULL);
	gen_mov(g, r, ir_imm(0));
	gen_br(g, IR_ULT, fd, max, in, out);
	gen_place(g, in);
	ir_opnd_t table = peek_member(g, fdt, 8, "fdtable", "fd");
	gen_mov(g, r, peek(g, gen_op2(g, IR_ADD, table, gen_op2(g, IR_LSH, fd, ir_imm(3))), 8, false));
	gen_place(g, out);
	return ir_reg(r);
}

/* r = 0 unless the task is of the current process and has memory of its own; then the code goes on. */
static ir_opnd_t
own_memory(gen_t *g, ir_opnd_t task, int r, ir_block_t *out)
{
	ir_block_t *has = gen_block(g, NULL), *own = gen_block(g, NULL);
	ir_opnd_t current = gen_op2(g, IR_SCALAR, gen_current(g), ir_none());
	gen_mov(g, r, ir_imm(0));
	ir_opnd_t mm = peek_member(g, task, 8, "task_struct", "mm");
	gen_br(g, IR_NE, mm, ir_imm(0), has, out);
	gen_place(g, has);
	ir_opnd_t mine = peek_member(g, current, 8, "task_struct", "mm");
	gen_br(g, IR_EQ, mm, mine, own, out);
	gen_place(g, own);
	return mm;
}

/* At mm->start_stack the kernel put argc, the argument pointers, 0, the environment pointers. */
static ir_opnd_t
arg_vector(gen_t *g, ir_opnd_t task, int64_t what)
{
	if (g->thread >= 0) /* it is not there to be read */
		return ir_imm(0);
	int r = gen_new(g);
	ir_block_t *out = gen_block(g, NULL);
	ir_opnd_t mm = own_memory(g, task, r, out);
	ir_opnd_t stack = peek_member(g, mm, 8, "mm_struct", "start_stack");
	if (what == 1) {
		gen_mov(g, r, gen_op2(g, IR_ADD, stack, ir_imm(8)));
	} else {
		ir_opnd_t argc = peek(g, stack, 8, true);
		if (what == 0)
			gen_mov(g, r, argc);
		else
			gen_mov(g, r,
				gen_op2(g, IR_ADD, gen_op2(g, IR_ADD, stack, ir_imm(16)),
					gen_op2(g, IR_LSH, argc, ir_imm(3))));
	}
	gen_place(g, out);
	return ir_reg(r);
}

static ir_opnd_t
syscall_of(gen_t *g, ir_opnd_t task)
{
	int r = gen_new(g);
	ir_block_t *user = gen_block(g, NULL), *in = gen_block(g, NULL), *out = gen_block(g, NULL);
	ir_opnd_t current = gen_current(g);
	gen_mov(g, r, ir_imm(0));
	gen_br(g, IR_EQ, task, gen_op2(g, IR_SCALAR, current, ir_none()), user, out);
	gen_place(g, user);
	ir_opnd_t mm = peek_member(g, task, 8, "task_struct", "mm");
	ir_block_t *has = gen_block(g, NULL);
	gen_br(g, IR_NE, mm, ir_imm(0), has, out);
	gen_place(g, has);
	ir_opnd_t regs = gen_call(g, BPF_FUNC_task_pt_regs, false, 1, current);
	ir_opnd_t nr = peek_member(g, gen_op2(g, IR_SCALAR, regs, ir_none()), 8, "pt_regs", "orig_ax");
	gen_br(g, IR_SGE, nr, ir_imm(0), in, out);
	gen_place(g, in);
	gen_mov(g, r, nr);
	gen_place(g, out);
	return ir_reg(r);
}

static ir_opnd_t
task(gen_t *g, ir_opnd_t number)
{
	struct dt_pidoffs o = {
	    .task_pid = gen_offset(g, "task_struct", "thread_pid"),
	    .task_link = gen_offset(g, "task_struct", "pid_links"),
	    .pid_level = gen_offset(g, "pid", "level"),
	    .pid_numbers = gen_offset(g, "pid", "numbers"),
	    .pid_tasks = gen_offset(g, "pid", "tasks"),
	    .upid_size = gen_offset(g, "upid", "ns") + 8,
	    .upid_ns = gen_offset(g, "upid", "ns"),
	    .ns_tree = gen_offset(g, "pid_namespace", "idr.idr_rt.xa_head"),
	    .node_shift = gen_offset(g, "xa_node", "shift"),
	    .node_slots = gen_offset(g, "xa_node", "slots"),
	};
	uint32_t at = mod_rodata(g->mod, &o, sizeof(o), 8);
	ir_opnd_t offs = gen_op2(g, IR_SCALAR, gen_mapval(g, g->mod->rodata, at), ir_none());
	ir_opnd_t me = gen_op2(g, IR_SCALAR, gen_current(g), ir_none());
	return gen_rt(g, "dt_task", 3, me, number, offs);
}

/* File, anonymous and shared memory pages: plain counters before 6.2, then percpu_counters, whose common
 * part is within some pages of the truth. */
static ir_opnd_t
rss(gen_t *g, ir_opnd_t mm)
{
	static const int slots[] = {0, 1, 3}; /* MM_FILEPAGES, MM_ANONPAGES, MM_SHMEMPAGES */
	uint32_t base = gen_offset(g, "mm_struct", "rss_stat");
	bool percpu = dt_btf_size(g->dtp, "mm_struct", "rss_stat") > 32;
	uint32_t step = percpu ? (uint32_t)dt_btf_size(g->dtp, "mm_struct", "rss_stat") / 4 : 8;
	uint32_t count = percpu ? gen_offset(g, "percpu_counter", "count") : 0;
	ir_opnd_t sum = ir_imm(0);
	for (int i = 0; i < 3; i++)
		sum = gen_op2(
		    g, IR_ADD,
		    peek(g, gen_op2(g, IR_ADD, mm, ir_imm(base + step * (uint32_t)slots[i] + count)), 8, false),
		    sum);
	return sum;
}

/* ----------------------------------------------- what the machine looks like */

static long
read_number(const char *path)
{
	long v = 0;
	FILE *f = fopen(path, "re");
	if (!f)
		return 0;
	if (fscanf(f, "%ld", &v) != 1)
		v = 0;
	fclose(f);
	return v;
}

static int
cpu_clock(int cpu)
{
	char line[256];
	snprintf(line, sizeof(line), "/sys/devices/system/cpu/cpu%d/cpufreq/cpuinfo_max_freq", cpu);
	long khz = read_number(line);
	if (khz > 0)
		return (int)(khz / 1000);
	FILE *f = fopen("/proc/cpuinfo", "re");
	int at = -1, mhz = 0, n;
	while (f && !mhz && fgets(line, sizeof(line), f)) {
		if (sscanf(line, "processor : %d", &n) == 1)
			at = n;
		if (at == cpu)
			sscanf(line, "cpu MHz : %d", &mhz);
	}
	if (f)
		fclose(f);
	return mhz;
}

static int
cpu_node(int cpu)
{
	char path[128];
	for (int node = 0; node < 64; node++) {
		snprintf(path, sizeof(path), "/sys/devices/system/cpu/cpu%d/node%d", cpu, node);
		if (access(path, F_OK) == 0)
			return node;
	}
	return 0;
}

static ir_opnd_t
cpu_property(gen_t *g, ir_opnd_t cpu, int64_t what)
{
	int n = g->mod->ncpus;
	int32_t *table = dt_arena_alloc(g->mod->arena, sizeof(*table) * (size_t)n);
	char path[128];
	for (int i = 0; i < n; i++) {
		snprintf(path, sizeof(path), "/sys/devices/system/cpu/cpu%d/topology/physical_package_id", i);
		table[i] = what == CPU_PACKAGE ? (int32_t)read_number(path)
			   : what == CPU_NODE  ? cpu_node(i)
					       : cpu_clock(i);
	}
	uint32_t at = mod_rodata(g->mod, table, sizeof(*table) * (size_t)n, 8);
	int r = gen_new(g);
	ir_block_t *in = gen_block(g, NULL), *out = gen_block(g, NULL);
	gen_mov(g, r, ir_imm(0));
	gen_bound(g, IR_ULT, cpu, ir_imm(n), in, out);
	gen_place(g, in);
	ir_opnd_t p = gen_op2(g, IR_ADD, gen_mapval(g, g->mod->rodata, at), gen_op2(g, IR_LSH, cpu, ir_imm(2)));
	gen_mov(g, r, gen_ld(g, 4, p, 0, false));
	gen_place(g, out);
	return ir_reg(r);
}

static val_t
machine(gen_t *g)
{
	struct utsname u = {0};
	uname(&u);
	const char *text = dt_arena_strdup(g->mod->arena, u.machine);
	uint32_t at = mod_rodata(g->mod, text, strlen(text) + 1, 1);
	return (val_t){.kind = V_STR, .o = gen_mapval(g, g->mod->rodata, at), .ptr = true, .text = text};
}

/* Constant while we run (unless the machine sleeps meanwhile); below a ms it is the time between two reads. */
static int64_t
suspended(void)
{
	struct timespec boot, mono;
	clock_gettime(CLOCK_MONOTONIC, &mono);
	clock_gettime(CLOCK_BOOTTIME, &boot);
	int64_t ns = (boot.tv_sec - mono.tv_sec) * 1000000000LL + boot.tv_nsec - mono.tv_nsec;
	return ns < 1000000 ? 0 : ns;
}

bool
gen_is_task_subr(int func)
{
	return func == DT_F_D_PATH || (func >= DT_F_X_ARGS && func <= DT_F_X_TASK);
}

val_t
gen_task_subr(gen_t *g, dt_node_t *n)
{
	dt_node_t *a = n->args;
	switch (n->func) {
	case DT_F_D_PATH:
		return path(g, a, DT_PATH_VISIBLE);
	case DT_F_X_PATH:
		return path(g, a, (int64_t)a->next->ival);
	case DT_F_X_ARGS:
		return arguments(g, n);
	case DT_F_X_MODEL:
		return machine(g);
	case DT_F_X_LEAVING:
		return val_num(g->leaving >= 0 ? ir_reg(g->leaving) : ir_imm(-1));
	case DT_F_X_FILE:
		return val_num(file(g, gen_num(g, a)));
	case DT_F_X_ARGV:
		return val_num(arg_vector(g, gen_num(g, a), (int64_t)a->next->ival));
	case DT_F_X_CPU:
		return val_num(cpu_property(g, gen_num(g, a), (int64_t)a->next->ival));
	case DT_F_X_RSS:
		return val_num(rss(g, gen_num(g, a)));
	case DT_F_X_TASK:
		return val_num(task(g, gen_num(g, a)));
	case DT_F_X_SYSCALL:
		return val_num(syscall_of(g, gen_num(g, a)));
	default: /* DT_F_X_SUSPENDED */
		return val_num(gen_op2(g, IR_MOV, ir_imm(suspended()), ir_none()));
	}
}
