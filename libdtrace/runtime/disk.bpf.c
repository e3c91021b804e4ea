/* disk.bpf.c - what block I/O is about: the file of a request, the name of a disk; see rt.h. */
#include "rt_bpf.h"

enum {
	NAME_LEN = 32,  /* of a disk, the kernel's DISK_NAME_LEN */
	NUMBER_LEN = 4, /* of a partition: up to 255, and a "p" before it */
	S_IFMT = 0xf000,
	S_IFBLK = 0x6000
};

RT_INLINE dt_u64
load(dt_u64 addr)
{
	dt_u64 v = 0;
	bpf_probe_read_kernel(&v, sizeof(v), (const void *)addr);
	return v;
}

/* The page a request begins with; of a large one the first, which alone knows its file. */
RT_INLINE dt_u64
first_page(const struct dt_biooffs *o, dt_u64 bio)
{
	dt_u64 vec = load(bio + o->bio_vec), i = (dt_u32)load(bio + o->bio_idx);
	if (!vec)
		return 0;
	dt_u64 page = load(vec + i * o->vec_size + o->vec_page), head = page ? load(page + o->page_head) : 0;
	return head & 1 ? head - 1 : page;
}

RT_ROUTINE dt_u64
dt_bio(dt_u64 bio, dt_u64 offs, dt_u64 what)
{
	struct dt_biooffs o = {};
	bpf_probe_read_kernel(&o, sizeof(o), (const void *)offs);
	dt_u64 page = first_page(&o, bio);
	if (what == DT_BIO_PAGE || !page)
		return page;
	/* 0, or with bit 0 or 1 set, where the memory is no file's. */
	dt_u64 mapping = load(page + o.page_mapping);
	if (what == DT_BIO_MAPPING)
		return mapping;
	if (!mapping || mapping & 3)
		return 0;
	if (what == DT_BIO_OFFSET)
		return load(page + o.page_index) << 12;
	dt_u64 inode = load(mapping + o.mapping_host);
	/* A block device's own pages hold what a file system keeps about itself. */
	return inode && ((dt_u32)load(inode + o.inode_mode) & S_IFMT) != S_IFBLK ? inode : 0;
}

/* "vda", "vda1"; "p" stands between a name that ends in a digit and the number of the partition. */
RT_ROUTINE dt_s64
dt_statname(struct dt_scratch *s, dt_u64 dst, dt_u64 bdev, dt_u64 offs, dt_u64 size)
{
	if (!s)
		return RT_NOSCRATCH;
	struct dt_biooffs o = {};
	bpf_probe_read_kernel(&o, sizeof(o), (const void *)offs);
	dt_s64 len = rt_read(s, s->a, load(bdev + o.bdev_disk) + o.disk_name, NAME_LEN);
	dt_u64 part = load(bdev + o.bdev_part) & 0xff, n = len < 0 ? 0 : rt_len(len) & (NAME_LEN - 1);
	if (part && n) {
		char last = s->a[n - 1];
		if (last >= '0' && last <= '9')
			s->a[n++] = 'p';
		if (part >= 100)
			s->a[n++] = '0' + part / 100;
		if (part >= 10)
			s->a[n++] = '0' + part / 10 % 10;
		s->a[n++] = '0' + part % 10;
	}
	return rt_put(s, dst, 0, n, rt_size(size));
}
