/* kbtf.c - questions about the kernel that need no D types: offsets, sizes, ids. */
#include <bpf/bpf.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "types_impl.h"

static const dt_btf_t *
vmlinux(dtrace_hdl_t *dtp)
{
	dt_btffile_t *f = dt_types_vmlinux(dtp->types);
	return f ? f->btf : NULL;
}

static uint32_t
find_sou(const dt_btf_t *b, const char *name)
{
	if (!strncmp(name, "struct ", 7))
		return dt_btf_find(b, BTF_KIND_STRUCT, name + 7);
	if (!strncmp(name, "union ", 6))
		return dt_btf_find(b, BTF_KIND_UNION, name + 6);
	uint32_t id = dt_btf_find(b, BTF_KIND_STRUCT, name);
	if (!id)
		id = dt_btf_find(b, BTF_KIND_UNION, name);
	return id ? id : dt_btf_find(b, BTF_KIND_TYPEDEF, name);
}

/* Follow "a.b.c"; the last member, its offset counted from the start. */
static bool
walk(dtrace_hdl_t *dtp, const char *sou, const char *path, dt_btf_member_t *out)
{
	const dt_btf_t *b = vmlinux(dtp);
	uint32_t id = b ? find_sou(b, sou) : 0, bitoff = 0;
	while (id) {
		char name[128];
		size_t n = strcspn(path, ".");
		if (n >= sizeof(name))
			return false;
		memcpy(name, path, n);
		name[n] = '\0';
		if (!dt_btf_member_find(b, id, name, out))
			return false;
		bitoff = out->bitoff += bitoff;
		if (!path[n])
			return true;
		path += n + 1;
		id = out->type;
	}
	return false;
}

int
dt_btf_offset(dtrace_hdl_t *dtp, const char *sou, const char *path)
{
	dt_btf_member_t m;
	return walk(dtp, sou, path, &m) ? (int)(m.bitoff / 8) : -1;
}

int
dt_btf_size(dtrace_hdl_t *dtp, const char *sou, const char *path)
{
	dt_btf_member_t m;
	return walk(dtp, sou, path, &m) ? (int)dt_btf_sizeof(vmlinux(dtp), m.type) : -1;
}

int
dt_btf_id(dtrace_hdl_t *dtp, const char *name, uint32_t kind)
{
	const dt_btf_t *b = vmlinux(dtp);
	uint32_t id = b ? dt_btf_find(b, kind, name) : 0;
	return id ? (int)id : -ENOENT;
}

bool
dt_btf_enumerator(dtrace_hdl_t *dtp, const char *name, int64_t *value)
{
	const dt_btf_t *b = vmlinux(dtp);
	for (uint32_t id = 1; b && id < dt_btf_count(b); id++) {
		const struct btf_type *t = dt_btf_type(b, id);
		const struct btf_enum *e = (const struct btf_enum *)(t + 1);
		for (uint32_t i = 0; dt_btf_kind(t) == BTF_KIND_ENUM && i < dt_btf_vlen(t); i++)
			if (!strcmp(dt_btf_str(b, e[i].name_off), name)) {
				*value = e[i].val;
				return true;
			}
	}
	return false;
}

static dt_btffile_t *
file_of(dtrace_hdl_t *dtp, const char *module)
{
	return !strcmp(module, "vmlinux") ? dt_types_vmlinux(dtp->types) : dt_types_module(dtp->types, module);
}

const dt_btf_t *
dt_btf_of(dtrace_hdl_t *dtp, const char *module)
{
	dt_btffile_t *f = file_of(dtp, module);
	return f ? f->btf : NULL;
}

const char *
dt_btf_module(dtrace_hdl_t *dtp, int i)
{
	dt_types_t *ts = dtp->types;
	dt_types_modules(ts);
	return i + 1 < ts->btf.n ? ts->btf.p[i + 1].name : NULL;
}

dt_type_t
dt_type_import(dtrace_hdl_t *dtp, const char *module, uint32_t id)
{
	dt_types_t *ts = dtp->types;
	dt_btffile_t *f = file_of(dtp, module);
	return f ? dt_types_value(ts, dt_types_import(ts, (int)(f - ts->btf.p), id)) : DT_NOTYPE;
}

/* The kernel numbers its BTF objects; the one of a module is found by its name. */
static int
open_object(const char *module)
{
	char name[256];
	for (uint32_t id = 0; bpf_btf_get_next_id(id, &id) == 0;) {
		struct bpf_btf_info info = {.name = (uint64_t)(uintptr_t)name, .name_len = sizeof(name)};
		uint32_t len = sizeof(info);
		int fd = bpf_btf_get_fd_by_id(id);
		if (fd < 0)
			continue; /* it went away */
		if (bpf_obj_get_info_by_fd(fd, &info, &len) == 0 && info.kernel_btf && !strcmp(name, module))
			return fd;
		close(fd);
	}
	return -errno;
}

int
dt_btf_fd(dtrace_hdl_t *dtp, const char *module)
{
	dt_btffile_t *f = file_of(dtp, module);
	if (!f)
		return -ENOENT;
	if (f->fd < 0)
		f->fd = open_object(module);
	return f->fd;
}
