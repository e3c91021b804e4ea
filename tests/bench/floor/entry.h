/* entry.h - the floor of counting how often a function is entered. */
#ifndef ENTRY_H
#define ENTRY_H

#include "floor.h"

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} counts SEC(".maps");

#define COUNT_ENTRIES(section)                                                                                 \
	SEC(section)                                                                                           \
	int enter(void *ctx)                                                                                   \
	{                                                                                                      \
		(void)ctx;                                                                                     \
		__u32 key = 0;                                                                                 \
		__u64 *n = bpf_map_lookup_elem(&counts, &key);                                                 \
		if (n)                                                                                         \
			__sync_fetch_and_add(n, 1);                                                            \
		return 0;                                                                                      \
	}

#endif
