/* library.c - see library.h. */
#include "library.h"

#include <ctype.h>
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

#ifndef DT_DLIBDIR
#define DT_DLIBDIR "/usr/lib/dtrace"
#endif

enum {
	NBUCKETS = 256,
	MAXWORD = 128
};

typedef enum state {
	UNUSED,
	LOADING,
	LOADED,
	SKIPPED, /* depends on a module or provider that is not here */
	FAILED
} state_t;

typedef struct file {
	const char *path, *name; /* name: the last part of path */
	char *text;
	size_t len;
	state_t state;
} file_t;

typedef struct def { /* file number `file` defines name */
	struct def *next;
	const char *name;
	int file;
} def_t;

struct dt_libs {
	DT_VEC(const char *) dirs; /* -L */
	const char *sysdir;
	int started; /* directories of -L loaded so far */
	bool scanned;
	DT_VEC(file_t) files;
	def_t *defs[NBUCKETS];
};

static struct dt_libs *
libs(dtrace_hdl_t *dtp)
{
	if (!dtp->libs)
		dtp->libs = dt_xcalloc(1, sizeof(*dtp->libs));
	return dtp->libs;
}

int
dt_libs_adddir(dtrace_hdl_t *dtp, const char *dir)
{
	*dt_vec_push(&libs(dtp)->dirs) = dt_arena_strdup(dtp->arena, dir);
	return 0;
}

int
dt_libs_setsys(dtrace_hdl_t *dtp, const char *dir)
{
	libs(dtp)->sysdir = dt_arena_strdup(dtp->arena, dir);
	return 0;
}

void
dt_libs_close(dtrace_hdl_t *dtp)
{
	struct dt_libs *l = dtp->libs;
	if (!l)
		return;
	for (int i = 0; i < l->files.n; i++)
		free(l->files.p[i].text);
	dt_vec_free(&l->files);
	dt_vec_free(&l->dirs);
	free(l);
	dtp->libs = NULL;
}

/* ------------------------------------------------------------------- files */

static char *
read_file(const char *path, size_t *len)
{
	FILE *f = fopen(path, "re");
	char *text = NULL;
	size_t size = 0, n;
	*len = 0;
	if (!f)
		return NULL;
	do {
		if (*len + 1 >= size)
			text = dt_xrealloc(text, size = size ? 2 * size : 16 * 1024);
		n = fread(text + *len, 1, size - 1 - *len, f);
		*len += n;
	} while (n > 0);
	bool bad = ferror(f);
	fclose(f);
	if (bad) {
		free(text);
		return NULL;
	}
	text[*len] = '\0';
	return text;
}

static int
is_library(const struct dirent *e)
{
	size_t n = strlen(e->d_name);
	return n > 2 && e->d_name[0] != '.' && !strcmp(e->d_name + n - 2, ".d");
}

/* The files of a directory, by name; -1 when it cannot be read. */
static int
add_files(dtrace_hdl_t *dtp, const char *dir)
{
	struct dirent **list;
	int n = scandir(dir, &list, is_library, alphasort);
	if (n < 0)
		return -1;
	for (int i = 0; i < n; i++) {
		const char *path = dt_arena_printf(dtp->arena, "%s/%s", dir, list[i]->d_name);
		*dt_vec_push(&dtp->libs->files) =
		    (file_t){.path = path, .name = strrchr(path, '/') + 1, .state = UNUSED};
		free(list[i]);
	}
	free(list);
	return 0;
}

/* The file this library's code is in, shared or linked into the program; of a program the dynamic linker knows
 * only the name it was called by. */
static const char *
own_file(char *buf, size_t size)
{
	Dl_info own, prog;
	if (!dladdr((void *)dt_libs_close, &own))
		return NULL;
	if (!dladdr((void *)getauxval(AT_PHDR), &prog) || own.dli_fbase != prog.dli_fbase)
		return own.dli_fname;
	ssize_t n = readlink("/proc/self/exe", buf, size - 1);
	if (n < 0)
		return NULL;
	buf[n] = '\0';
	return buf;
}

/* The build tree has its D libraries beside the code. */
static const char *
system_dir(dtrace_hdl_t *dtp)
{
	struct dt_libs *l = dtp->libs;
	char buf[PATH_MAX];
	if (l->sysdir)
		return l->sysdir;
	const char *own = own_file(buf, sizeof(buf));
	if (own && own[0] == '/') {
		const char *dir =
		    dt_arena_printf(dtp->arena, "%.*s/translators", (int)(strrchr(own, '/') - own), own);
		if (access(dir, R_OK | X_OK) == 0)
			return l->sysdir = dir;
	}
	return l->sysdir = DT_DLIBDIR;
}

