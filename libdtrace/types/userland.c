/*
 * userland.c - `userland T`, and symbols of the traced processes: language.md 3.6.
 *
 * The objects of the processes of -c and -p are asked in turn, a process's program first.  An object's
 * debugging information is opened when a program's first userland name comes to it.
 */
#include <errno.h>
#include <libelf.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "../process/debugfile.h"
#include "../process/proc.h"
#include "../process/uobjects.h"
#include "typedata.h"
#include "types_impl.h"

ctf_id_t
dt_types_userptr(dt_types_t *ts, ctf_id_t to)
{
	ctf_id_t id = dt_types_memo(ts, DT_MEMO_USERPTR, (uint64_t)to, 0);
	if (id)
		return id;
	id = ctf_add_pointer(ts->fp, CTF_ADD_NONROOT, to);
	if (id == CTF_ERR)
		return 0;
	dt_types_side(ts, id)->flags |= DT_SF_USER;
	return dt_types_remember(ts, DT_MEMO_USERPTR, (uint64_t)to, 0, id);
}

dt_type_t
dt_type_userland(dtrace_hdl_t *dtp, dt_type_t t)
{
	dt_types_t *ts = dtp->types;
	char name[256], full[300];
	if (!dt_type_ok(t) || dt_types_side(ts, dt_type_resolve(dtp, t).id)->flags & DT_SF_USER)
		return t;
	if (dt_type_info(t).kind == DT_K_PTR)
		return dt_types_value(ts, dt_types_userptr(ts, dt_type_ref(dtp, t).id));
	ctf_id_t id = dt_types_memo(ts, DT_MEMO_USERLAND, (uint64_t)t.id, 0);
	if (id)
		return dt_types_value(ts, id);
	snprintf(full, sizeof(full), "userland %s", dt_type_name(t, name, sizeof(name)));
	id = ctf_add_typedef(ts->fp, CTF_ADD_NONROOT, full, t.id);
	if (id == CTF_ERR)
		return DT_NOTYPE;
	dt_types_side(ts, id)->flags |= DT_SF_USER;
	return dt_types_value(ts, dt_types_remember(ts, DT_MEMO_USERLAND, (uint64_t)t.id, 0, id));
}

/* ------------------------------------------------------------------- objects */

static dt_typedata_t *
open_with(dt_typedata_t *open_data(int fd), const dt_object_t *o)
{
	int fd = dup(o->fd);
	return fd < 0 ? NULL : open_data(fd);
}

static dt_typedata_t *
open_debugfile(const dt_object_t *o)
{
	elf_version(EV_CURRENT);
	Elf *elf = elf_begin(o->fd, ELF_C_READ, NULL);
	int fd = elf ? dt_debugfile_open(elf, o->path) : -1;
	elf_end(elf);
	return fd < 0 ? NULL : dt_dwarf_open(fd);
}

static dt_typedata_t *
open_object(const dt_object_t *o)
{
	dt_typedata_t *data = open_with(dt_dwarf_open, o);
	if (!data)
		data = open_debugfile(o);
	return data ? data : open_with(dt_ctfdata_open, o);
}

/* Its number in ts->user. */
static int
file_of(dt_types_t *ts, const dt_object_t *o)
{
	for (int i = 0; i < ts->user.n; i++)
		if (ts->user.p[i].object == o)
			return i;
	*dt_vec_push(&ts->user) = (dt_userfile_t){o, open_object(o)};
	return ts->user.n - 1;
}

void
dt_types_user_close(dt_types_t *ts)
{
	for (int i = 0; i < ts->user.n; i++)
		if (ts->user.p[i].data)
			ts->user.p[i].data->close(ts->user.p[i].data);
	dt_vec_free(&ts->user);
}

static bool __attribute__((format(printf, 3, 4)))
because(dtrace_hdl_t *dtp, const char **why, const char *fmt, ...)
{
	char text[512];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	*why = dt_arena_strdup(dtp->arena, text);
	return false;
}

/* What is looked for, in the objects whose name fits the scope ("": all).  fn returns true to end the search.
 */
typedef bool each_f(dtrace_hdl_t *, dt_object_t *, void *arg);

static bool
each_object(dtrace_hdl_t *dtp, const char *scope, each_f *fn, void *arg, const char **why)
{
	int fitting = 0, nprocs = dt_procs_count(dtp);
	if (nprocs == 0)
		return because(dtp, why, "it is of a traced process, and none is: use -c or -p");
	for (int i = 0; i < nprocs; i++) {
		pid_t pid = dt_procs_pid(dtp, i);
		if (dt_procs_settle(dtp, pid) != 0)
			return because(dtp, why, "process %d: %s", pid, dtrace_errmsg(dtp, dtrace_errno(dtp)));
		dt_objects_t *os = dt_objects_of(dtp, pid);
		if (!os)
			return because(dtp, why, "cannot read process %d: %s", pid,
				       errno == ENOEXEC ? "it has no code (a kernel thread, or it has ended)"
							: strerror(errno));
		for (int k = 0; k < os->list.n; k++) {
			if (*scope && !dt_object_matches(os->list.p[k], scope))
				continue;
			fitting++;
			if (fn(dtp, os->list.p[k], arg))
				return true;
		}
	}
	return fitting ? because(dtp, why, "%s", "") : because(dtp, why, "the process has no object %s", scope);
}

