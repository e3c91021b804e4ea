/*
 * bpfsyms.c - how long the functions of BPF programs are.  /proc/kallsyms has their names, and they lie side by
 * side with what is loaded and unloaded any time: where one ends only its program's information tells.
 */
#include "ksyms.h"

#include <bpf/bpf.h>
#include <stdlib.h>
#include <unistd.h>

static void
functions_of(int fd, void (*each)(void *arg, uint64_t addr, uint64_t size), void *arg)
{
	struct bpf_prog_info info = {0};
	uint32_t len = sizeof(info), n;
	if (bpf_obj_get_info_by_fd(fd, &info, &len) != 0 || info.nr_jited_ksyms != info.nr_jited_func_lens)
		return;
	n = info.nr_jited_ksyms;
	uint64_t *addr = dt_xcalloc(n, sizeof(*addr));
	uint32_t *size = dt_xcalloc(n, sizeof(*size));
	info = (struct bpf_prog_info){
	    .jited_ksyms = (uintptr_t)addr,
	    .nr_jited_ksyms = n,
	    .jited_func_lens = (uintptr_t)size,
	    .nr_jited_func_lens = n,
	};
	len = sizeof(info);
	if (bpf_obj_get_info_by_fd(fd, &info, &len) == 0)
		for (uint32_t i = 0; i < n; i++)
			each(arg, addr[i], size[i]);
	free(addr);
	free(size);
}

void
dt_ksyms_programs(void (*each)(void *arg, uint64_t addr, uint64_t size), void *arg)
{
	for (uint32_t id = 0; bpf_prog_get_next_id(id, &id) == 0;) {
		int fd = bpf_prog_get_fd_by_id(id);
		if (fd < 0)
			continue;
		functions_of(fd, each, arg);
		close(fd);
	}
}
