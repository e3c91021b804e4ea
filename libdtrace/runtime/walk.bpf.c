/* walk.bpf.c - the walk along the parents of a process; see rt.h. */
#include "rt_bpf.h"

enum {
	MAXPARENTS = 4096
};

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
dt_progenyof(dt_u64 task, dt_u64 pid, dt_u64 offsets)
{
	struct ancestry c = {task, offsets & 0xffffffff, offsets >> 32, pid, 0};
	bpf_loop(MAXPARENTS, parent_step, &c, 0);
	return c.found;
}