/* --------------------------------------------------------------------- types */

typedef struct search {
	uint16_t tag;
	const char *name;
	ctf_id_t id;
	bool scoped;
	const char *bare; /* object without type data: the one that was asked for, or the program */
} search_t;

static bool
find_type(dtrace_hdl_t *dtp, dt_object_t *o, void *arg)
{
	dt_types_t *ts = dtp->types;
	search_t *s = arg;
	int file = file_of(ts, o);
	dt_typedata_t *data = ts->user.p[file].data;
	if (!data) {
		if (o->is_program || s->scoped)
			s->bare = o->name;
		return false;
	}
	uint32_t off = data->find(data, s->tag, s->name);
	if (!off && s->tag == DW_TAG_typedef) /* C++ names a type by its tag alone */
		off = data->find(data, DW_TAG_structure_type, s->name);
	s->id = off ? dt_types_user(ts, file, off) : 0;
	return s->id > 0;
}

/* A type the program itself, or D, defines: the process's memory as seen through it. */
static ctf_id_t
find_declared(dt_types_t *ts, dt_ns_t ns, const char *name)
{
	dt_tname_t *n = dt_types_name(ts, ns, name);
	if (n && ctf_type_kind(ts->fp, n->id) != CTF_K_FORWARD)
		return n->id;
	return ns == DT_NS_TYPEDEF ? dt_types_intrinsic(ts, name) : 0;
}

dt_type_t
dt_type_user_lookup(dtrace_hdl_t *dtp, uint32_t kind, const char *name, const char **why)
{
	static const uint16_t tags[] = {[DT_NS_TYPEDEF] = DW_TAG_typedef,
					[DT_NS_STRUCT] = DW_TAG_structure_type,
					[DT_NS_UNION] = DW_TAG_union_type,
					[DT_NS_ENUM] = DW_TAG_enumeration_type};
	dt_ns_t ns = kind == CTF_K_TYPEDEF ? DT_NS_TYPEDEF
		     : kind == CTF_K_UNION ? DT_NS_UNION
		     : kind == CTF_K_ENUM  ? DT_NS_ENUM
					   : DT_NS_STRUCT;
	const char *tick = strrchr(name, '`'), *base = tick ? tick + 1 : name;
	char scope[256] = "";
	if (tick && (size_t)(tick - name) < sizeof(scope))
		memcpy(scope, name, (size_t)(tick - name));
	search_t s = {.tag = tags[ns], .name = base, .scoped = tick};
	if (each_object(dtp, scope, find_type, &s, why))
		return dt_types_value(dtp->types, s.id);
	ctf_id_t id = tick ? 0 : find_declared(dtp->types, ns, base);
	if (id)
		return dt_type_userland(dtp, dt_types_value(dtp->types, id));
	if (!**why && s.bare)
		because(dtp, why, "%s has no type data (compile it with -g)", s.bare);
	else if (!**why)
		because(dtp, why, "no object of the process has it");
	return DT_NOTYPE;
}

/* ------------------------------------------------------------------- symbols */

typedef struct symsearch {
	const char *name;
	dt_usersym_t *out;
} symsearch_t;

static bool
find_symbol(dtrace_hdl_t *dtp, dt_object_t *o, void *arg)
{
	dt_types_t *ts = dtp->types;
	const symsearch_t *s = arg;
	dt_elfsyms_t *syms = dt_object_syms(o);
	dt_elffunc_t f;
	uint64_t addr;
	if (!dt_elfsyms_value(syms, s->name, &addr))
		return false;
	bool is_func = dt_elfsyms_byname(syms, s->name, &f);
	*s->out = (dt_usersym_t){.addr = addr + dt_object_bias(o),
				 .size = is_func ? f.size : 0,
				 .is_func = is_func,
				 .type = DT_NOTYPE};
	int file = file_of(ts, o);
	dt_typedata_t *data = ts->user.p[file].data;
	uint32_t off = data ? data->find(data, is_func ? DW_TAG_subprogram : DW_TAG_variable, s->name) : 0;
	dt_die_t d;
	if (off && is_func)
		s->out->type = dt_types_value(ts, dt_types_user(ts, file, off));
	else if (off && data->die(data, off, &d) && d.type)
		s->out->type = dt_types_value(ts, dt_types_user(ts, file, d.type));
	return true;
}

bool
dt_type_user_symbol(dtrace_hdl_t *dtp, const char *object, const char *name, dt_usersym_t *out,
		    const char **why)
{
	symsearch_t s = {name, out};
	return each_object(dtp, object, find_symbol, &s, why);
}
