/* walk.bpf.c - walks through the kernel's own data: parents of a process, names of a path; see rt.h. */
#include "rt_bpf.h"

static dt_u64 (*const bpf_get_current_task)(void) = (void *)35;

enum {
	MAXPARENTS = 4096,
	MAXCOMPONENTS = 1024,
	NAME_MAX = 255
};

/* ----------------------------------------------------------------- parents */

struct ancestry {
	dt_u64 task, parent, tgid; /* offsets of the latter two */
	dt_u64 pid;
	dt_u64 found;
};

RT_CALLBACK long
parent_step(__attribute__((unused)) dt_u32 i, struct ancestry *c)
{
	dt_u32 tgid = 0;
	dt_u64 parent = 0;
	bpf_probe_read_kernel(&tgid, sizeof(tgid), (const void *)(c->task + c->tgid));
	c->found = tgid == (dt_u32)c->pid;
	if (c->found)
		return 1;
	bpf_probe_read_kernel(&parent, sizeof(parent), (const void *)(c->task + c->parent));
	if (!parent || parent == c->task)
		return 1;
	c->task = parent;
	return 0;
}

RT_ROUTINE dt_u64
dt_progenyof(dt_u64 pid, dt_u64 offsets)
{
	struct ancestry c = {bpf_get_current_task(), offsets & 0xffffffff, offsets >> 32, pid, 0};
	bpf_loop(MAXPARENTS, parent_step, &c, 0);
	return c.found;
}

/* ------------------------------------------------------------------- paths */

/* Names are put in front of each other: s->a[at] on is the path so far. */
struct walk {
	struct dt_pathoff off;
	dt_u64 mount, dentry;
	dt_u64 rootmount, rootdentry; /* of the current process */
	dt_u64 at;
};

RT_INLINE dt_u64
word_at(dt_u64 addr)
{
	dt_u64 v = 0;
	bpf_probe_read_kernel(&v, sizeof(v), (const void *)addr);
	return v;
}

RT_INLINE long
put_name(struct dt_scratch *s, struct walk *w)
{
	dt_u32 len = 0;
	bpf_probe_read_kernel(&len, sizeof(len), (const void *)(w->dentry + w->off.len));
	dt_u64 n = len & NAME_MAX, at = w->at - n - 1;
	if (at >= w->at) /* no room in front: what is there stays */
		return 1;
	at = rt_len(at);
	rt_opaque(n);
	n &= NAME_MAX;
	if (bpf_probe_read_kernel(s->a + at + 1, n, (const void *)word_at(w->dentry + w->off.name)) < 0)
		return 1;
	s->a[at] = '/';
	w->at = at;
	return 0;
}

RT_CALLBACK long
path_step(__attribute__((unused)) dt_u32 i, struct rt_arg *p)
{
	struct dt_scratch *s = p->s;
	struct walk *w = RT_STATE(s);
	if (w->dentry == w->rootdentry && w->mount == w->rootmount)
		return 1;
	if (w->dentry == word_at(w->mount + w->off.vfsmount + w->off.root)) {
		dt_u64 up = word_at(w->mount + w->off.mountparent);
		if (up == w->mount || !up)
			return 1;
		w->dentry = word_at(w->mount + w->off.mountpoint);
		w->mount = up;
		return 0;
	}
	dt_u64 parent = word_at(w->dentry + w->off.parent);
	if (parent == w->dentry || !parent)
		return 1;
	if (put_name(s, w))
		return 1;
	w->dentry = parent;
	return 0;
}

RT_ROUTINE dt_s64
dt_d_path(struct dt_scratch *s, dt_u64 dst, dt_u64 addr, dt_u64 size)
{
	if (!s)
		return RT_NOSCRATCH;
	struct walk *w = RT_STATE(s);
	__builtin_memcpy(&w->off, s->w, sizeof(w->off));
	dt_u64 mnt = 0;
	if (bpf_probe_read_kernel(&mnt, sizeof(mnt), (const void *)(addr + w->off.mnt)) < 0)
		return rt_fault(s, RT_BADADDR, addr);
	w->mount = mnt - w->off.vfsmount;
	w->dentry = word_at(addr + w->off.dentry);
	w->at = DT_STRMAX - 1;
	dt_u64 root = word_at(bpf_get_current_task() + w->off.fs) + w->off.fsroot;
	w->rootmount = word_at(root + w->off.mnt) - w->off.vfsmount;
	w->rootdentry = word_at(root + w->off.dentry);
	if (!mnt || !w->dentry)
		return rt_fault(s, RT_BADADDR, mnt);
	struct rt_arg p = {s};
	bpf_loop(MAXCOMPONENTS, path_step, &p, 0);
	if (w->at == DT_STRMAX - 1) {
		w->at--;
		s->a[DT_STRMAX - 2] = '/';
	}
	return rt_put(s, dst, w->at, DT_STRMAX - 1 - w->at, rt_size(size));
}
