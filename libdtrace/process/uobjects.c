/* uobjects.c - see uobjects.h. */
#include "uobjects.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../session/probe.h"
#include "maps.h"

static dt_object_t *
find(const dt_objects_t *os, uint64_t dev, uint64_t ino)
{
	for (int i = 0; i < os->list.n; i++)
		if (os->list.p[i]->ino == ino && os->list.p[i]->dev == dev)
			return os->list.p[i];
	return NULL;
}

static dt_object_t *
add(dtrace_hdl_t *dtp, dt_objects_t *os, int fd, const char *path)
{
	dt_object_t *o = dt_arena_alloc(dtp->arena, sizeof(*o));
	o->pid = os->pid;
	o->path = dt_arena_strdup(dtp->arena, path);
	const char *slash = strrchr(o->path, '/');
	o->name = slash ? slash + 1 : o->path;
	o->fd = fd;
	*dt_vec_push(&os->list) = o;
	return o;
}

static void
take_mapping(dtrace_hdl_t *dtp, dt_objects_t *os, const dt_mapping_t *m)
{
	dt_object_t *o = find(os, m->dev, m->ino);
	if (!o) {
		int fd = dt_mapping_open(os->pid, m);
		if (fd < 0)
			return;
		o = add(dtp, os, fd, m->path);
		o->dev = m->dev;
		o->ino = m->ino;
	}
	if (o->mapped)
		return;
	o->mapped = true;
	o->text.start = m->start;
	o->text.end = m->end;
	o->text.off = m->off;
}

/* The program is what /proc/PID/exe is; its file may carry any name. */
static void
put_program_first(dt_objects_t *os)
{
	char path[64];
	struct stat exe, st;
	snprintf(path, sizeof(path), "/proc/%d/exe", os->pid);
	if (stat(path, &exe) != 0)
		return;
	for (int i = 0; i < os->list.n; i++) {
		dt_object_t *o = os->list.p[i];
		o->is_program = fstat(o->fd, &st) == 0 && st.st_ino == exe.st_ino && st.st_dev == exe.st_dev;
		if (!o->is_program)
			continue;
		os->list.p[i] = os->list.p[0];
		os->list.p[0] = o;
	}
}

dt_objects_t *
dt_objects_of(dtrace_hdl_t *dtp, pid_t pid)
{
	dt_maps_t maps;
	int err = dt_maps_read(pid, &maps);
	if (err) {
		errno = err;
		return NULL;
	}
	dt_objects_t *os = dtp->objects;
	while (os && os->pid != pid)
		os = os->next;
	if (!os) {
		os = dt_arena_alloc(dtp->arena, sizeof(*os));
		os->pid = pid;
		os->next = dtp->objects;
		dtp->objects = os;
	}
	for (int i = 0; i < os->list.n; i++)
		os->list.p[i]->mapped = false;
	for (int i = 0; i < maps.n; i++)
		if (maps.p[i].exec && maps.p[i].path[0] == '/')
			take_mapping(dtp, os, &maps.p[i]);
	dt_maps_free(&maps);
	if (os->list.n == 0) {
		errno = ENOEXEC;
		return NULL;
	}
	put_program_first(os);
	return os;
}

dt_object_t *
dt_objects_add(dtrace_hdl_t *dtp, dt_objects_t *os, const char *path)
{
	char full[4200];
	struct stat st, have;
	snprintf(full, sizeof(full), "/proc/%d/root%s", os->pid, path);
	int fd = open(full, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		errno = EINVAL;
		return NULL;
	}
	for (int i = 0; i < os->list.n; i++) {
		if (fstat(os->list.p[i]->fd, &have) == 0 && have.st_ino == st.st_ino &&
		    have.st_dev == st.st_dev) {
			close(fd);
			return os->list.p[i];
		}
	}
	dt_object_t *o = add(dtp, os, fd, path);
	o->dev = st.st_dev;
	o->ino = st.st_ino;
	return o;
}

void
dt_objects_close(dtrace_hdl_t *dtp)
{
	for (dt_objects_t *os = dtp->objects; os; os = os->next) {
		for (int i = 0; i < os->list.n; i++) {
			close(os->list.p[i]->fd);
			dt_elfsyms_free(os->list.p[i]->syms);
		}
		dt_vec_free(&os->list);
	}
	dtp->objects = NULL;
}

dt_elfsyms_t *
dt_object_syms(dt_object_t *o)
{
	if (!o->syms)
		o->syms = dt_elfsyms_fd(o->fd);
	return o->syms;
}

uint64_t
dt_object_bias(dt_object_t *o)
{
	uint64_t addr;
	/* The mapping begins at a page, the segment may not. */
	const uint64_t in = o->text.end - o->text.start - 1;
	if (dt_elfsyms_addr(dt_object_syms(o), o->text.off, &addr))
		return o->text.start - addr;
	if (dt_elfsyms_addr(dt_object_syms(o), o->text.off + in, &addr))
		return o->text.start + in - addr;
	const uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE) - 1;
	if (dt_elfsyms_addr(dt_object_syms(o), o->text.off + page, &addr))
		return o->text.start + page - addr;
	return o->text.start;
}

bool
dt_object_fileoff(const dt_object_t *o, uint64_t addr, uint64_t *fileoff)
{
	if (!o->mapped || addr < o->text.start || addr >= o->text.end)
		return false;
	*fileoff = addr - o->text.start + o->text.off;
	return true;
}

/* ------------------------------------------------------------------ names */

/* Behind LM0`: the program's own link map.  NULL for the others, which maps do not tell apart. */
static const char *
without_map(const char *module)
{
	const char *tick = strchr(module, '`');
	if (!tick || strncmp(module, "LM", 2) != 0)
		return module;
	for (const char *c = module + 2; c < tick; c++)
		if (*c != '0')
			return NULL;
	return tick > module + 2 ? tick + 1 : module;
}

bool
dt_object_matches(const dt_object_t *o, const char *module)
{
	module = without_map(module);
	if (!module)
		return false;
	if (dt_glob(module, o->name) || (o->is_program && dt_glob(module, "a.out")))
		return true;
	if (*module == '/')
		return !strcmp(module, o->path);
	/* libc.so.6 is libc.so, and libc. */
	size_t n = strlen(module);
	return n && !strncmp(module, o->name, n) && o->name[n] == '.';
}
