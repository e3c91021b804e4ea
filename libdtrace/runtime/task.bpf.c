/*
 * task.bpf.c - paths of files and the arguments of processes; see rt.h.
 *
 * What is asked for may be gone or torn while it is read: then the answer is "<unknown>",
 * never a fault (but of d_path() of what is no path at all).  Paths are built from their end, in the lower half
 * of s->a.
 */
#include "rt_bpf.h"

static dt_u64 (*const bpf_get_current_task)(void) = (void *)35;
static long (*const bpf_probe_read_user)(void *dst, dt_u32 size, const void *src) = (void *)112;

enum {
	MAX_STEPS = 1024, /* components and mounts of a path: what is above is left out */
	NAME_LEN = 255,
	START = DT_STRMAX - 1
};

RT_INLINE dt_u64
load(dt_u64 addr)
{
	dt_u64 v = 0;
	bpf_probe_read_kernel(&v, sizeof(v), (const void *)addr);
	return v;
}

RT_INLINE void
get_offsets(struct dt_scratch *s, dt_u64 offs)
{
	bpf_probe_read_kernel(s->b, sizeof(struct dt_taskoffs), (const void *)offs);
}

#define OFFS(s) ((const struct dt_taskoffs *)(void *)(s)->b)

struct walk {
	struct dt_scratch *s;
	dt_u64 mnt, dentry;
	dt_u64 rootmnt, rootdentry; /* where to stop, or 0 */
	dt_u32 pos;
	dt_u32 top; /* the root of everything was reached */
};

/* Put the name of w->dentry before what is there; false when it has none, or there is no room. */
RT_INLINE int
put_name(struct walk *w, int slash)
{
	struct dt_scratch *s = w->s;
	dt_u64 name = load(w->dentry + OFFS(s)->d_name), len = (dt_u32)load(w->dentry + OFFS(s)->d_len);
	dt_u64 pos = w->pos;
	rt_opaque(len);
	len &= NAME_LEN;
	if (!name || !len || pos < len + 1)
		return 0;
	pos = rt_len(pos - len);
	bpf_probe_read_kernel(s->a + pos, len, (const void *)name);
	if (slash) {
		pos = rt_len(pos - 1);
		s->a[pos] = '/';
	}
	w->pos = pos;
	return 1;
}

/* One component up, or from the root of a mount to where it is mounted. */
RT_CALLBACK long
path_step(dt_u32 i, struct walk *w)
{
	(void)i;
	const struct dt_taskoffs *o = OFFS(w->s);
	if (w->dentry == w->rootdentry && w->mnt == w->rootmnt) {
		w->top = 1;
		return 1;
	}
	if (w->dentry == load(w->mnt + o->mnt_root)) {
		dt_u64 mount = w->mnt - o->mount_mnt, up = load(mount + o->mount_parent);
		if (!up || up == mount) {
			w->top = 1;
			return 1;
		}
		w->dentry = load(mount + o->mount_point);
		w->mnt = up + o->mount_mnt;
		return 0;
	}
	dt_u64 parent = load(w->dentry + o->d_parent);
	/* No mount's root, and no parent: sockets and pipes are nowhere in a tree. */
	if (!parent || parent == w->dentry || !put_name(w, 1))
		return 1;
	w->dentry = parent;
	return 0;
}

RT_INLINE dt_s64
put_text(struct dt_scratch *s, dt_u64 dst, dt_u64 lo, dt_u64 hi, dt_u64 n, dt_u64 size)
{
	RT_WORD(s->a) = lo;
	RT_WORD(s->a + 8) = hi;
	return rt_put(s, dst, 0, n, size);
}

#define NONE(s, dst, size)    put_text(s, dst, 0x3e656e6f6e3cULL, 0, 6, size)           /* <none> */
#define UNKNOWN(s, dst, size) put_text(s, dst, 0x6e776f6e6b6e753cULL, 0x3eULL, 9, size) /* <unknown> */

