/*
 * syscall.c - the syscall provider: every system call of this kernel, entry and return.
 *
 * One program on sys_enter and one on sys_exit serve them all; the number tells the
 * probe.  Which calls exist is read from the names of the kernel's trace events, or from
 * kallsyms where those cannot be had; the numbers come from the headers we were built with
 * and a list of newer ones.  Calls that only 32-bit programs can make (mmap2, waitpid) have no
 * event and no probe; calls both kinds can make are one probe.
 */
#include <bpf/bpf.h>
#include <dirent.h>
#include <errno.h>
#include <linux/bpf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../compat/compat.h"
#include "provider.h"
#include "tracefs.h"

#if defined(__x86_64__)
#define KSYM_PREFIX "__x64_sys_"
#elif defined(__aarch64__)
#define KSYM_PREFIX "__arm64_sys_"
#else
#error "system call symbols of this machine are not known"
#endif

enum {
	P_NR, /* priv[]: number, and number for 32-bit callers; -1 = none */
	P_COMPAT,
	NCALLARGS = 6
};

typedef struct call {
	const char *name;
	int nr, compat;
} call_t;

/* Sorted by name. */
static const call_t calls[] = {
#include "syscalls.h"
};

/* Newer than the oldest headers we build with; from 424 on numbers are the same everywhere. */
static const call_t newer[] = {
#if defined(__x86_64__)
    {"uretprobe", 335, -1},          {"uprobe", 336, -1},
#endif
    {"cachestat", 451, 451},         {"fchmodat2", 452, 452},
    {"map_shadow_stack", 453, 453},  {"futex_wake", 454, 454},
    {"futex_wait", 455, 455},        {"futex_requeue", 456, 456},
    {"statmount", 457, 457},         {"listmount", 458, 458},
    {"lsm_get_self_attr", 459, 459}, {"lsm_set_self_attr", 460, 460},
    {"lsm_list_modules", 461, 461},  {"mseal", 462, 462},
    {"setxattrat", 463, 463},        {"getxattrat", 464, 464},
    {"listxattrat", 465, 465},       {"removexattrat", 466, 466},
    {"open_tree_attr", 467, 467},    {"file_getattr", 468, 468},
    {"file_setattr", 469, 469},
};

/* What the kernel calls the function, and what the call table calls it: a description may use either. */
static const struct {
	const char *event, *name;
} aliases[] = {
    {"newstat", "stat"},   {"newfstat", "fstat"},      {"newlstat", "lstat"},
    {"newuname", "uname"}, {"sendfile64", "sendfile"}, {"umount", "umount2"},
};
enum {
	NALIASES = sizeof(aliases) / sizeof(aliases[0])
};

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const call_t *)a)->name, ((const call_t *)b)->name);
}

static const call_t *
find_call(const char *name)
{
	const call_t key = {.name = name};
	const call_t *c = bsearch(&key, calls, sizeof(calls) / sizeof(calls[0]), sizeof(calls[0]), by_name);
	for (size_t i = 0; !c && i < sizeof(newer) / sizeof(newer[0]); i++)
		if (!strcmp(newer[i].name, name))
			c = &newer[i];
	return c && c->nr >= 0 ? c : NULL;
}

/* The call behind an event's name. */
static const call_t *
find_event(const char *event)
{
	const call_t *c = find_call(event);
	for (int i = 0; !c && i < NALIASES; i++)
		if (!strcmp(aliases[i].event, event))
			c = find_call(aliases[i].name);
	return c;
}

static const char *const names[] = {"entry", "return", NULL};

typedef DT_VEC(const call_t *) callvec_t;

static bool
from_events(callvec_t *v, char *why, size_t len)
{
	char path[128];
	const char *root = dt_tracefs(why, len);
	if (!root)
		return false;
	snprintf(path, sizeof(path), "%s/events/syscalls", root);
	DIR *d = opendir(path);
	if (!d) {
		snprintf(why, len, "%s: %s", path, strerror(errno));
		return false;
	}
	for (struct dirent *e; (e = readdir(d));) {
		const call_t *c = !strncmp(e->d_name, "sys_enter_", 10) ? find_event(e->d_name + 10) : NULL;
		if (c)
			*dt_vec_push(v) = c;
		else if (!strncmp(e->d_name, "sys_enter_", 10))
			dt_debug("system call %s has no number known here\n", e->d_name + 10);
	}
	closedir(d);
	return v->n > 0;
}

