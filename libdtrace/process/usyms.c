/*
 * usyms.c - see usyms.h.
 *
 * The mappings of a process are read when one of its addresses is first asked for, again
 * when an address is in none of them (but not more often than every RETRY_NS: code without a
 * file is no reason to read on and on), and again when they are older than STALE_NS: a pid may
 * have called exec, or been given to another process.  What is known of a process stays
 * after its end, so that samples taken shortly before still get names; processes that nobody asked
 * for before they ended, or that have called exec since, are in the log (maplog.h).
 */
#include "usyms.h"

#include "elfsyms.h"
#include "maplog.h"
#include "maps.h"
#include "proc.h"

#include <ctype.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

enum {
	MAX_PROCS = 256, /* known processes: the one not asked for the longest is forgotten */
	MAX_FILES = 1024
};
#define STALE_NS 1000000000ULL
#define RETRY_NS 10000000ULL

typedef struct dt_file {
	struct dt_file *next;
	uint64_t dev, ino; /* dev 0, ino 0: the vdso */
	dt_elfsyms_t *syms;
} file_t;

typedef struct proc {
	struct proc *next; /* most recently used first */
	pid_t pid;
	uint64_t read_at;
	dt_maps_t maps;
} proc_t;

struct dt_usyms {
	proc_t *procs;
	file_t *files;
	int nfiles;
};

static uint64_t
now(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_MONOTONIC_COARSE, &ts);
	return (uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec;
}

/* ---------------------------------------------------------------- mappings */

/* False, with what was known kept, when the process is gone. */
static bool
read_maps(proc_t *p)
{
	dt_maps_t fresh;
	p->read_at = now();
	if (dt_maps_read(p->pid, &fresh) != 0)
		return false;
	dt_maps_free(&p->maps);
	p->maps = fresh;
	return true;
}

