/*
 * pid.c - the pid provider: functions of one user process, their entry, their return, and
 * every instruction inside.
 *
 * Probes are made when a description names the process, by reading what it has mapped.
 * They are uprobes of the mapped files, which the kernel lets fire for that process only.
 * A return probe fires in the caller, right after the return: arg0, elsewhere the
 * offset of the return instruction, is 0.
 */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../libdtrace/process/insn.h"
#include "../libdtrace/process/proc.h"
#include "uprobe.h"

enum {
	P_PLACE /* priv[]: dt_uprobe_t * */
};

/* One description being answered. */
typedef struct query {
	dtrace_hdl_t *dtp;
	const dt_provider_t *pv;
	const dtrace_probedesc_t *pd;
	pid_t pid;
	dt_objects_t *objects;
	bool literal; /* module and function are named in full: what is missing is an error */
	bool name_glob, is_offset;
	uint64_t offset; /* is_offset: the name, a hex number */
} query_t;

/* The tag goes where the description is refused (sema/clause.c). */
static int __attribute__((format(printf, 3, 4))) refuse(query_t *q, const char *tag, const char *fmt, ...)
{
	char text[512];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	dt_set_error(q->dtp, EDT_BADPROBE, "%s", text);
	q->dtp->desctag = tag;
	return -1;
}

static bool
is_wild(const char *field)
{
	return !*field || dt_is_glob(field);
}

/* ------------------------------------------------------------------- probes */

static dt_probe_t *
insert(query_t *q, dt_object_t *o, const char *fun, const char *nam, uint64_t fileoff)
{
	dt_probe_t *p = dt_probe_insert(q->dtp, q->pv, q->pd->dtpd_provider, o->name, fun, nam);
	dt_uprobe_t *u = (dt_uprobe_t *)(uintptr_t)p->priv[P_PLACE];
	if (!u) {
		u = dt_arena_alloc(q->dtp->arena, sizeof(*u));
		p->priv[P_PLACE] = (uintptr_t)u;
	}
	*u = (dt_uprobe_t){.object = o, .fileoff = fileoff, .is_return = !strcmp(nam, "return")};
	/* The names this description knows them by. */
	if (!is_wild(q->pd->dtpd_mod) && strcmp(q->pd->dtpd_mod, o->name) != 0)
		p->modalias = dt_arena_strdup(q->dtp->arena, q->pd->dtpd_mod);
	else if (!p->modalias && o->is_program)
		p->modalias = "a.out";
	if (!is_wild(q->pd->dtpd_func) && strcmp(q->pd->dtpd_func, fun) != 0)
		p->alias = dt_arena_strdup(q->dtp->arena, q->pd->dtpd_func);
	return p;
}

/* The code of a function, from its file; free() it. */
static uint8_t *
code_of(const dt_object_t *o, const dt_elffunc_t *f, size_t *len)
{
	enum {
		MOST = 64 << 20
	};
	if (f->size > MOST)
		return NULL;
	uint8_t *p = dt_xcalloc(f->size, 1);
	ssize_t n = pread(o->fd, p, f->size, (off_t)f->fileoff);
	*len = n > 0 ? (size_t)n : 0;
	return p;
}

/* Does an instruction begin at that offset? */
static bool
is_aligned(const dt_object_t *o, const dt_elffunc_t *f, uint64_t offset)
{
	size_t len = 0, at = 0;
	uint8_t *code = code_of(o, f, &len);
	dt_insn_t in;
	while (code && at < offset && dt_insn_decode(code + at, len - at, &in))
		at += (size_t)in.length;
	free(code);
	return at == offset;
}

/* Every instruction whose offset the name means; those the kernel cannot stop at are left out. */
static void
insert_offsets(query_t *q, dt_object_t *o, const dt_elffunc_t *f)
{
	char name[24];
	size_t len = 0;
	uint8_t *code = code_of(o, f, &len);
	dt_insn_t in;
	for (size_t at = 0; code && at < len && dt_insn_decode(code + at, len - at, &in);
	     at += (size_t)in.length) {
		snprintf(name, sizeof(name), "%zx", at);
		if (!in.refused && dt_glob(q->pd->dtpd_name, name))
			insert(q, o, f->name, name, f->fileoff + at);
	}
	free(code);
}

static int
try_place(query_t *q, dt_object_t *o, const char *fun, uint64_t fileoff)
{
	const dt_uprobe_t u = {.object = o, .fileoff = fileoff};
	int err = dt_uprobe_try(&u);
	if (err == 0)
		return 0;
	return refuse(q, "D_PROC_CREATEFAIL", "cannot create probe %s:%s:%s: %s", o->name, fun,
		      q->pd->dtpd_name, dt_uprobe_why(err));
}

