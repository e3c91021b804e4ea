/*
 * aggread.c - reading one aggregation's maps: many keys a system call where the kernel
 * can (batches), key by key otherwise.
 */
#include "aggimpl.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	BATCH_BYTES = 1 << 20, /* values of one batch, about */
	BATCH_MIN = 16
};

uint32_t
dt_agg_stride(const dt_agginfo_t *info)
{
	return (info->value_size + 7) & ~7U;
}

static int
failed(dtrace_hdl_t *dtp, const dt_agginfo_t *info, int err)
{
	return dt_set_error(dtp, err, "cannot read aggregation @%s: %s", info->desc.dtagd_name, strerror(err));
}

static int
read_keyless(dtrace_hdl_t *dtp, const dt_agginfo_t *info, int fd, char *values, dt_aggread_f *fn, void *arg)
{
	for (uint32_t i = 0; i < (info->has_gen ? 2 : 1); i++) {
		int err = bpf_map_lookup_elem(fd, &i, values);
		if (err)
			return failed(dtp, info, -err);
		if (fn(arg, &i, values) != 0)
			return -1;
	}
	return 0;
}

/* Keys come and go meanwhile: one that goes is skipped, and the walk starts over from its place at most
 * as often as there can be keys. */
static int
read_one_by_one(dtrace_hdl_t *dtp, const dt_agginfo_t *info, int fd, size_t valsize, dt_aggread_f *fn,
		void *arg)
{
	char *key = dt_xcalloc(2, info->key_size), *next = key + info->key_size;
	char *values = dt_xcalloc(1, valsize);
	int err = bpf_map_get_next_key(fd, NULL, next), rc = 0;
	while (!err && rc == 0) {
		memcpy(key, next, info->key_size);
		err = bpf_map_lookup_elem(fd, key, values);
		if (!err)
			rc = fn(arg, key, values);
		if (!err || err == -ENOENT)
			err = bpf_map_get_next_key(fd, key, next);
	}
	free(key);
	free(values);
	return rc != 0 ? -1 : err && err != -ENOENT ? failed(dtp, info, -err) : 0;
}

/* 1: the kernel has no batches for this map. */
static int
read_batches(dtrace_hdl_t *dtp, const dt_agginfo_t *info, int fd, size_t valsize, dt_aggread_f *fn, void *arg)
{
	uint32_t max = (uint32_t)(BATCH_BYTES / valsize), in = 0, out = 0;
	if (max < BATCH_MIN)
		max = BATCH_MIN;
	char *keys = dt_xcalloc(max, info->key_size), *values = dt_xcalloc(max, valsize);
	int rc = 0, err = 0;
	for (bool first = true; rc == 0 && err == 0;) {
		uint32_t count = max;
		err = bpf_map_lookup_batch(fd, first ? NULL : &in, &out, keys, values, &count, NULL);
		if (err == -ENOSPC) {
			/* One hash bucket holds more than a batch: all of it must fit. */
			max *= 2;
			keys = dt_xrealloc(keys, (size_t)max * info->key_size);
			values = dt_xrealloc(values, max * valsize);
			err = 0;
			continue;
		}
		if (err && err != -ENOENT) {
			rc = first && (err == -EINVAL || err == -ENOTSUP || err == -524)
				 ? 1
				 : failed(dtp, info, -err);
			break;
		}
		for (uint32_t i = 0; i < count && rc == 0; i++)
			rc = fn(arg, keys + (size_t)i * info->key_size, values + i * valsize);
		in = out;
		first = false;
	}
	free(keys);
	free(values);
	return rc;
}

static int
read_keys(dtrace_hdl_t *dtp, const dt_agginfo_t *info, int fd, size_t valsize, dt_aggread_f *fn, void *arg)
{
	int rc = read_batches(dtp, info, fd, valsize, fn, arg);
	return rc > 0 ? read_one_by_one(dtp, info, fd, valsize, fn, arg) : rc;
}

int
dt_aggread(dtrace_hdl_t *dtp, const dt_agginfo_t *info, const dt_module_t *mod, dt_aggread_f *fn, void *arg)
{
	size_t valsize = (size_t)dt_agg_stride(info) * (size_t)mod->ncpus;
	int fd = mod->maps.p[info->map].fd, rc;
	if (info->key_size == 0) {
		char *values = dt_xcalloc(1, valsize);
		rc = read_keyless(dtp, info, fd, values, fn, arg);
		free(values);
		return rc;
	}
	rc = read_keys(dtp, info, fd, valsize, fn, arg);
	if (rc == 0 && info->spare)
		rc = read_keys(dtp, info, mod->maps.p[info->spare].fd, valsize, fn, arg);
	return rc;
}

int
dt_aggforget(dtrace_hdl_t *dtp, const dt_agginfo_t *info, const dt_module_t *mod, const void *key)
{
	int err, fd = mod->maps.p[info->map].fd;
	if (info->key_size) {
		err = bpf_map_delete_elem(fd, key);
		if ((!err || err == -ENOENT) && info->spare)
			err = bpf_map_delete_elem(mod->maps.p[info->spare].fd, key);
	} else {
		char *zeros = dt_xcalloc((size_t)mod->ncpus, dt_agg_stride(info));
		err = bpf_map_update_elem(fd, key, zeros, BPF_ANY);
		free(zeros);
	}
	return err && err != -ENOENT ? failed(dtp, info, -err) : 0;
}
