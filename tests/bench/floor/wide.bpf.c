/* The floor of fbt:::entry { @[probefunc] = count(); }: one link, counted by the function's address. */
#include "floor.h"

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 65536);
	__type(key, __u64);
	__type(value, __u64);
} counts SEC(".maps");

SEC("kprobe.multi")
int
enter(void *ctx)
{
	__u64 ip = bpf_get_func_ip(ctx), one = 1;
	__u64 *n = bpf_map_lookup_elem(&counts, &ip);
	if (n)
		++*n;
	else
		bpf_map_update_elem(&counts, &ip, &one, BPF_ANY);
	return 0;
}