/* 0 loaded or skipped, -1 with the error set. */
static int
load(dtrace_hdl_t *dtp, int i)
{
	file_t *f = &dtp->libs->files.p[i];
	if (f->state != UNUSED)
		return f->state == FAILED ? -1 : 0;
	if (!f->text && !(f->text = read_file(f->path, &f->len))) {
		dt_set_error(dtp, EDT_COMPILER, "cannot read D library %s: %s", f->path, strerror(errno));
		return -1;
	}
	int outer = dtp->curlib;
	f->state = LOADING;
	dtp->curlib = i + 1;
	int rc = dt_compile_library(dtp, f->path, f->text, f->len);
	dtp->curlib = outer;
	f = &dtp->libs->files.p[i]; /* the list may have grown */
	f->state = rc < 0 ? UNUSED : rc > 0 ? SKIPPED : LOADED;
	dt_debug("D library %s: %s", f->path, rc < 0 ? "error" : rc > 0 ? "skipped" : "loaded");
	return rc < 0 ? -1 : 0;
}

/* ----------------------------------------------------- what a file defines */

static uint32_t
hash(const char *s)
{
	uint32_t h = 2166136261U;
	while (*s)
		h = (h ^ (unsigned char)*s++) * 16777619U;
	return h % NBUCKETS;
}

static void
define(dtrace_hdl_t *dtp, int file, const char *prefix, const char *name)
{
	def_t *d = dt_arena_alloc(dtp->arena, sizeof(*d));
	d->name = dt_arena_printf(dtp->arena, "%s%s", prefix, name);
	d->file = file;
	uint32_t h = hash(d->name);
	d->next = dtp->libs->defs[h];
	dtp->libs->defs[h] = d;
}

/*
 * The next word or character of the text; blanks, comments, strings and control lines are passed over.
 * 0 at the end, 'a' for a word.
 */
static int
next_token(const char **pp, char *word)
{
	const char *p = *pp;
	size_t n = 0;
	for (;; p++) {
		if (p[0] == '/' && p[1] == '*') {
			const char *end = strstr(p + 2, "*/");
			p = end ? end + 1 : p + strlen(p) - 1;
		} else if (*p == '#') {
			p += strcspn(p, "\n");
			if (!*p)
				break;
		} else if (*p == '"') {
			for (p++; *p && *p != '"'; p++)
				if (*p == '\\' && p[1])
					p++;
			if (!*p)
				break;
		} else if (!isspace((unsigned char)*p)) {
			break;
		}
	}
	if (!*p) {
		*pp = p;
		return 0;
	}
	if (!isalpha((unsigned char)*p) && *p != '_') {
		*pp = p + 1;
		return (unsigned char)*p;
	}
	while (isalnum((unsigned char)p[n]) || p[n] == '_')
		n++;
	snprintf(word, MAXWORD, "%.*s", (int)n, p);
	*pp = p + n;
	return 'a';
}

/*
 * Definitions stand outside of all braces: struct tags before a brace, enumerators, and the last word
 * before the [ = or ; of an inline, a typedef or a declaration.  Too many names do no harm: a file
 * is loaded when it need not be.
 */
static void
scan(dtrace_hdl_t *dtp, int file)
{
	const char *p = dtp->libs->files.p[file].text;
	char word[MAXWORD], prev[MAXWORD] = "", dst[MAXWORD] = "", tag[MAXWORD] = "";
	bool fresh = true, in_enum = false, in_xlator = false, want_enumerator = false;
	int depth = 0, tok;
	while ((tok = next_token(&p, word))) {
		if (tok == 'a') {
			if (depth == 0 && fresh)
				in_xlator = !strcmp(word, "translator");
			if (depth == 0 && !strcmp(word, "enum"))
				in_enum = true;
			if (in_enum && depth == 1 && want_enumerator)
				define(dtp, file, "", word);
			bool is_tag = depth == 0 && (!strcmp(prev, "struct") || !strcmp(prev, "union"));
			snprintf(tag, sizeof(tag), "%s", is_tag ? word : "");
			if (depth == 0 && in_xlator && strcmp(word, "translator"))
				snprintf(dst, sizeof(dst), "%s", word);
			if (depth == 0)
				snprintf(prev, sizeof(prev), "%s", word);
			fresh = want_enumerator = false;
			continue;
		}
		if (depth == 0 && in_xlator && tok == '<' && *dst) {
			define(dtp, file, "translator ", dst);
			in_xlator = false;
		} else if (depth == 0 && strchr("=[;,", tok) && *prev) {
			define(dtp, file, "", prev);
			prev[0] = '\0';
		}
		if (tok == '{' && *tag)
			define(dtp, file, "struct ", tag);
		tag[0] = '\0';
		if (tok == '{')
			want_enumerator = ++depth == 1;
		else if (tok == '}' && depth > 0)
			depth--;
		else if (tok == ',')
			want_enumerator = true;
		if (depth == 0 && tok == ';') {
			fresh = true;
			in_enum = in_xlator = false;
			prev[0] = dst[0] = '\0';
		}
	}
}

