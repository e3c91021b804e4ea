/* pid.bpf.c - the thread that a number means; see rt.h. */
#include "rt_bpf.h"

enum {
	MAX_LEVELS = 32, /* of pid namespaces */
	MAX_HEIGHT = 6,  /* of a tree by 32-bit numbers */
	FANOUT = 64,
	KIND = 3, /* low bits of a slot: */
	NODE = 2
};

RT_INLINE dt_u64
load(dt_u64 addr)
{
	dt_u64 v = 0;
	bpf_probe_read_kernel(&v, sizeof(v), (const void *)addr);
	return v;
}

/* The numbers of a pid namespace are the indices of a radix tree of struct pid. */
RT_ROUTINE dt_u64
dt_task(dt_u64 me, dt_u64 number, dt_u64 offs)
{
	struct dt_pidoffs o = {};
	bpf_probe_read_kernel(&o, sizeof(o), (const void *)offs);
	dt_u64 own = load(me + o.task_pid), level = (dt_u32)load(own + o.pid_level);
	if (level >= MAX_LEVELS)
		return 0;
	dt_u64 space = load(own + o.pid_numbers + level * o.upid_size + o.upid_ns);
	dt_u64 entry = load(space + o.ns_tree);
	number = (dt_u32)number;
	for (int i = 0; i < MAX_HEIGHT && (entry & KIND) == NODE; i++) {
		dt_u64 node = entry - NODE, slot = number >> (load(node + o.node_shift) & 31);
		if (!i && slot >= FANOUT)
			return 0;
		entry = load(node + o.node_slots + slot % FANOUT * sizeof(dt_u64));
	}
	if (!entry || entry & KIND)
		return 0;
	dt_u64 link = load(entry + o.pid_tasks);
	return link ? link - o.task_link : 0;
}
