/* The floor of `sched:::on-cpu { self->ts = timestamp; } sched:::off-cpu /self->ts/
 * { @[execname] = quantize(timestamp - self->ts); self->ts = 0; }`: one program, which has both threads at
 * hand. */
#include "floor.h"
#include "hist.h"

struct task_struct {
	struct task_struct *group_leader;
	char comm[16];
} __attribute__((preserve_access_index));

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, __u64);
} start SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 1024);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(key_size, 16);
	__type(value, struct hist);
} hists SEC(".maps");

static const struct hist none;

static __always_inline void
came_off(struct task_struct *prev, __u64 delta)
{
	char name[16];
	__builtin_memcpy(name, prev->group_leader->comm, sizeof(name));
	struct hist *h = bpf_map_lookup_elem(&hists, name);
	if (!h) {
		bpf_map_update_elem(&hists, name, &none, BPF_NOEXIST);
		h = bpf_map_lookup_elem(&hists, name);
	}
	if (h)
		hist_count(h, delta);
}

SEC("tp_btf/sched_switch")
int
switched(__u64 *ctx)
{
	struct task_struct *prev = (struct task_struct *)ctx[1], *next = (struct task_struct *)ctx[2];
	__u64 now = bpf_ktime_get_ns();
	__u64 *ts = bpf_task_storage_get(&start, prev, 0, 0);
	if (ts && *ts) {
		came_off(prev, now - *ts);
		*ts = 0;
	}
	ts = bpf_task_storage_get(&start, next, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (ts)
		*ts = now;
	return 0;
}