/* A call left out of the kernel is a weak symbol there. */
static bool
from_symbols(callvec_t *v)
{
	char line[512], type, name[256];
	FILE *f = fopen("/proc/kallsyms", "re");
	if (!f)
		return false;
	while (fgets(line, sizeof(line), f)) {
		const char *sym = strstr(line, " " KSYM_PREFIX);
		if (!sym || sscanf(line, "%*s %c %255s", &type, name) != 2 || (type != 'T' && type != 't'))
			continue;
		const call_t *c = find_event(name + strlen(KSYM_PREFIX));
		if (c)
			*dt_vec_push(v) = c;
	}
	fclose(f);
	return v->n > 0;
}

static int
by_number(const void *a, const void *b)
{
	return (*(const call_t *const *)a)->nr - (*(const call_t *const *)b)->nr;
}

static const char *
event_alias(const char *name)
{
	for (int i = 0; i < NALIASES; i++)
		if (!strcmp(aliases[i].name, name) && !find_call(aliases[i].event))
			return aliases[i].event;
	return NULL;
}

static void
insert(dtrace_hdl_t *dtp, const dt_provider_t *pv, const call_t *c)
{
	for (int i = 0; i < 2; i++) {
		dt_probe_t *p = dt_probe_insert(dtp, pv, "syscall", "vmlinux", c->name, names[i]);
		p->alias = event_alias(c->name);
		p->priv[P_NR] = (uint64_t)(int64_t)c->nr;
		p->priv[P_COMPAT] = (uint64_t)(int64_t)c->compat;
	}
}

static int
provide_all(dtrace_hdl_t *dtp, const dt_provider_t *pv)
{
	char why[256] = "";
	callvec_t v = {0};
	if (!from_events(&v, why, sizeof(why)) && !from_symbols(&v)) {
		dt_vec_free(&v);
		return dt_set_error(dtp, EDT_NOPROV, "cannot tell which system calls this kernel has: %s", why);
	}
	qsort(v.p, (size_t)v.n, sizeof(*v.p), by_number);
	for (int i = 0; i < v.n; i++)
		insert(dtp, pv, v.p[i]);
	dt_vec_free(&v);
	return 0;
}

static bool
is_foreign(const dt_probe_t *p)
{
	return strcmp(p->mod, "vmlinux") != 0;
}

/* The program has this word. */
static bool
says(const char *text, const char *word)
{
	return text && strstr(text, word);
}

/* The program names this function in a probe description: after a colon, before another or a wildcard. */
static bool
names_function(const char *text, const char *name)
{
	size_t len = strlen(name);
	for (; text && (text = strchr(text, ':')); text++)
		if (!strncmp(text + 1, name, len) && (text[len + 1] == ':' || text[len + 1] == '*'))
			return true;
	return false;
}

/* Has the program, by this row, seen the call under another name already? */
static bool
has_seen(const dtrace_hdl_t *dtp, const dt_foreign_t *f)
{
	return f->unless && names_function(dtp->progtext, f->unless);
}

/* Is this a program that knows open() alone?  One that names openat() too wants each call once. */
static bool
knows_call(const dtrace_hdl_t *dtp, const char *name)
{
	const dt_foreign_t *f;
	for (int i = 0; (f = dt_foreign_at(i)); i++)
		if (f->call && !strcmp(f->name, name) && says(dtp->progtext, f->call))
			return true;
	return false;
}

/* fork of *fork*, open of open*: the wildcards around a name. */
static void
bare_name(const char *pattern, char *name, size_t len)
{
	size_t start = strspn(pattern, "*"), n = strlen(pattern + start);
	while (n > 0 && pattern[start + n - 1] == '*')
		n--;
	snprintf(name, len, "%.*s", (int)n, pattern + start);
}

/* The names a pattern may mean besides those of Linux: the one in it, and all that macOS marks nocancel. */
static bool
may_mean(const char *pattern, const char *name)
{
	char bare[DTRACE_FUNCNAMELEN];
	bare_name(pattern, bare, sizeof(bare));
	return !strcmp(bare, name) ||
	       (strstr(pattern, "nocancel") && strstr(name, "nocancel") && dt_glob(pattern, name));
}

/*
 * open*:entry in a program that looks for the path in arg0: it means open(), and openat() in its place, not
 * beside it. Not for calls that serve several names (newfstatat): what one name does not mean would be lost.
 */
static bool
is_old_glob(const dtrace_hdl_t *dtp, const char *pattern, const dt_foreign_t *f)
{
	return strchr(pattern, '*') && may_mean(pattern, f->name) && dt_glob(pattern, f->call) &&
	       f->test.mask == 0 && says(dtp->progtext, "arg0") && !knows_call(dtp, f->name);
}