RT_ROUTINE dt_s64
dt_dpath(struct dt_scratch *s, dt_u64 dst, dt_u64 addr, dt_u64 offs, dt_u64 kindsize)
{
	if (!s)
		return RT_NOSCRATCH;
	dt_u64 kind = kindsize >> 32, size = rt_size((dt_u32)kindsize);
	get_offsets(s, offs);
	if (!addr)
		return kind == DT_PATH_VISIBLE ? rt_fault(s, RT_BADADDR, 0) : NONE(s, dst, size);
	if (kind > DT_PATH_VISIBLE)
		addr += OFFS(s)->file_path;
	struct walk w = {.s = s,
			 .mnt = load(addr + OFFS(s)->path_mnt),
			 .dentry = load(addr + OFFS(s)->path_dentry),
			 .pos = START};
	dt_s64 end = START; /* of the text in s->a, which begins at w.pos */
	if (!w.mnt || !w.dentry) {
		if (kind == DT_PATH_VISIBLE)
			return rt_fault(s, RT_BADADDR, addr);
		goto unknown;
	}
	if (kind == DT_PATH_FSTYPE) {
		dt_u64 name = load(load(load(w.mnt + OFFS(s)->mnt_sb) + OFFS(s)->sb_type) + OFFS(s)->type_name);
		end = name ? rt_read(s, s->a, name, 64) : 0;
		w.pos = 0;
		goto out;
	}
	if (kind == DT_PATH_NAME) {
		int nowhere = load(w.dentry + OFFS(s)->d_parent) == w.dentry &&
			      load(w.mnt + OFFS(s)->mnt_root) != w.dentry;
		if (nowhere || !put_name(&w, 0))
			goto unknown;
		goto out;
	}
	if (kind == DT_PATH_VISIBLE) {
		dt_u64 root = load(bpf_get_current_task() + OFFS(s)->task_fs) + OFFS(s)->fs_root;
		w.rootmnt = load(root + OFFS(s)->path_mnt);
		w.rootdentry = load(root + OFFS(s)->path_dentry);
	}
	if (kind == DT_PATH_MOUNT) {
		/* The kernel's own mounts (of sockets, pipes) are in no name space: null, or an error number.
		 */
		dt_u64 ns = load(w.mnt - OFFS(s)->mount_mnt + OFFS(s)->mount_ns);
		if (!ns || ns >= (dt_u64)-4095)
			goto unknown;
		w.dentry = load(w.mnt + OFFS(s)->mnt_root);
	}
	bpf_loop(MAX_STEPS, path_step, &w, 0);
	if (w.pos == START && w.top) {
		w.pos = START - 1;
		s->a[START - 1] = '/';
	}
	if (kind == DT_PATH_DIR) { /* without the last component, but never without the slash of the root */
		dt_s64 slash = dt_rt_rscan(s, START, '/', 1);
		if (slash < (dt_s64)w.pos)
			goto unknown;
		end = slash > (dt_s64)w.pos ? slash : (dt_s64)w.pos + 1;
	}
out:
	if (end > (dt_s64)w.pos)
		return rt_put(s, dst, w.pos, end - w.pos, size);
unknown:
	return UNKNOWN(s, dst, size);
}

struct mounts {
	struct dt_scratch *s;
	dt_u64 at, end; /* at: what the list points to */
	dt_u64 first, root, ns;
	dt_u64 found;
};

/* One mount on, unless this one is it. */
RT_INLINE long
try_mount(struct mounts *m, dt_u64 mount, int fits)
{
	const struct dt_taskoffs *o = OFFS(m->s);
	if (fits) {
		m->found = mount;
		if (load(mount + o->mount_ns) == m->ns)
			return 1;
	}
	m->at = load(mount + o->mount_next);
	return 0;
}

/* A mount that has this root. */
RT_CALLBACK long
mount_step(dt_u32 i, struct mounts *m)
{
	(void)i;
	const struct dt_taskoffs *o = OFFS(m->s);
	if (!m->at || m->at == m->end)
		return 1;
	dt_u64 mount = o->mounts_listed ? m->at - o->mount_next : m->at;
	return try_mount(m, mount, load(mount + o->mount_mnt + o->mnt_root) == m->root);
}