static void
scan_system(dtrace_hdl_t *dtp)
{
	struct dt_libs *l = libs(dtp);
	if (l->scanned)
		return;
	l->scanned = true;
	int from = l->files.n;
	if (add_files(dtp, system_dir(dtp)) != 0)
		dt_debug("no D libraries in %s: %s", l->sysdir, strerror(errno));
	for (int i = from; i < l->files.n; i++) {
		file_t *f = &l->files.p[i];
		if ((f->text = read_file(f->path, &f->len)))
			scan(dtp, i);
	}
}

/* -------------------------------------------------------------- looking up */

bool
dt_libs_start(dtrace_hdl_t *dtp)
{
	struct dt_libs *l = dtp->libs;
	if (!l || (dtp->cflags & DTRACE_C_NOLIBS))
		return true;
	for (; l->started < l->dirs.n; l->started++) {
		const char *dir = l->dirs.p[l->started];
		int from = l->files.n;
		if (add_files(dtp, dir) != 0) {
			dt_set_error(dtp, EDT_COMPILER, "cannot read D library directory %s: %s", dir,
				     strerror(errno));
			return false;
		}
		int to = l->files.n;
		for (int i = from; i < to; i++)
			if (load(dtp, i) != 0) {
				l->files.n = from; /* to be tried again, whole */
				return false;
			}
	}
	return true;
}

static void __attribute__((noreturn)) fail(dt_compile_t *c)
{
	c->errtag = "D_PRAGMA_DEPEND";
	longjmp(c->onerror, 1);
}

bool
dt_lib_need(dt_compile_t *c, const char *name)
{
	if ((c->cflags | c->dtp->cflags) & DTRACE_C_NOLIBS)
		return false;
	scan_system(c->dtp);
	bool loaded = false;
	for (const def_t *d = c->dtp->libs->defs[hash(name)]; d; d = d->next) {
		if (strcmp(d->name, name) != 0 || c->dtp->libs->files.p[d->file].state != UNUSED)
			continue;
		if (load(c->dtp, d->file) != 0)
			fail(c);
		loaded = true;
	}
	return loaded;
}

dt_type_t
dt_lib_type(dt_compile_t *c, const char *text)
{
	dt_type_t t = dt_type_lookup(c->dtp, text);
	if (dt_type_ok(t))
		return t;
	const char *p = text;
	char word[MAXWORD], last[MAXWORD] = "";
	bool tag = false;
	for (int tok; (tok = next_token(&p, word));) {
		if (tok != 'a')
			continue;
		tag |= !strcmp(word, "struct") || !strcmp(word, "union");
		snprintf(last, sizeof(last), "%s", word);
	}
	if (!dt_lib_need(c, tag ? dt_arena_printf(c->arena, "struct %s", last) : last))
		return t;
	return dt_type_lookup(c->dtp, text);
}

int
dt_lib_depend(dt_compile_t *c, const char *name)
{
	struct dt_libs *l = libs(c->dtp);
	int found = -1;
	scan_system(c->dtp);
	/* The directory of the library that asks comes first. */
	const file_t *self = c->dtp->curlib ? &l->files.p[c->dtp->curlib - 1] : NULL;
	for (int i = 0; i < l->files.n; i++) {
		const file_t *f = &l->files.p[i];
		if (strcmp(f->name, name) != 0)
			continue;
		size_t dir = (size_t)(f->name - f->path);
		bool beside =
		    self && (size_t)(self->name - self->path) == dir && !strncmp(self->path, f->path, dir);
		if (found < 0 || beside)
			found = i;
	}
	if (found < 0)
		return 0;
	if (l->files.p[found].state == LOADING)
		return -1;
	if (load(c->dtp, found) != 0)
		fail(c);
	return l->files.p[found].state == LOADED;
}