static bool
foreign_means(dtrace_hdl_t *dtp, const char *pattern, const dt_probe_t *p)
{
	const dt_foreign_t *f = dt_foreign_row(p->fun, p->mod);
	if (!f) /* one that never fires */
		return may_mean(pattern, p->fun);
	if (!may_mean(pattern, p->fun) || has_seen(dtp, f))
		return false;
	if (strcmp(pattern, p->fun) != 0 && dt_glob(pattern, f->call))
		return is_old_glob(dtp, pattern, f);
	return !dt_probe_lookup(dtp, "syscall", "vmlinux", p->fun, p->nam) || !knows_call(dtp, p->fun);
}

static bool
means(dtrace_hdl_t *dtp, const dtrace_probedesc_t *pd, const dt_probe_t *p)
{
	const char *pattern = pd->dtpd_func;
	if (is_foreign(p))
		return foreign_means(dtp, pattern, p);
	if (!strchr(pattern, '*'))
		return true;
	char name[DTRACE_FUNCNAMELEN];
	bare_name(pattern, name, sizeof(name));
	const dt_foreign_t *f = dt_foreign_row(name, p->fun);
	return !f || !is_old_glob(dtp, pattern, f);
}

/* A foreign name is a probe of its own for each call of ours that does its work, which is its module; one of
 * module none never fires, so that a description of what another has seen already matches something. */
static void
provide_foreign(dtrace_hdl_t *dtp, const dt_provider_t *pv, const dt_foreign_t *f)
{
	const char *call = f->call && !has_seen(dtp, f) ? f->call : NULL;
	for (int side = 0; side < 2; side++) {
		const dt_probe_t *of =
		    call ? dt_probe_lookup(dtp, "syscall", "vmlinux", call, names[side]) : NULL;
		if (call && !of)
			continue;
		dt_probe_t *p = dt_probe_insert(dtp, pv, "syscall", call ? call : "none", f->name, names[side]);
		p->priv[P_NR] = of ? of->priv[P_NR] : (uint64_t)-1;
		p->priv[P_COMPAT] = of ? of->priv[P_COMPAT] : (uint64_t)-1;
	}
}

static int
provide(dtrace_hdl_t *dtp, const dt_provider_t *pv, const dtrace_probedesc_t *pd)
{
	if (!dt_probe_lookup(dtp, "syscall", "vmlinux", "read", "entry") && provide_all(dtp, pv) != 0)
		return -1;
	if (dt_probes_static(dtp) || !dt_glob(pd->dtpd_provider, "syscall"))
		return 0;
	const dt_foreign_t *f;
	for (int i = 0; (f = dt_foreign_at(i)); i++)
		if (may_mean(pd->dtpd_func, f->name))
			provide_foreign(dtp, pv, f);
	return 0;
}

/* What argument i of the call is for this probe: the number of one, or as dt_foreign_arg() says. */
static int
arg_of_call(const dt_probe_t *p, int i)
{
	const dt_foreign_t *f = is_foreign(p) ? dt_foreign_row(p->fun, p->mod) : NULL;
	return !is_foreign(p) ? i : f ? dt_foreign_arg(f, i) : DT_FOREIGN_NONE;
}

/* The format file of the call's entry event. */
static FILE *
open_format(const char *call)
{
	char path[256], why[256];
	const char *root = dt_tracefs(why, sizeof(why));
	FILE *f = NULL;
	if (!root)
		return NULL;
	snprintf(path, sizeof(path), "%s/events/syscalls/sys_enter_%s/format", root, call);
	f = fopen(path, "re");
	for (int i = 0; !f && i < NALIASES; i++) {
		if (strcmp(aliases[i].name, call) != 0)
			continue;
		snprintf(path, sizeof(path), "%s/events/syscalls/sys_enter_%s/format", root, aliases[i].event);
		f = fopen(path, "re");
	}
	return f;
}

/*
 * "\tfield:const char * filename;\toffset:24;..." to the type before the name.  False for
 * lines that are no argument of the call.
 */
static bool
parse_field(char *line, char *type, size_t len)
{
	char *start = strstr(line, "field:"), *end = start ? strchr(start, ';') : NULL;
	if (!end)
		return false;
	start += 6;
	while (end > start && end[-1] != ' ' && end[-1] != '*')
		end--;
	if (!strncmp(end, "common_", 7) || !strncmp(end, "__syscall_nr", 12))
		return false;
	while (end > start && end[-1] == ' ')
		end--;
	snprintf(type, len, "%.*s", (int)(end - start), start);
	return true;
}

