/* The floor of `io:::start { ts[arg0] = timestamp; } io:::done /ts[arg0]/
 * { @ = quantize(timestamp - ts[arg0]); ts[arg0] = 0; }`, on devices that take requests. */
#include "floor.h"
#include "hist.h"

enum {
	MAXBIOS = 64 /* merged into one request */
};

struct bvec_iter {
	__u32 bi_size;
} __attribute__((preserve_access_index));

struct bio {
	struct bio *bi_next;
	struct bvec_iter bi_iter;
} __attribute__((preserve_access_index));

struct request {
	struct bio *bio;
} __attribute__((preserve_access_index));

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, __u64);
	__type(value, __u64);
} start SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct hist);
} hists SEC(".maps");

SEC("tp_btf/block_bio_queue")
int
queued(__u64 *ctx)
{
	struct bio *bio = (struct bio *)ctx[0];
	__u64 key = (__u64)bio, now = bpf_ktime_get_ns();
	if (bio->bi_iter.bi_size)
		bpf_map_update_elem(&start, &key, &now, BPF_ANY);
	return 0;
}

SEC("tp_btf/block_rq_complete")
int
completed(__u64 *ctx)
{
	struct request *rq = (struct request *)ctx[0];
	struct bio *bio = rq->bio;
	for (int i = 0; i < MAXBIOS && bio; i++, bio = bio->bi_next) {
		__u64 key = (__u64)bio, *ts;
		__u32 zero = 0;
		if (!bio->bi_iter.bi_size)
			continue;
		ts = bpf_map_lookup_elem(&start, &key);
		if (!ts)
			continue;
		struct hist *h = bpf_map_lookup_elem(&hists, &zero);
		if (h)
			hist_count(h, bpf_ktime_get_ns() - *ts);
		bpf_map_delete_elem(&start, &key);
	}
	return 0;
}