/* The instruction at q->offset. */
static int
insert_offset(query_t *q, dt_object_t *o, const dt_elffunc_t *f)
{
	char name[24];
	if (q->offset >= f->size) {
		if (!q->literal)
			return 0;
		return refuse(q, "D_PROC_OFF",
			      "offset 0x%llx is outside of function %s, which is 0x%llx bytes long",
			      (unsigned long long)q->offset, f->name, (unsigned long long)f->size);
	}
	if (!is_aligned(o, f, q->offset)) {
		if (!q->literal)
			return 0;
		return refuse(q, "D_PROC_ALIGN", "no instruction of function %s begins at offset 0x%llx",
			      f->name, (unsigned long long)q->offset);
	}
	if (q->literal && try_place(q, o, f->name, f->fileoff + q->offset) != 0)
		return -1;
	snprintf(name, sizeof(name), "%llx", (unsigned long long)q->offset);
	dt_probe_t *p = insert(q, o, f->name, name, f->fileoff + q->offset);
	if (strcmp(name, q->pd->dtpd_name) != 0)
		p->namalias = dt_arena_strdup(q->dtp->arena, q->pd->dtpd_name);
	return 0;
}

/* Both entry and return begin with a breakpoint on the first instruction. */
static bool
first_is_refused(const dt_object_t *o, const dt_elffunc_t *f)
{
	uint8_t code[16];
	dt_insn_t in;
	size_t n = f->size < sizeof(code) ? f->size : sizeof(code);
	return pread(o->fd, code, n, (off_t)f->fileoff) != (ssize_t)n || !dt_insn_decode(code, n, &in) ||
	       in.refused;
}

static int
insert_function(query_t *q, dt_object_t *o, const dt_elffunc_t *f)
{
	if (q->is_offset)
		return insert_offset(q, o, f);
	static const char *const sides[] = {"entry", "return"};
	bool possible = !first_is_refused(o, f);
	if (!possible && q->literal && !q->name_glob) {
		if (try_place(q, o, f->name, f->fileoff) != 0)
			return -1;
		possible = true;
	}
	for (int i = 0; i < 2 && possible; i++)
		if (dt_glob(q->pd->dtpd_name, sides[i]))
			insert(q, o, f->name, sides[i], f->fileoff);
	if (q->name_glob)
		insert_offsets(q, o, f);
	return 0;
}

/* ---------------------------------------------------------------- functions */

static int
search_object(query_t *q, dt_object_t *o)
{
	dt_elfsyms_t *es = dt_object_syms(o);
	const char *fun = q->pd->dtpd_func;
	dt_elffunc_t f;
	if (!is_wild(fun)) {
		if (dt_elfsyms_byname(es, fun, &f))
			return insert_function(q, o, &f);
		if (!q->literal)
			return 0;
		return refuse(q, "D_PROC_FUNC", "there is no function %s in %s of process %d", fun, o->name,
			      q->pid);
	}
	for (int i = 0; i < dt_elfsyms_count(es); i++)
		if (dt_elfsyms_func(es, i, &f) && dt_glob(fun, f.name) && insert_function(q, o, &f) != 0)
			return -1;
	return 0;
}

static bool
has_libraries(const dt_objects_t *os)
{
	return os->list.n > 1;
}

static int
search(query_t *q)
{
	const char *mod = q->pd->dtpd_mod;
	bool found = false;
	for (int i = 0; i < q->objects->list.n; i++) {
		dt_object_t *o = q->objects->list.p[i];
		if (!dt_object_matches(o, mod))
			continue;
		found = true;
		if (search_object(q, o) != 0)
			return -1;
	}
	if (found || is_wild(mod))
		return 0;
	/* Not mapped yet, but a file: the kernel will put the probes in when it is. */
	dt_object_t *o = *mod == '/' ? dt_objects_add(q->dtp, q->objects, mod) : NULL;
	if (o)
		return search_object(q, o);
	if (!has_libraries(q->objects))
		return refuse(
		    q, "D_PROC_DYN",
		    "process %d runs a static program, without libraries: its functions are in a.out, not "
		    "in %s",
		    q->pid, mod);
	return 0;
}

/* Function "-": the name is an address. */
static int
search_address(query_t *q)
{
	const char *mod = q->pd->dtpd_mod;
	dt_elffunc_t f;
	uint64_t fileoff;
	char name[24];
	if (*mod && strcmp(mod, "a.out") != 0)
		return refuse(q, "D_PROC_LIB", "function - takes module a.out or none, not %s", mod);
	if (!q->is_offset)
		return refuse(q, "D_PROC_NAME", "function - takes an address in hex as its name, not %s",
			      *q->pd->dtpd_name ? q->pd->dtpd_name : "an empty one");
	dt_object_t *o = NULL;
	for (int i = 0; i < q->objects->list.n && !o; i++)
		if (dt_object_fileoff(q->objects->list.p[i], q->offset, &fileoff))
			o = q->objects->list.p[i];
	if (!o)
		return refuse(q, "D_PROC_OFF", "process %d has no code at address 0x%llx", q->pid,
			      (unsigned long long)q->offset);
	if (dt_elfsyms_around(dt_object_syms(o), fileoff, &f) && !is_aligned(o, &f, fileoff - f.fileoff))
		return refuse(q, "D_PROC_ALIGN", "no instruction of function %s begins at address 0x%llx",
			      f.name, (unsigned long long)q->offset);
	if (try_place(q, o, "-", fileoff) != 0)
		return -1;
	snprintf(name, sizeof(name), "%llx", (unsigned long long)q->offset);
	dt_probe_t *p = insert(q, o, "-", name, fileoff);
	if (strcmp(name, q->pd->dtpd_name) != 0)
		p->namalias = dt_arena_strdup(q->dtp->arena, q->pd->dtpd_name);
	return 0;
}

