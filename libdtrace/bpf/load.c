/*
 * load.c - hand a linked program to the kernel, and turn its refusal into one line.
 *
 * The verifier's log costs time and memory, so it is asked for only when a load failed,
 * by loading once more.
 */
#include <bpf/bpf.h>
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bpf.h"

enum {
	LOGSIZE = 16 * 1024 * 1024 /* touched only as far as the kernel writes */
};

static void
set_maps(bpf_image_t *img, const int *mapfds)
{
	for (int i = 0; i < img->maprelocs.n; i++) {
		const bpf_reloc_t *r = &img->maprelocs.p[i];
		struct bpf_insn *in = &img->insns.p[r->insn];
		in->src_reg = r->kind == BPF_R_MAPVAL ? BPF_PSEUDO_MAP_VALUE : BPF_PSEUDO_MAP_FD;
		in->imm = mapfds[r->n];
	}
}

/* The kernel takes letters, digits, '_' and '.'. */
static void
kernel_name(const char *name, char out[BPF_OBJ_NAME_LEN])
{
	size_t n = 0;
	for (; name[n] && n < BPF_OBJ_NAME_LEN - 1; n++)
		out[n] = isalnum((unsigned char)name[n]) || name[n] == '.' ? name[n] : '_';
	out[n] = '\0';
}

static int
try_load(const bpf_image_t *img, const bpf_loadattr_t *attr, char *log)
{
	LIBBPF_OPTS(bpf_prog_load_opts, opts, .expected_attach_type = attr->attach_type,
		    .attach_btf_id = attr->attach_btf_id, .attach_btf_obj_fd = (uint32_t)attr->attach_btf_fd);
	if (img->btf_fd >= 0) {
		opts.prog_btf_fd = img->btf_fd;
		opts.func_info = img->func_info;
		opts.func_info_cnt = img->func_info_cnt;
		opts.func_info_rec_size = sizeof(struct bpf_func_info);
	}
	if (log) {
		opts.log_level = 1;
		opts.log_buf = log;
		opts.log_size = LOGSIZE;
	}
	char name[BPF_OBJ_NAME_LEN];
	kernel_name(attr->name, name);
	int fd = bpf_prog_load(attr->prog_type, name, "GPL", img->insns.p, img->insns.n, &opts);
	return fd >= 0 ? fd : -errno;
}

/* The log's last line but for its statistics; cut out in place. */
static const char *
reason(char *log)
{
	static const char *const statistics[] = {"processed ", "verification time ", "stack depth "};
	char *end = log + strlen(log);
	for (;;) {
		while (end > log && end[-1] == '\n')
			end--;
		*end = '\0';
		char *line = strrchr(log, '\n');
		line = line ? line + 1 : log;
		bool skip = false;
		for (size_t i = 0; i < sizeof(statistics) / sizeof(statistics[0]); i++)
			skip |= !strncmp(line, statistics[i], strlen(statistics[i]));
		if (!skip)
			return line;
		end = line;
	}
}

/* " (log in FILE)" when DTRACE_DEBUG is set, or "". */
static void
keep_log(const char *log, char *note, size_t len)
{
	note[0] = '\0';
	if (!getenv("DTRACE_DEBUG"))
		return;
	char path[] = "/tmp/dtrace-verifier-XXXXXX";
	int fd = mkstemp(path);
	if (fd < 0)
		return;
	size_t n = strlen(log);
	if (write(fd, log, n) == (ssize_t)n)
		snprintf(note, len, " (log in %s)", path);
	close(fd);
}

/* True, with the mode, when the kernel is locked down. */
static bool
locked_down(char *mode, size_t len)
{
	char text[128] = "";
	FILE *fp = fopen("/sys/kernel/security/lockdown", "r");
	if (!fp)
		return false;
	if (!fgets(text, sizeof(text), fp))
		text[0] = '\0';
	fclose(fp);
	char *from = strchr(text, '['), *to = from ? strchr(from, ']') : NULL;
	if (!to)
		return false;
	*to = '\0';
	snprintf(mode, len, "%s", from + 1);
	return strcmp(mode, "none") != 0;
}

static int
refused_access(dtrace_hdl_t *dtp, const char *name)
{
	char mode[32];
	if (geteuid() != 0)
		return dt_set_error(dtp, EDT_ACCESS, "DTrace requires additional privileges: run as root");
	if (locked_down(mode, sizeof(mode)))
		return dt_set_error(
		    dtp, EDT_ACCESS,
		    "kernel lockdown (mode %s) forbids program %s; boot without lockdown= or Secure Boot", mode,
		    name);
	return dt_set_error(
	    dtp, EDT_ACCESS,
	    "the kernel forbids program %s: this root lacks CAP_BPF or CAP_PERFMON (a container?), or "
	    "the kernel is locked down",
	    name);
}

int
bpf_load(dtrace_hdl_t *dtp, bpf_image_t *img, const bpf_loadattr_t *attr)
{
	set_maps(img, attr->mapfds);
	int fd = try_load(img, attr, NULL);
	if (fd >= 0)
		return fd;
	if (fd == -EPERM)
		return refused_access(dtp, attr->name);
	if (fd == -ENOMEM || fd == -EMFILE || fd == -ENFILE || fd == -EINTR)
		return dt_set_errno(dtp, -fd);

	char *log = dt_xcalloc(1, LOGSIZE);
	int err = try_load(img, attr, log);
	if (err >= 0) { /* the first refusal was of the moment */
		free(log);
		return err;
	}
	char note[64];
	keep_log(log, note, sizeof(note));
	const char *why = reason(log);
	if (err == -E2BIG)
		dt_set_error(dtp, E2BIG, "program %s (%d instructions) is too large for the kernel%s",
			     attr->name, img->insns.n, note);
	else if (strstr(why, "combined stack size"))
		dt_set_error(dtp, E2BIG,
			     "program %s needs more stack than this kernel has (%s); use fewer or smaller "
			     "values at once",
			     attr->name, why);
	else if (strstr(why, "bpf_probe_write_user"))
		dt_set_error(dtp, EDT_ACCESS, "the kernel forbids writing user memory (lockdown): program %s",
			     attr->name);
	else
		dt_set_error(dtp, EDT_DIFINVAL, "the kernel refused program %s (a bug in dbridge): %s%s",
			     attr->name, *why ? why : strerror(-err), note);
	free(log);
	return -1;
}
