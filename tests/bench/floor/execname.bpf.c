/* The floor of `syscall::getppid:entry { @[execname] = count(); }`. */
#include "floor.h"

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 10240);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(key_size, 16);
	__type(value, __u64);
} counts SEC(".maps");

SEC("raw_tp/sys_enter")
int
enter(struct bpf_raw_tracepoint_args *ctx)
{
	char comm[16];
	__u64 zero = 0;
	if (ctx->args[1] != NR_GETPPID)
		return 0;
	bpf_get_current_comm(comm, sizeof(comm));
	__u64 *n = bpf_map_lookup_elem(&counts, comm);
	if (!n) {
		bpf_map_update_elem(&counts, comm, &zero, BPF_NOEXIST);
		n = bpf_map_lookup_elem(&counts, comm);
	}
	if (n)
		__sync_fetch_and_add(n, 1);
	return 0;
}