static dt_mapping_t *
find_mapping(proc_t *p, uint64_t addr)
{
	int lo = 0, hi = p->maps.n;
	while (lo < hi) {
		int mid = lo + (hi - lo) / 2;
		if (p->maps.p[mid].start <= addr)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo > 0 && addr < p->maps.p[lo - 1].end ? &p->maps.p[lo - 1] : NULL;
}

static void
forget_procs(struct dt_usyms *us, int keep)
{
	proc_t **link = &us->procs;
	while (*link && keep-- > 0)
		link = &(*link)->next;
	for (proc_t *p = *link, *next; p; p = next) {
		next = p->next;
		dt_maps_free(&p->maps);
		free(p);
	}
	*link = NULL;
}

static proc_t *
find_proc(struct dt_usyms *us, pid_t pid)
{
	proc_t **link = &us->procs, *p;
	while (*link && (*link)->pid != pid)
		link = &(*link)->next;
	p = *link;
	if (p) {
		*link = p->next;
		p->next = us->procs;
		us->procs = p;
		return p;
	}
	p = dt_xcalloc(1, sizeof(*p));
	p->pid = pid;
	p->next = us->procs;
	us->procs = p;
	read_maps(p);
	forget_procs(us, MAX_PROCS);
	return p;
}

/* ------------------------------------------------------------------- files */

/* Every 64-bit process has the vdso that we have. */
static dt_elfsyms_t *
read_vdso(void)
{
	static const size_t most = 16 * 4096;
	uint64_t base = getauxval(AT_SYSINFO_EHDR);
	proc_t self = {.pid = getpid()};
	read_maps(&self);
	const dt_mapping_t *m = base ? find_mapping(&self, base) : NULL;
	dt_elfsyms_t *es = dt_elfsyms_memory(m ? (const void *)(uintptr_t)base : "",
					     m && m->end - m->start <= most ? m->end - m->start : 0);
	dt_maps_free(&self.maps);
	return es;
}

static void
forget_files(struct dt_usyms *us)
{
	for (file_t *f = us->files, *next; f; f = next) {
		next = f->next;
		dt_elfsyms_free(f->syms);
		free(f);
	}
	us->files = NULL;
	us->nfiles = 0;
	for (proc_t *p = us->procs; p; p = p->next)
		for (int i = 0; i < p->maps.n; i++)
			p->maps.p[i].file = NULL;
}

static file_t *
file_of(struct dt_usyms *us, pid_t pid, dt_mapping_t *m)
{
	bool vdso = m->path[0] == '[';
	if (m->file)
		return m->file;
	uint64_t dev = vdso ? 0 : m->dev, ino = vdso ? 0 : m->ino;
	file_t *f = us->files;
	while (f && (f->dev != dev || f->ino != ino))
		f = f->next;
	if (!f) {
		int fd = vdso ? -1 : dt_mapping_open(pid, m);
		if (!vdso && fd < 0)
			return NULL;
		if (us->nfiles == MAX_FILES)
			forget_files(us);
		f = dt_xcalloc(1, sizeof(*f));
		f->dev = dev;
		f->ino = ino;
		f->syms = vdso ? read_vdso() : dt_elfsyms_fd(fd);
		f->next = us->files;
		us->files = f;
		us->nfiles++;
		if (fd >= 0)
			close(fd);
	}
	m->file = f;
	return f;
}

/* ------------------------------------------------------------------ lookup */

static void
set_text(char *dst, size_t len, const char *src)
{
	snprintf(dst, len, "%s", src);
}

static struct dt_usyms *
usyms(dtrace_hdl_t *dtp)
{
	if (!dtp->usyms)
		dtp->usyms = dt_xcalloc(1, sizeof(*dtp->usyms));
	return dtp->usyms;
}

void
dt_usyms_start(dtrace_hdl_t *dtp)
{
	dt_maplog_open(dtp);
	for (int i = 0; i < dt_procs_count(dtp); i++)
		find_proc(usyms(dtp), dt_procs_pid(dtp, i));
}

/* What was mapped there while the process lived, or in the one it was forked from (then *pid is that). */
static dt_mapping_t *
from_log(dtrace_hdl_t *dtp, pid_t *pid, uint64_t addr, dt_mapping_t *m)
{
	pid_t other;
	dt_maplog_read(dtp);
	const dt_mapping_t *l = dt_maplog_find(dtp, *pid, addr, &other);
	if (l) {
		*m = *l;
		m->exec = true;
		return m;
	}
	if (!other)
		return NULL;
	*pid = other;
	return find_mapping(find_proc(usyms(dtp), other), addr);
}

bool
dt_usym_byaddr(dtrace_hdl_t *dtp, pid_t pid, uint64_t addr, dt_usym_t *out)
{
	*out = (dt_usym_t){.off = addr};
	if (pid <= 0 || addr == 0)
		return false;
	proc_t *p = find_proc(usyms(dtp), pid);
	uint64_t age = now() - p->read_at;
	dt_mapping_t *m = age < STALE_NS ? find_mapping(p, addr) : NULL;
	if (!m && age >= RETRY_NS)
		read_maps(p);
	if (!m)
		m = find_mapping(p, addr);
	dt_mapping_t logged;
	if (!m)
		m = from_log(dtp, &pid, addr, &logged);
	if (!m)
		return false;
	const char *base = strrchr(m->path, '/');
	set_text(out->object, sizeof(out->object), base ? base + 1 : m->path);
	out->fileoff = addr - m->start + m->off;
	if (dtp->opt[DT_OPT_NORESOLVE])
		return true;
	bool foreign_vdso = m->path[0] == '[' && addr <= UINT32_MAX; /* of a 32-bit process */
	const file_t *f = foreign_vdso ? NULL : file_of(dtp->usyms, pid, m);
	const char *name = f ? dt_elfsyms_find(f->syms, out->fileoff, m->exec, &out->off) : NULL;
	if (name)
		set_text(out->name, sizeof(out->name), name);
	return true;
}

void
dt_usyms_close(dtrace_hdl_t *dtp)
{
	if (!dtp->usyms)
		return;
	forget_procs(dtp->usyms, 0);
	forget_files(dtp->usyms);
	free(dtp->usyms);
	dtp->usyms = NULL;
}
