/*
 * uprobe.c - see uprobe.h.
 *
 * A kernel with uprobe_multi (6.6) takes all places of one file in one link; older ones take a perf
 * event for each.  Both are told the process, and the file by way of our own descriptor, so that
 * it is the very one the process has mapped.
 */
#include "uprobe.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define UPROBE_PMU "/sys/bus/event_source/devices/uprobe"

/* Of the kernel's interface since 6.6; the headers we build with may be older. */
enum {
	TRACE_UPROBE_MULTI = 48,
	MULTI_RETURN = 1 << 0
};
struct multi_attr {
	uint32_t prog_fd, target_fd, attach_type, flags;
	uint64_t path, offsets, ref_ctr_offsets, cookies;
	uint32_t cnt, multi_flags, pid, pad;
};

static int
multi_link(int prog_fd, const char *path, const uint64_t *offsets, const uint64_t *cookies, uint32_t n,
	   bool is_return, pid_t pid)
{
	struct multi_attr a = {
	    .prog_fd = (uint32_t)prog_fd,
	    .attach_type = TRACE_UPROBE_MULTI,
	    .path = (uintptr_t)path,
	    .offsets = (uintptr_t)offsets,
	    .cookies = (uintptr_t)cookies,
	    .cnt = n,
	    .multi_flags = is_return ? MULTI_RETURN : 0,
	    .pid = (uint32_t)pid,
	};
	/* The kernel wants what it does not know to be zero, so no more of the struct than there is. */
	return (int)syscall(SYS_bpf, BPF_LINK_CREATE, &a, offsetof(struct multi_attr, pad));
}

/* Asked to put a probe into a directory, a kernel that has such links finds fault with the directory. */
static bool
has_multi(void)
{
	static int has = -1;
	if (has >= 0)
		return has;
	const struct bpf_insn insns[] = {{.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = 0},
					 {.code = BPF_JMP | BPF_EXIT}};
	LIBBPF_OPTS(bpf_prog_load_opts, opts, .expected_attach_type = (enum bpf_attach_type)TRACE_UPROBE_MULTI);
	int fd = bpf_prog_load(BPF_PROG_TYPE_KPROBE, "dt_multi", "GPL", insns, 2, &opts);
	const uint64_t offset = 0;
	int link = fd >= 0 ? multi_link(fd, "/", &offset, NULL, 1, false, 0) : -1;
	has = fd >= 0 && link < 0 && errno == EBADF;
	if (link >= 0)
		close(link);
	if (fd >= 0)
		close(fd);
	return has;
}

/* A number in a file of sysfs, behind an optional prefix ("config:0"); -1 when there is none. */
static int
sysfs_number(const char *path, const char *prefix)
{
	char text[64] = "";
	FILE *f = fopen(path, "re");
	if (!f)
		return -1;
	if (!fgets(text, sizeof(text), f))
		text[0] = '\0';
	fclose(f);
	size_t n = strlen(prefix);
	return !strncmp(text, prefix, n) && text[n] >= '0' && text[n] <= '9' ? atoi(text + n) : -1;
}

static int
perf_open(const char *path, const dt_uprobe_t *u)
{
	int type = sysfs_number(UPROBE_PMU "/type", "");
	int bit = u->is_return ? sysfs_number(UPROBE_PMU "/format/retprobe", "config:") : 0;
	if (type < 0 || bit < 0) {
		errno = ENOSYS;
		return -1;
	}
	struct perf_event_attr attr = {
	    .type = (uint32_t)type,
	    .size = sizeof(attr),
	    .config = u->is_return ? 1ULL << bit : 0,
	    .uprobe_path = (uintptr_t)path,
	    .probe_offset = u->fileoff,
	};
	return (int)syscall(SYS_perf_event_open, &attr, u->object->pid, -1, -1, PERF_FLAG_FD_CLOEXEC);
}

static const char *
path_of(const dt_object_t *o, char *buf, size_t len)
{
	snprintf(buf, len, "/proc/self/fd/%d", o->fd);
	return buf;
}

bool
dt_uprobe_possible(void)
{
	return sysfs_number(UPROBE_PMU "/type", "") >= 0;
}

