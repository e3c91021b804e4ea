/* The floor of `syscall::getppid:entry { self->ts = timestamp; } syscall::getppid:return /self->ts/
 * { @ = quantize(timestamp - self->ts); self->ts = 0; }`. */
#include "floor.h"
#include "hist.h"

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, __u64);
} start SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct hist);
} hists SEC(".maps");

SEC("raw_tp/sys_enter")
int
enter(struct bpf_raw_tracepoint_args *ctx)
{
	if (ctx->args[1] != NR_GETPPID)
		return 0;
	__u64 *ts = bpf_task_storage_get(&start, bpf_get_current_task_btf(), 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (ts)
		*ts = bpf_ktime_get_ns();
	return 0;
}

SEC("raw_tp/sys_exit")
int
leave(struct bpf_raw_tracepoint_args *ctx)
{
	__u32 key = 0;
	if (exit_nr(ctx) != NR_GETPPID)
		return 0;
	__u64 *ts = bpf_task_storage_get(&start, bpf_get_current_task_btf(), 0, 0);
	if (!ts || !*ts)
		return 0;
	__u64 delta = bpf_ktime_get_ns() - *ts;
	struct hist *h = bpf_map_lookup_elem(&hists, &key);
	if (h)
		hist_count(h, delta);
	*ts = 0;
	return 0;
}