/* A mount whose root is m->first or above it: m->root goes up from there for each mount. */
RT_CALLBACK long
above_step(dt_u32 i, struct mounts *m)
{
	(void)i;
	const struct dt_taskoffs *o = OFFS(m->s);
	if (!m->at || m->at == m->end)
		return 1;
	dt_u64 mount = o->mounts_listed ? m->at - o->mount_next : m->at, parent;
	int fits = load(mount + o->mount_mnt + o->mnt_root) == m->root;
	if (!fits && (parent = load(m->root + o->d_parent)) && parent != m->root) {
		m->root = parent;
		return 0;
	}
	m->root = m->first;
	return try_mount(m, mount, fits);
}

/* The number of an address: only so may it be handed on (a privileged program may negate a pointer). */
RT_INLINE dt_u64
number(const void *p)
{
	dt_u64 n = (dt_u64)p;
	asm volatile("%0 = -%0\n\t%0 = -%0" : "+r"(n));
	return n;
}

/* Makes the struct path of a struct file in s->a, for dt_dpath(): one of the names of the inode, in a mount of
 * the whole file system, the one that the current process sees if it sees one.  The address of that file.
 * Where there is no such mount it is one of a part that holds the name: NFS mounts no other. */
RT_ROUTINE dt_u64
dt_inode(struct dt_scratch *s, dt_u64 inode, dt_u64 offs)
{
	if (!s || !inode)
		return 0;
	get_offsets(s, offs);
	const struct dt_taskoffs *o = OFFS(s);
	dt_u64 proxy = load(bpf_get_current_task() + o->task_nsproxy), sb = load(inode + o->inode_sb);
	dt_u64 alias = load(inode + o->inode_alias);
	struct mounts m = {.s = s,
			   .at = load(sb + o->sb_mounts),
			   .end = o->mounts_listed ? sb + o->sb_mounts : 0,
			   .root = load(sb + o->sb_root),
			   .ns = proxy ? load(proxy + o->nsproxy_mnt) : 0};
	bpf_loop(MAX_STEPS, mount_step, &m, 0);
	if (!m.found && alias) {
		m.at = load(sb + o->sb_mounts);
		m.root = m.first = alias - o->d_alias;
		bpf_loop(MAX_STEPS, above_step, &m, 0);
	}
	RT_WORD(s->a + rt_len(o->path_mnt)) = m.found ? m.found + o->mount_mnt : 0;
	RT_WORD(s->a + rt_len(o->path_dentry)) = alias ? alias - o->d_alias : 0;
	return number(s->a) - o->file_path;
}

struct blanks {
	struct dt_scratch *s;
};

/* NULs to blanks, eight bytes at a time. */
RT_CALLBACK long
blank_step(dt_u32 i, struct blanks *b)
{
	char *p = b->s->a + rt_len((dt_u64)i * 8);
	RT_WORD(p) |= rt_match(RT_WORD(p), 0) >> 2;
	return 0;
}

RT_ROUTINE dt_s64
dt_psargs(struct dt_scratch *s, dt_u64 dst, dt_u64 task, dt_u64 offs, dt_u64 size)
{
	if (!s)
		return RT_NOSCRATCH;
	size = rt_size(size);
	get_offsets(s, offs);
	dt_u64 mm = load(task + OFFS(s)->task_mm);
	/* Only the memory of the current process can be read. */
	if (mm && mm == load(bpf_get_current_task() + OFFS(s)->task_mm)) {
		dt_u64 start = load(mm + OFFS(s)->arg_start), n = load(mm + OFFS(s)->arg_end) - start;
		if (n >= size)
			n = size - 1;
		n = rt_len(n);
		if (start && n && bpf_probe_read_user(s->a, n, (const void *)start) == 0) {
			dt_s64 end = dt_rt_rscan(s, n, 0, 0) + 1;
			struct blanks b = {s};
			bpf_loop(n / 8 + 1, blank_step, &b, 0);
			if (end > 0)
				return rt_put(s, dst, 0, end, size);
		}
	}
	dt_s64 n = rt_read(s, s->a, load(task + OFFS(s)->task_leader) + OFFS(s)->task_comm, 16);
	return n >= 0 ? rt_put(s, dst, 0, n, size) : UNKNOWN(s, dst, size);
}