int
dt_uprobe_try(const dt_uprobe_t *u)
{
	char path[64];
	int fd = perf_open(path_of(u->object, path, sizeof(path)), u);
	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

void
dt_uprobe_site(dt_site_t *s, const char *kind)
{
	memset(s, 0, sizeof(*s));
	snprintf(s->key, sizeof(s->key), "%s", kind);
	s->trigger = DT_TRIGGER_ATTACH;
	s->prog_type = BPF_PROG_TYPE_KPROBE;
	s->attach_type = has_multi() ? TRACE_UPROBE_MULTI : 0;
	s->who = DT_WHO_COOKIE;
	s->user = s->lifo = true;
}

/* ---------------------------------------------------------------- attaching */

static const dt_uprobe_t *
place_of(const dt_unit_t *u, int i)
{
	return (const dt_uprobe_t *)(uintptr_t)dt_unit_probe(u, i)->priv[0];
}

/* The kernel's own ENOTSUPP, which user space has no name for. */
enum {
	KERNEL_ENOTSUPP = 524
};

static bool
is_refusal(int err)
{
	return err == EOPNOTSUPP || err == EINVAL || err == ENOEXEC || err == KERNEL_ENOTSUPP;
}

const char *
dt_uprobe_why(int err)
{
	return err == ESRCH                    ? "the process has ended"
	       : err == EACCES || err == EPERM ? "root is needed, or CAP_PERFMON and CAP_BPF"
	       : err == EMFILE                 ? "too many open files: raise ulimit -n, or enable fewer probes"
	       : is_refusal(err)               ? "the kernel puts no breakpoint on this instruction"
					       : strerror(err);
}

static int
cannot(dtrace_hdl_t *dtp, const dt_unit_t *u, int i, int err)
{
	const dt_probe_t *p = dt_unit_probe(u, i);
	return dt_set_error(dtp, EDT_ENABLING_ERR, "cannot create probe %s:%s:%s:%s: %s", p->prv, p->mod,
			    p->fun, p->nam, dt_uprobe_why(err));
}

/* Places of one object, each with its cookie. */
typedef struct places {
	uint64_t *offset, *cookie;
	uint32_t n;
} places_t;

/* One link for all; when the kernel refuses them, the halves apart, until it is clear which one it means. */
static int
attach_places(dtrace_hdl_t *dtp, dt_unit_t *u, const dt_uprobe_t *p, places_t v)
{
	char path[64];
	int link = multi_link(dt_unit_prog_fd(u), path_of(p->object, path, sizeof(path)), v.offset, v.cookie,
			      v.n, p->is_return, p->object->pid);
	if (link >= 0) {
		dt_unit_add_link(u, link);
		return 0;
	}
	int err = errno;
	if (v.n == 1 || !is_refusal(err))
		return cannot(dtp, u, (int)v.cookie[0] - 1, err);
	uint32_t half = v.n / 2;
	if (attach_places(dtp, u, p, (places_t){v.offset, v.cookie, half}) != 0)
		return -1;
	return attach_places(dtp, u, p, (places_t){v.offset + half, v.cookie + half, v.n - half});
}

/* All of the unit's probes that are in this object. */
static int
attach_object(dtrace_hdl_t *dtp, dt_unit_t *u, const dt_uprobe_t *first)
{
	size_t n = (size_t)dt_unit_nprobes(u);
	places_t v = {dt_xcalloc(n, sizeof(*v.offset)), dt_xcalloc(n, sizeof(*v.cookie)), 0};
	for (size_t i = 0; i < n; i++) {
		const dt_uprobe_t *p = place_of(u, (int)i);
		if (p->object != first->object)
			continue;
		v.offset[v.n] = p->fileoff;
		v.cookie[v.n++] = i + 1;
	}
	int rc = attach_places(dtp, u, first, v);
	free(v.offset);
	free(v.cookie);
	return rc;
}

/* One link a probe: as many descriptors as we may have. */
static void
raise_file_limit(void)
{
	struct rlimit r;
	if (getrlimit(RLIMIT_NOFILE, &r) == 0 && r.rlim_cur < r.rlim_max) {
		r.rlim_cur = r.rlim_max;
		setrlimit(RLIMIT_NOFILE, &r);
	}
}

static int
attach_one(dtrace_hdl_t *dtp, dt_unit_t *u, int i)
{
	char path[64];
	const dt_uprobe_t *p = place_of(u, i);
	int event = perf_open(path_of(p->object, path, sizeof(path)), p);
	if (event < 0)
		return cannot(dtp, u, i, errno);
	LIBBPF_OPTS(bpf_link_create_opts, opts, .perf_event.bpf_cookie = (uint64_t)i + 1);
	int link = bpf_link_create(dt_unit_prog_fd(u), event, BPF_PERF_EVENT, &opts);
	int err = errno;
	close(event); /* the link holds it */
	if (link < 0)
		return cannot(dtp, u, i, err);
	dt_unit_add_link(u, link);
	return 0;
}

int
dt_uprobe_attach(dtrace_hdl_t *dtp, dt_unit_t *u)
{
	int n = dt_unit_nprobes(u);
	if (dt_unit_site(u)->attach_type != TRACE_UPROBE_MULTI) {
		raise_file_limit();
		for (int i = 0; i < n; i++)
			if (attach_one(dtp, u, i) != 0)
				return -1;
		return 0;
	}
	/* Probes of an object stand together but for a few: one link each time a new one comes by. */
	DT_VEC(const dt_object_t *) done = {0};
	int rc = 0;
	for (int i = 0; i < n && rc == 0; i++) {
		const dt_uprobe_t *p = place_of(u, i);
		bool seen = false;
		for (int j = done.n - 1; j >= 0 && !seen; j--)
			seen = done.p[j] == p->object;
		if (seen)
			continue;
		*dt_vec_push(&done) = p->object;
		rc = attach_object(dtp, u, p);
	}
	dt_vec_free(&done);
	return rc;
}