/* -------------------------------------------------------------- the process */

/* pid1234 to the number.  1: it is; 0: no name of ours; -1: refused. */
static int
parse_provider(query_t *q)
{
	const char *name = q->pd->dtpd_provider, *digits = name + 3;
	if (strncmp(name, "pid", 3) != 0)
		return 0;
	size_t n = strlen(name);
	if (n == 3 || !isdigit((unsigned char)name[n - 1]))
		return refuse(q, "D_PROC_BADPROV",
			      "provider %s does not end in a process id: pid1234, or pid$target", name);
	const char *first = digits + (*digits == '-');
	if (first[strspn(first, "0123456789")] != '\0')
		return 0; /* another provider of a process: pidgin12 */
	errno = 0;
	long pid = strtol(digits, NULL, 10);
	if (errno || pid <= 0 || pid > INT_MAX)
		return refuse(q, "D_PROC_BADPID", "%s is not a process id%s", digits,
			      pid == 0 && !errno ? " ($target needs -c or -p)" : "");
	q->pid = (pid_t)pid;
	return 1;
}

static int
grab(query_t *q)
{
	if (q->pid == getpid())
		return refuse(q, "D_PROC_DYN", "dtrace cannot trace itself");
	if (!dt_uprobe_possible())
		return refuse(q, "D_PROC_NODEV",
			      "this kernel has no probes for user programs (CONFIG_UPROBE_EVENTS is not set)");
	if (dt_procs_settle(q->dtp, q->pid) != 0)
		return refuse(q, "D_PROC_GRAB", "process %d: %s", q->pid,
			      dtrace_errmsg(q->dtp, dtrace_errno(q->dtp)));
	q->objects = dt_objects_of(q->dtp, q->pid);
	if (!q->objects)
		return refuse(q, "D_PROC_GRAB", "cannot read process %d: %s", q->pid,
			      errno == ENOEXEC ? "it has no code (a kernel thread, or it has ended)"
					       : strerror(errno));
	if (!dt_elfsyms_is64(dt_object_syms(q->objects->list.p[0])))
		return refuse(q, "D_PROC_GRAB",
			      "process %d is a 32-bit program: only 64-bit ones can be traced", q->pid);
	return 0;
}

static int
parse_name(query_t *q)
{
	const char *name = q->pd->dtpd_name;
	q->name_glob = is_wild(name);
	if (q->name_glob || !strcmp(name, "entry") || !strcmp(name, "return"))
		return 0;
	size_t n = strlen(name);
	errno = 0;
	q->offset = strtoull(name, NULL, 16);
	q->is_offset = n == strspn(name, "0123456789abcdefABCDEF") && !errno;
	if (!q->is_offset)
		return refuse(q, "D_PROC_NAME",
			      "%s is not a probe of a function: entry, return, or an offset in hex without 0x",
			      name);
	return 0;
}

static int
provide(dtrace_hdl_t *dtp, const dt_provider_t *pv, const dtrace_probedesc_t *pd)
{
	query_t q = {.dtp = dtp, .pv = pv, .pd = pd};
	q.literal = !is_wild(pd->dtpd_mod) && !is_wild(pd->dtpd_func);
	int rc = parse_provider(&q);
	if (rc <= 0)
		return rc;
	if (parse_name(&q) != 0 || grab(&q) != 0)
		return -1;
	return !strcmp(pd->dtpd_func, "-") ? search_address(&q) : search(&q);
}

static int
site(dtrace_hdl_t *dtp, const dt_probe_t *p, dt_site_t *s)
{
	(void)dtp;
	bool entry = !strcmp(p->nam, "entry"), ret = !strcmp(p->nam, "return");
	dt_uprobe_site(s, entry ? "pid/entry" : ret ? "pid/return" : "pid/offset");
	for (int i = 0; i < DT_NARGS && entry; i++)
		s->arg[i] = (dt_argsrc_t){.kind = DT_ARG_CALL, .n = i};
	if (ret)
		s->arg[1].kind = DT_ARG_RESULT;
	return 0;
}

const dt_provider_t dt_provider_pid = {
    .name = "pid*",
    .attr = {DT_ATTR(EVOLVING, ISA), DT_ATTR(EVOLVING, ISA), DT_ATTR(EVOLVING, ISA), DT_ATTR(EVOLVING, ISA),
	     DT_ATTR(PRIVATE, UNKNOWN)},
    .on_demand = true,
    .provide = provide,
    .site = site,
    .attach = dt_uprobe_attach,
};