static int
args(dtrace_hdl_t *dtp, const dt_probe_t *p, dt_argtype_t *argv, int max)
{
	char line[512];
	dt_argtype_t of[NCALLARGS];
	int n = 0, ncall = 0;
	if (!strcmp(p->nam, "return")) {
		for (; n < 2 && n < max; n++)
			argv[n] = (dt_argtype_t){.type = "long", .mapping = n};
		return n;
	}
	FILE *f = open_format(is_foreign(p) ? p->mod : p->fun);
	if (!f)
		return 0;
	while (ncall < NCALLARGS && fgets(line, sizeof(line), f)) {
		dt_argtype_t a = {0};
		if (!parse_field(line, a.type, sizeof(a.type)))
			continue;
		dt_type_t t = dt_type_resolve(dtp, dt_type_lookup(dtp, a.type));
		a.is_user = strchr(a.type, '*') || dt_type_info(t).kind == DT_K_PTR;
		of[ncall++] = a;
	}
	fclose(f);
	for (int k; n < max && n < NCALLARGS && (k = arg_of_call(p, n)) != DT_FOREIGN_NONE; n++) {
		if (k < DT_FOREIGN_CONST && k >= ncall)
			break;
		argv[n] = k < DT_FOREIGN_CONST ? of[k] : (dt_argtype_t){.type = "int"};
		argv[n].mapping = n;
	}
	return n;
}

/*
 * Can this kernel run 32-bit programs?  The sysctl is there exactly when the support is built in;
 * should it be switched off at boot, the entries for it are merely never used.
 */
static bool
has_compat(void)
{
#if defined(__x86_64__)
	static int has = -1;
	if (has < 0)
		has = access("/proc/sys/abi/vsyscall32", F_OK) == 0;
	return has;
#else
	return false;
#endif
}

static int
site(dtrace_hdl_t *dtp, const dt_probe_t *p, dt_site_t *s)
{
	(void)dtp;
	int nr = (int)p->priv[P_NR], compat = (int)p->priv[P_COMPAT];
	memset(s, 0, sizeof(*s));
	s->is_return = !strcmp(p->nam, "return");
	s->btf_name = s->is_return ? "sys_exit" : "sys_enter";
	/* A call has one probe in a program, and a program knows one way to read arguments: a foreign probe has
	 * one of its own. */
	snprintf(s->key, sizeof(s->key), "tp_btf/%s", s->btf_name);
	const dt_foreign_t *f = is_foreign(p) ? dt_foreign_row(p->fun, p->mod) : NULL;
	if (is_foreign(p))
		snprintf(s->key, sizeof(s->key), "tp_btf/%s/%s/%s", s->btf_name, p->fun, p->mod);
	if (f)
		s->test = f->test;
	s->trigger = DT_TRIGGER_ATTACH;
	s->prog_type = BPF_PROG_TYPE_TRACING;
	s->attach_type = BPF_TRACE_RAW_TP;
	s->who = DT_WHO_SYSCALL;
	s->compat32 = has_compat();
	if (nr >= 0)
		s->index[s->nindex++] = dt_syscall_index(nr, 0);
	if (s->compat32 && compat >= 0)
		s->index[s->nindex++] = dt_syscall_index(compat, 1);
	if (s->is_return) {
		s->arg[0].kind = s->arg[1].kind = DT_ARG_SYSRET;
	} else {
		for (int i = 0; i < NCALLARGS; i++) {
			int k = arg_of_call(p, i);
			if (k >= DT_FOREIGN_CONST)
				s->arg[i] = (dt_argsrc_t){.kind = DT_ARG_CONST, .n = k - DT_FOREIGN_CONST};
			else if (k >= 0)
				s->arg[i] = (dt_argsrc_t){.kind = DT_ARG_SYSARG, .n = k};
		}
	}
	return 0;
}

static int
attach(dtrace_hdl_t *dtp, dt_unit_t *u)
{
	int fd = bpf_raw_tracepoint_open(NULL, dt_unit_prog_fd(u));
	if (fd < 0)
		return dt_set_error(dtp, EDT_ENABLING_ERR, "cannot attach to the kernel's %s event: %s",
				    dt_unit_site(u)->btf_name, strerror(errno));
	dt_unit_add_link(u, fd);
	return 0;
}

const dt_provider_t dt_provider_syscall = {
    .name = "syscall",
    .attr = {DT_ATTR(EVOLVING, COMMON), DT_ATTR(PRIVATE, UNKNOWN), DT_ATTR(PRIVATE, ISA),
	     DT_ATTR(EVOLVING, COMMON), DT_ATTR(PRIVATE, ISA)},
    .names = names,
    .provide = provide,
    .means = means,
    .args = args,
    .site = site,
    .attach = attach,
};
