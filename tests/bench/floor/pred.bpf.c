/* The floor of `syscall::getppid:entry /pid == 1/ { @ = count(); }`: a test that fails. */
#include "floor.h"

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} counts SEC(".maps");

SEC("raw_tp/sys_enter")
int
enter(struct bpf_raw_tracepoint_args *ctx)
{
	__u32 key = 0;
	if (ctx->args[1] != NR_GETPPID || bpf_get_current_pid_tgid() >> 32 != 1)
		return 0;
	__u64 *n = bpf_map_lookup_elem(&counts, &key);
	if (n)
		__sync_fetch_and_add(n, 1);
	return 0;
}
