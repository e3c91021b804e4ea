/*
 * fbt_list.c - the functions fbt has: those of which the kernel says that they can be traced, without those
 * that had better not be.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fbt.h"
#include "tracefs.h"

enum {
	LIST_BUFFER = 1 << 20
};

/*
 * Left out: what the kernel runs while a BPF program runs or is about to, which would fire inside itself
 * (the firing would be skipped and counted as a drop, thousands of times a second); what it takes the
 * lock of a buffer or a map with: a program of another kind may be writing its record, and the one that fires
 * meanwhile would wait for that lock for ever (until 6.15); and what is no function of the kernel but of its
 * tracing.
 */
bool
dt_fbt_is_left_out(const char *name)
{
	static const char *const begin[] = {
	    "rcu_",
	    "__rcu_",
	    "__ftrace_invalid",
	    "ftrace_",
	    "arch_ftrace_",
	    "htab_",
	    "__htab_",
	    "array_map_",
	    "__pcpu_freelist",
	    "percpu_",
	    "__percpu_",
	    "pcpu_",
	    "fprobe_",
	    "kprobe_",
	    "kretprobe",
	    "rethook_",
	    "arch_rethook",
	    "__probestub_",
	    "perf_trace_",
	    "__traceiter_",
	    "__perf_trace_",
	    "trace_call_",
	    "migrate_enable",
	    "migrate_disable",
	    "copy_from_kernel_nofault",
	    "strncpy_from_kernel_nofault",
	    "ktime_get_mono_fast_ns",
	    "unwind_",
	    "__unwind_",
	    "orc_",
	    "__x86_",
	    "_raw_spin_",
	    "native_queued_spin_lock",
	    "__pv_queued_spin_lock",
	};
	static const char *const within[] = {"bpf",     "ringbuf", "callchain", "_htab_", "_from_user_nofault",
					     "elem_raw"};
	for (size_t i = 0; i < sizeof(begin) / sizeof(begin[0]); i++)
		if (begin[i][0] == name[0] && !strncmp(name, begin[i], strlen(begin[i])))
			return true;
	for (size_t i = 0; i < sizeof(within) / sizeof(within[0]); i++)
		if (strstr(name, within[i]))
			return true;
	return false;
}

/* These do not come back: their return would never fire. */
static bool
never_returns(const char *name)
{
	static const char *const names[] = {"do_exit",
					    "do_group_exit",
					    "make_task_dead",
					    "kthread_exit",
					    "do_task_dead",
					    "kthread_complete_and_exit",
					    "rewind_stack_and_make_dead",
					    "__module_put_and_kthread_exit"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i][0] == name[0] && !strcmp(names[i], name))
			return true;
	return false;
}

/* One line of the kernel's list: "[ADDR ]NAME[ [MOD]]", cut into strings in place. */
static bool
parse(char *line, bool has_addr, dt_fbt_line_t *f)
{
	char *p = line, *end;
	*f = (dt_fbt_line_t){.mod = "vmlinux"};
	if (has_addr)
		f->addr = strtoull(p, &p, 16);
	while (*p == ' ')
		p++;
	f->name = p;
	p += strcspn(p, " \t\n");
	end = p;
	p += strspn(p, " \t");
	if (*p == '[') {
		f->mod = p + 1;
		p[strcspn(p, "]\n")] = '\0';
	}
	*end = '\0';
	f->never_returns = never_returns(f->name);
	return f->name != end;
}

bool
dt_fbt_list(bool copies, dt_fbt_line_f *each, void *arg, char *why, size_t len)
{
	char path[128], line[512];
	const char *root = dt_tracefs(why, len);
	if (!root)
		return false;
	/* The list with addresses is younger. */
	snprintf(path, sizeof(path), "%s/available_filter_functions_addrs", root);
	FILE *f = fopen(path, "re");
	bool has_addr = f != NULL;
	if (!f) {
		snprintf(path, sizeof(path), "%s/available_filter_functions", root);
		f = fopen(path, "re");
	}
	dt_fbt_line_t fn;
	int n = 0;
	/* Every read begins with a walk to where the last one ended: few reads. */
	if (f)
		setvbuf(f, NULL, _IOFBF, LIST_BUFFER);
	while (f && fgets(line, sizeof(line), f)) {
		if (!parse(line, has_addr, &fn) || dt_fbt_is_left_out(fn.name) ||
		    (!copies && strchr(fn.name, '.')))
			continue;
		each(arg, &fn);
		n++;
	}
	if (!n)
		snprintf(why, len, "%s: %s", path, f ? "it is empty" : strerror(errno));
	if (f)
		fclose(f);
	return n > 0;
}
